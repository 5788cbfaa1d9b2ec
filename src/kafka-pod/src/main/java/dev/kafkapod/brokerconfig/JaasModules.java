package dev.kafkapod.brokerconfig;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.login.AppConfigurationEntry;

/**
 * The login modules of a broker's JAAS section, as the setting {@code sasl.jaas.config} of a client
 * that comes to the broker's peers as the broker itself does. That setting takes one module, where
 * a section may have one for each mechanism.
 */
final class JaasModules {

  private static final String SECURITY = "org.apache.kafka.common.security.";
  private static final String PLAIN = SECURITY + "plain.PlainLoginModule";
  private static final String SCRAM = SECURITY + "scram.ScramLoginModule";
  private static final String OAUTHBEARER = SECURITY + "oauthbearer.OAuthBearerLoginModule";
  private static final String KERBEROS = ".Krb5LoginModule"; // its package is its vendor's
  private static final String USERNAME = "username";
  private static final String PASSWORD = "password";

  /** The passwords that a broker of PLAIN asks of others: a client needs none of them. */
  private static final String OTHERS = "user_";

  private JaasModules() {}

  /**
   * The setting.
   *
   * @return empty if no module has what a client of that mechanism needs
   */
  static Optional<String> forClient(List<AppConfigurationEntry> section, String mechanism) {
    String wanted = mechanism.toUpperCase(Locale.ROOT);
    if (wanted.equals("PLAIN") || wanted.startsWith("SCRAM-")) {
      List<AppConfigurationEntry> kafkas =
          section.stream().filter(it -> isNamed(it, PLAIN) || isNamed(it, SCRAM)).toList();
      if (!kafkas.isEmpty()) {
        return withPassword(kafkas, wanted.equals("PLAIN") ? PLAIN : SCRAM);
      }
    }
    String module =
        switch (wanted) {
          case "GSSAPI" -> KERBEROS;
          case "OAUTHBEARER" -> OAUTHBEARER;
          default -> "";
        };
    return section.stream()
        .filter(it -> !module.isEmpty() && it.getLoginModuleName().endsWith(module))
        .findFirst()
        .or(() -> section.size() == 1 ? Optional.of(section.get(0)) : Optional.empty())
        .map(it -> text(it.getLoginModuleName(), it, it.getOptions()));
  }

  /**
   * Kafka's modules for passwords put what they have beside each other, and its clients take the
   * first name and the first password that they find, whichever module they are of.
   */
  private static Optional<String> withPassword(List<AppConfigurationEntry> kafkas, String module) {
    Optional<Object> username = first(kafkas, USERNAME);
    Optional<Object> password = first(kafkas, PASSWORD);
    if (username.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    AppConfigurationEntry base =
        kafkas.stream().filter(it -> isNamed(it, module)).findFirst().orElse(kafkas.get(0));
    Map<String, Object> options = new LinkedHashMap<>(base.getOptions());
    options.keySet().removeIf(it -> it.startsWith(OTHERS));
    options.put(USERNAME, username.get());
    options.put(PASSWORD, password.get());
    return Optional.of(text(module, base, options));
  }

  private static boolean isNamed(AppConfigurationEntry entry, String module) {
    return entry.getLoginModuleName().equals(module);
  }

  private static Optional<Object> first(List<AppConfigurationEntry> modules, String option) {
    return modules.stream()
        .<Object>map(it -> it.getOptions().get(option))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String text(String module, AppConfigurationEntry entry, Map<String, ?> options) {
    StringBuilder text = new StringBuilder(module).append(' ').append(flag(entry));
    new TreeMap<>(options)
        .forEach(
            (key, value) ->
                text.append(' ').append(key(key)).append('=').append(quoted(value.toString())));
    return text.append(';').toString();
  }

  private static String flag(AppConfigurationEntry entry) {
    String flag = entry.getControlFlag().toString(); // LoginModuleControlFlag: required
    return flag.substring(flag.lastIndexOf(' ') + 1);
  }

  private static String key(String key) {
    return key.matches("[A-Za-z]\\w*") ? key : quoted(key);
  }

  /**
   * As {@code org.apache.kafka.common.security.JaasConfig} reads it. Kafka's clients fill in <code>
   * ${provider:…}</code> before that, and a JAAS file has none: only its parser gets to see them.
   */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '$' -> quoted.append("\\044");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
