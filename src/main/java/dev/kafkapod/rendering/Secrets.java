package dev.kafkapod.rendering;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which values nobody may see in a log, a message or a diff. */
final class Secrets {

  /** What stands for a secret; as Kafka itself writes it. */
  static final String MASK = "[hidden]";

  /** Those of Kafka's type PASSWORD, and what plugins are likely to call theirs. */
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(password|passwd|passphrase|secret|jaas\\.config|credential|token|private.?key|api.?key|access.?key"
              + "|ssl\\.keystore\\.key|ssl\\.keystore\\.certificate\\.chain|ssl\\.truststore\\.certificates).*");

  /** These only sound like secrets: times, numbers, and names of files and algorithms. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          ".*(password\\.encoder\\.(iterations|key\\.length|cipher\\.algorithm|keyfactory\\.algorithm)"
              + "|token\\.(max\\.lifetime\\.ms|expiry\\.(time|check\\.interval)\\.ms)|token\\.endpoint\\.url)");

  /** What is too short to be told from ordinary text isn't looked for in messages. */
  private static final int TELLABLE = 3;

  private Secrets() {}

  static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return SECRET.matcher(name).matches() && !HARMLESS.matcher(name).matches();
  }

  /** A message of somebody else's, with every secret value in it masked. */
  static String mask(String message, Collection<Setting> settings) {
    String masked = message;
    for (Setting setting : settings) {
      if (isSecret(setting.key()) && setting.value().length() >= TELLABLE) {
        masked = masked.replace(setting.value(), MASK);
      }
    }
    return masked;
  }
}
