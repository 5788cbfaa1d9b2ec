package dev.kafkapod.rendering;

import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the lines of a rendered file fit for people's eyes. Of a secret they show only whether it
 * is the same in another text.
 *
 * @param secrets which settings are secret
 * @param secretKeys keys of ordinary settings that hold a secret in this pod
 * @param redaction the secrets of this rendering, wherever else they stand
 */
public record Masking(Secrets secrets, Set<String> secretKeys, Redaction redaction) {

  private static final Pattern YAML_LINE =
      Pattern.compile("(?<indent>\\s*(?:- )?)(?<key>[\\w.\"'-]+)\\s*:(?:\\s+(?<value>.*))?");

  /** What log4j's own configuration says in plain: no plugin's secret has one of these names. */
  private static final Set<String> PLAIN_IN_A_LOG_CONFIG =
      Set.of(
          "name",
          "level",
          "pattern",
          "target",
          "ref",
          "status",
          "additivity",
          "filename",
          "filepattern",
          "type",
          "class",
          "packages",
          "monitorinterval",
          "shutdownhook",
          "interval",
          "modulate",
          "size",
          "max",
          "min",
          "eventtemplateuri",
          "onmatch",
          "onmismatch",
          "charset",
          "immediateflush",
          "blocking",
          "includelocation",
          "alwayswriteexceptions");

  public Masking {
    Objects.requireNonNull(secrets);
    secretKeys = Set.copyOf(secretKeys);
    Objects.requireNonNull(redaction);
  }

  /**
   * The lines of a file of properties.
   *
   * @param other the text that it is compared with
   * @param difference what is said of a secret that isn't the same there
   */
  List<String> properties(String text, String other, String difference) {
    Map<String, String> values = new HashMap<>();
    for (PropertiesText.Entry entry : PropertiesText.entries(other, secrets)) {
      entry.setting().ifPresent(it -> values.put(it.key(), it.text()));
    }
    List<String> lines = new ArrayList<>();
    for (PropertiesText.Entry entry : entries(text)) {
      boolean secret = entry.setting().filter(this::isSecret).isPresent();
      if (secret) {
        Setting setting = entry.setting().get();
        boolean same = setting.text().equals(values.get(setting.key()));
        lines.add(redaction.apply(setting.key()) + "=" + Secrets.MASK + (same ? "" : difference));
      } else if (entry.setting().isEmpty()
          && Secrets.isSecretText(String.join("", entry.natural()))) {
        lines.add("# " + Secrets.MASK);
      } else {
        entry.natural().forEach(it -> lines.add(redaction.apply(it)));
      }
    }
    return lines;
  }

  private List<PropertiesText.Entry> entries(String text) {
    List<PropertiesText.Entry> entries = new ArrayList<>(PropertiesText.entries(text, secrets));
    // what follows the last line break is no line
    if (text.endsWith("\n")) {
      entries.remove(entries.size() - 1);
    }
    return entries;
  }

  private boolean isSecret(Setting setting) {
    return setting.raw().isSecret() || secretKeys.contains(setting.key());
  }

  /**
   * The lines of log4j2.yaml. Somebody's own may hold an appender's credentials under any name, so
   * only what is known to be plain is shown.
   */
  List<String> logConfig(String text, String other, String difference) {
    List<String> others = other.lines().toList();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(
          isPlain(line)
              ? redaction.apply(line)
              : hidden(line, others.contains(line) ? "" : difference));
    }
    return lines;
  }

  private static boolean isPlain(String line) {
    if (Secrets.isSecretText(line)) {
      return false;
    }
    Matcher matcher = YAML_LINE.matcher(line);
    if (line.isBlank() || line.strip().startsWith("#")) {
      return true;
    }
    if (!matcher.matches()) {
      return false;
    }
    String value = matcher.group("value");
    String key = matcher.group("key").replaceAll("[\"']", "").toLowerCase(Locale.ROOT);
    return value == null || value.isBlank() || PLAIN_IN_A_LOG_CONFIG.contains(key);
  }

  private static String hidden(String line, String difference) {
    Matcher matcher = YAML_LINE.matcher(line);
    String begin =
        matcher.matches() && !Secrets.isSecretText(matcher.group("key"))
            ? matcher.group("indent") + matcher.group("key") + ": "
            : "";
    return begin + Secrets.MASK + difference;
  }
}
