package dev.kafkapod.rendering;

import dev.kafkapod.settings.SettingValue;
import java.util.Objects;

/**
 * One setting as somebody wrote it.
 *
 * @param raw the value as it was written
 * @param value the value with this pod's names filled in
 */
public record Setting(String key, SettingValue raw, SettingValue value, Origin origin) {

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
}
