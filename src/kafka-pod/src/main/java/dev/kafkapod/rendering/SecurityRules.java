package dev.kafkapod.rendering;

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

  private SecurityRules() {}

  static void check(Settings settings, Problems problems) {
    superUsers(settings, problems);
    for (Setting setting : settings.all()) {
      String key = setting.key();
      if (setting.text().isBlank()) {
        continue;
      }
      if (JAAS.matcher(key).matches()) {
        check(
            setting,
            KafkaParsers::jaas,
            "must be a JAAS configuration, a login module with its control flag and options, ended by a semicolon",
            "write for example org.apache.kafka.common.security.plain.PlainLoginModule required username=\"NAME\" … ;",
            problems);
      } else if (SSL_RULES.matcher(key).matches()) {
        check(
            setting,
            KafkaParsers::sslPrincipals,
            "must be rules for certificates' names",
            "write for example RULE:^CN=([^,]+).*$/$1/,DEFAULT",
            problems);
      } else if (KERBEROS_RULES.matcher(key).matches()) {
        check(
            setting,
            text -> KafkaParsers.kerberosPrincipals(Listener.list(text)),
            "must be rules for Kerberos principals",
            "write for example RULE:[1:$1@$0](.*@EXAMPLE.COM)s/@.*//,DEFAULT",
            problems);
      }
    }
  }

  /** As StandardAuthorizer reads them, without which Kafka doesn't start in KRaft mode. */
  private static void superUsers(Settings settings, Problems problems) {
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
