package dev.kafkapod.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets in what others have written: Kafka's clients and libraries put values into their
 * messages. Knows the secrets of one configuration, and shapes that are always secret.
 */
public final class Redaction {

  /** What is shorter can't be told from ordinary text. */
  private static final int TELLABLE = 3;

  /** {@code password="x"}, in JAAS configurations and elsewhere; quoted or not. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(\\b(?:user_[^\\s=\"':]+|[\\w.-]*(?:password|passwd|passphrase|pwd|secret|token|api[._-]?key|access[._-]?key))[\"']?(?:\\s*=\\s*|:(?=\\S)|:\\s+(?=[\"'])))"
              + "(\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\s,;\"']+)");

  /** A user and a password before a host, with a scheme or without. */
  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)[^/\\s]*:[^/\\s]*@|(?<![\\w/])[\\w.%+-]+:[^\\s@/,'\"\\[\\]]+@(?=[\\w\\[])");

  private static final Pattern QUOTED = Pattern.compile("'.*'|\"[^\"]*\"|(?<=for key )\\S+");
  private static final String QUOTED_MASK = Matcher.quoteReplacement(Secrets.MASK);
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(?s)-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?(-----END \\1-----|$)");

  private final List<String> secrets;

  private Redaction(Collection<String> secrets) {
    // the longest first: one may be a part of another
    this.secrets =
        secrets.stream()
            .filter(it -> it.length() >= TELLABLE)
            .distinct()
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
  }

  /** By shapes alone. */
  public static Redaction byShape() {
    return new Redaction(List.of());
  }

  /**
   * The secrets among some settings, and those inside of JAAS configurations.
   *
   * @param environment variables whose names say that they are secret count, too
   */
  public static Redaction of(Collection<SettingValue> values, Map<String, String> environment) {
    Set<String> secrets = new TreeSet<>();
    values.stream()
        .filter(SettingValue::isSecret)
        .map(SettingValue::reveal)
        .forEach(it -> parts(it).forEach(secrets::add));
    environment.forEach(
        (name, value) -> {
          // the broker's settings are secret by their keys
          if (Secrets.isSecretVariable(name) && !name.startsWith("KAFKA_")) {
            parts(value).forEach(secrets::add);
          }
        });
    return new Redaction(secrets);
  }

  /** The secrets of settings, by their keys and shapes. */
  public static Redaction of(Map<String, String> settings) {
    Secrets rules = Secrets.byName();
    return of(
        settings.entrySet().stream().map(it -> rules.value(it.getKey(), it.getValue())).toList(),
        Map.of());
  }

  /** Masks what either of two masks. */
  public Redaction and(Redaction other) {
    return new Redaction(Stream.concat(secrets.stream(), other.secrets.stream()).toList());
  }

  private static Stream<String> parts(String secret) {
    return Stream.concat(
        Stream.of(secret, secret.strip()),
        ASSIGNED.matcher(secret).results().map(it -> it.group(2).replaceAll("^[\"']|[\"']$", "")));
  }

  /**
   * The same for the words of Kafka's clients. What their parser says of a JAAS configuration names
   * words of it, and of one that is malformed any word may be a part of a password.
   */
  public String applyToKafkas(String message) {
    return apply(
        message.contains("JAAS") ? QUOTED.matcher(message).replaceAll(QUOTED_MASK) : message);
  }

  /** A message with every secret in it masked. */
  public String apply(String message) {
    String masked = message;
    for (String secret : secrets) {
      masked = masked.replace(secret, Secrets.MASK);
    }
    masked = USER_INFO.matcher(masked).replaceAll(Matcher.quoteReplacement(Secrets.MASK + "@"));
    masked = PRIVATE_KEY.matcher(masked).replaceAll(Matcher.quoteReplacement(Secrets.MASK));
    return ASSIGNED.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(Secrets.MASK));
  }
}
