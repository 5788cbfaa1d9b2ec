package dev.kafkapod.rendering;

import java.util.Objects;

/**
 * One setting as somebody wrote it.
 *
 * @param raw the value as it was written
 * @param value the value with this pod's names filled in
 */
public record Setting(String key, String raw, String value, Origin origin) {

  public Setting {
    Objects.requireNonNull(key);
    Objects.requireNonNull(raw);
    Objects.requireNonNull(value);
    Objects.requireNonNull(origin);
  }

  /** As it was written, before any name is filled in. */
  static Setting written(String key, String raw, Origin origin) {
    return new Setting(key, raw, raw, origin);
  }

  Setting withValue(String filledIn) {
    return new Setting(key, raw, filledIn, origin);
  }

  /** The value for people's eyes: secrets are masked. */
  String shown() {
    return Secrets.isSecret(key) ? Secrets.MASK : value;
  }
}
