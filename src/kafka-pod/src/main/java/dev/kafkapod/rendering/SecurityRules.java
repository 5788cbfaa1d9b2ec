package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Texts about security that Kafka doesn't read before somebody connects: with a mistake in them a
 * broker starts, and nobody gets in.
 */
final class SecurityRules {

  private static final String LISTENER = "(listener\\.name\\.[^.]+\\.)?";
  private static final Pattern JAAS =
      Pattern.compile("(listener\\.name\\.[^.]+\\.([^.]+\\.)?)?sasl\\.jaas\\.config");
  private static final Pattern SSL_RULES =
      Pattern.compile(LISTENER + "ssl\\.principal\\.mapping\\.rules");
  private static final Pattern KERBEROS_RULES =
      Pattern.compile(LISTENER + "sasl\\.kerberos\\.principal\\.to\\.local\\.rules");

  private static final String AUTHORIZER = "authorizer.class.name";
  private static final Pattern COMMA = Pattern.compile(",\\s*User:");

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("super-users-are-principals", SecurityRules::superUsers),
          parsed(
              "jaas-configurations-can-be-parsed",
              JAAS,
              KafkaParsers::jaas,
              "must be a JAAS configuration, a login module with its control flag and options, ended by a semicolon",
              "write for example org.apache.kafka.common.security.plain.PlainLoginModule required username=\"NAME\" … ;"),
          parsed(
              "kerberos-principal-rules-can-be-parsed",
              KERBEROS_RULES,
              text -> KafkaParsers.kerberosPrincipals(KafkaList.of(text)),
              "must be rules for Kerberos principals",
              "write for example RULE:[1:$1@$0](.*@EXAMPLE.COM)s/@.*//,DEFAULT"),
          parsed(
              "ssl-principal-rules-can-be-parsed",
              SSL_RULES,
              KafkaParsers::sslPrincipals,
              "must be rules for certificates' names",
              "write for example RULE:^CN=([^,]+).*$/$1/,DEFAULT"));

  private SecurityRules() {}

  /** A rule about every setting whose key is of a kind: a parser of Kafka's takes it. */
  private static RenderRule parsed(
      String name,
      Pattern keys,
      Function<String, Optional<String>> parser,
      String rule,
      String remedy) {
    return RenderRule.of(
        name,
        (input, problems) ->
            input.settings().all().stream()
                .filter(it -> keys.matcher(it.key()).matches() && !it.text().isBlank())
                .forEach(it -> check(it, parser, rule, remedy, problems)));
  }

  /** As StandardAuthorizer reads them, without which Kafka doesn't start in KRaft mode. */
  private static void superUsers(RuleInput input, Problems problems) {
    Settings settings = input.settings();
    Optional<Setting> users =
        settings
            .get("super.users")
            .filter(it -> !it.isProvided())
            .filter(
                it ->
                    settings
                        .value(AUTHORIZER)
                        .filter(name -> name.endsWith(".StandardAuthorizer"))
                        .isPresent());
    for (String user : users.map(it -> it.text().split(";")).orElse(new String[0])) {
      if (!user.isBlank() && user.indexOf(':') < 0) {
        problems.error(
            users.get(),
            "must be principals, TYPE:NAME, with semicolons between them, or Kafka doesn't start, got '%s'; write for example User:admin;User:broker",
            user.strip());
      } else if (COMMA.matcher(user).find()) {
        problems.warning(
            users.get(),
            "'%s' is a single principal, because only semicolons stand between two; write for example User:admin;User:broker, unless its name is a certificate's",
            user.strip());
      }
    }
  }

  private static void check(
      Setting setting,
      Function<String, Optional<String>> parser,
      String rule,
      String remedy,
      Problems problems) {
    String text = setting.textWith("provided");
    if (text.equals("provided")) {
      return;
    }
    parser
        .apply(text)
        .ifPresent(
            refusal ->
                problems.error(
                    setting,
                    "%s; Kafka says: %s; %s",
                    new Problems.Harmless(rule),
                    new Problems.Harmless(refusal),
                    new Problems.Harmless(remedy)));
  }
}
