package dev.kafkapod.settings;

import java.util.Objects;

/**
 * A setting's value from the moment it is read: it may be secret, and what is printed of it never
 * shows that. The text itself is for Kafka and for the files that Kafka reads.
 */
public final class SettingValue {

  private final String text;
  private final boolean secret;

  /**
   * A value.
   *
   * @param secret whether nobody may see it
   */
  public SettingValue(String text, boolean secret) {
    this.text = Objects.requireNonNull(text);
    this.secret = secret;
  }

  /** A value that anybody may see. */
  public static SettingValue open(String text) {
    return new SettingValue(text, false);
  }

  /** The text, for whoever needs it and prints nothing of it. */
  public String reveal() {
    return text;
  }

  /** Whether nobody may see it. */
  public boolean isSecret() {
    return secret;
  }

  /** For people's eyes: a secret is masked. */
  @Override
  public String toString() {
    return secret ? Secrets.MASK : text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingValue value && value.text.equals(text) && value.secret == secret;
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, secret);
  }
}
