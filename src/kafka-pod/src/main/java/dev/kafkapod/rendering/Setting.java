package dev.kafkapod.rendering;

import dev.kafkapod.settings.SettingValue;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One setting as somebody wrote it.
 *
 * @param raw the value as it was written
 * @param value the value with this pod's names filled in
 */
public record Setting(String key, SettingValue raw, SettingValue value, Origin origin) {

  private static final Pattern PROVIDED = Pattern.compile("\\$\\{[^}]*:[^}]*}");

  public Setting {
    Objects.requireNonNull(key);
    Objects.requireNonNull(raw);
    Objects.requireNonNull(value);
    Objects.requireNonNull(origin);
  }

  /** As it was written, before any name is filled in. */
  static Setting written(String key, SettingValue raw, Origin origin) {
    return new Setting(key, raw, raw, origin);
  }

  Setting withValue(SettingValue filledIn) {
    return new Setting(key, raw, filledIn, origin);
  }

  /** The value's text, for whoever prints nothing of it. */
  String text() {
    return value.reveal();
  }

  /** Whether a config provider fills in a part, so that only Kafka knows the value. */
  boolean isProvided() {
    return PROVIDED.matcher(text()).find();
  }

  /** The text with some word for each part that a config provider fills in. */
  String textWith(String word) {
    return PROVIDED.matcher(text()).replaceAll(word);
  }
}
