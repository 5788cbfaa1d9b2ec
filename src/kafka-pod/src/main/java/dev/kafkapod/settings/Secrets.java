package dev.kafkapod.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which settings and variables hold what nobody may see in a log, a message or a diff: by Kafka's
 * own definition (ConfigDef's type PASSWORD), by the name, or by the shape of the value. In doubt,
 * a value is secret.
 */
public final class Secrets {

  /** What stands for a secret; as Kafka itself writes it. */
  public static final String MASK = "[hidden]";

  /** What Kafka and its plugins call their secrets, those of type PASSWORD included. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(password|passwd|passphrase|passcode|secret|jaas\\.config|credential|token|(private|api|access|account"
              + "|encryption|shared|signing)[._-]?key|auth\\.user\\.info|userinfo|authorization"
              + "|ssl\\.keystore\\.key|ssl\\.keystore\\.certificate\\.chain|ssl\\.truststore\\.certificates).*"
              + "|(.*[._-])?(pwd|pw|pass|pin|key|jwt|license|assertion|apikey|sasl\\.user)"
              // of PlainLoginModule, where a line of a JAAS configuration has become one of its own
              + "|user_.*");

  /** These only sound like secrets: times, numbers, and names of files, classes and algorithms. */
  private static final Pattern HARMLESS_NAME =
      Pattern.compile(
          ".*(password\\.encoder\\.(iterations|key\\.length|cipher\\.algorithm|keyfactory\\.algorithm)"
              + "|token\\.(max\\.lifetime\\.ms|expiry\\.(time|check\\.interval)\\.ms)|token\\.endpoint\\.url"
              + "|credentials\\.(callback\\.handler\\.class|provider(\\.class)?))");

  /** A variable: {@code DBPW}, {@code DB_PASS}, {@code PGPASSWORD}, {@code API_KEY}. */
  private static final Pattern SECRET_VARIABLE =
      Pattern.compile(
          ".*(PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRET|TOKEN|CREDENTIAL|JAAS|(PRIVATE|API|ACCESS|ACCOUNT|ENCRYPTION"
              + "|SHARED|SIGNING)_?KEY|BASIC_AUTH|AUTHORIZATION).*|(.*_)?[A-Z0-9]*(PWD|PW|PASS|JWT)|.*_(PIN|KEY)");

  /** The working directories that every shell keeps. */
  private static final Set<String> HARMLESS_VARIABLES = Set.of("PWD", "OLDPWD");

  /**
   * A user and a password in a URL; a JAAS login module; a private key; a password in a text; a
   * token; a webhook.
   */
  private static final Pattern SECRET_SHAPE =
      Pattern.compile(
          "://[^/\\s@]*:[^/\\s]*@"
              + "|\\bLoginModule\\b"
              + "|LoginModule\\s+(required|requisite|sufficient|optional)"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY"
              + "|(?i:password|passwd|passphrase|pwd|secret|token|api[._-]?key|access[._-]?key)[\"']?\\s*[=:]\\s*[^\\s,;]"
              + "|\\buser_[^\\s=]+\\s*=\\s*[\"']"
              + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\."
              // an address that posts for whoever knows it
              + "|(?i:\\bhooks?\\.|/webhooks?/|\\bwebhook\\.)\\S*[\\w-]{16}"
              + "|(?i:authorization)[\"']?\\s*[=:]\\s*\\S"
              + "|[?&]sig=[^&\\s]|\\bgh[pousr]_[A-Za-z0-9]{20,}"
              + "|\\b(?i:basic|bearer)\\s+[A-Za-z0-9+/_.=-]{8,}");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*env\\.(\\w+)");

  private static final Pattern LISTENER_PREFIX =
      Pattern.compile("(listener\\.name\\.[^.]+\\.|[a-z0-9.]*config\\.)");

  private final Set<String> passwords;

  /**
   * The rules with what a Kafka at hand defines.
   *
   * @param passwords the keys that are of Kafka's type PASSWORD
   */
  public Secrets(Set<String> passwords) {
    this.passwords = Set.copyOf(passwords);
  }

  /** The rules by names and shapes alone. */
  public static Secrets byName() {
    return new Secrets(Set.of());
  }

  /** A setting's value, which knows whether it is secret. */
  public SettingValue value(String key, String text) {
    return new SettingValue(
        text, isSecretKey(key) || isSecretText(text) || pullsInSecretVariable(text));
  }

  /** Whether the key's value is secret whatever it is. */
  public boolean isSecretKey(String key) {
    String name = key.toLowerCase(Locale.ROOT).strip();
    return passwords.contains(name)
        || passwords.contains(LISTENER_PREFIX.matcher(name).replaceFirst(""))
        || (SECRET_NAME.matcher(name).matches() && !HARMLESS_NAME.matcher(name).matches());
  }

  /** Whether a variable of the environment holds a secret, by its name. */
  public static boolean isSecretVariable(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return SECRET_VARIABLE.matcher(upper).matches() && !HARMLESS_VARIABLES.contains(upper);
  }

  /** Whether a value, as it is written, is to be filled in with a secret variable. */
  private static boolean pullsInSecretVariable(String text) {
    return VARIABLE.matcher(text).results().anyMatch(it -> isSecretVariable(it.group(1)));
  }

  /** Whether a text looks as if it held a secret, whoever's it is. */
  public static boolean isSecretText(String text) {
    return SECRET_SHAPE.matcher(text).find();
  }
}
