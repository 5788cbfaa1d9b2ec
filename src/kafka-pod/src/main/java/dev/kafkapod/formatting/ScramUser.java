package dev.kafkapod.formatting;

import dev.kafkapod.settings.SettingValue;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A user with whom a cluster begins. Its password is held only as SCRAM keeps it, salted; that,
 * too, lets whoever has it log in, and is secret.
 *
 * @param iterations how often the password was hashed
 * @param salt in base64
 * @param saltedPassword in base64
 */
public record ScramUser(
    String name,
    Mechanism mechanism,
    int iterations,
    SettingValue salt,
    SettingValue saltedPassword) {

  /** What Kafka takes when nobody says it, and the least that it takes. */
  static final int FEWEST_ITERATIONS = 4096;

  /** The most that Kafka takes (ScramMechanism). */
  static final int MOST_ITERATIONS = 16_384;

  /** Kafka's mechanisms of this kind. */
  public enum Mechanism {
    SHA_256("PBKDF2WithHmacSHA256", 32),
    SHA_512("PBKDF2WithHmacSHA512", 64);

    private final String derivation;
    private final int bytes;

    Mechanism(String derivation, int bytes) {
      this.derivation = derivation;
      this.bytes = bytes;
    }

    /** {@code SCRAM-SHA-512}. */
    @Override
    public String toString() {
      return "SCRAM-" + name().replace('_', '-');
    }

    /** How long a salted password is. */
    int bytes() {
      return bytes;
    }

    static Optional<Mechanism> of(String name) {
      return Stream.of(values()).filter(it -> it.toString().equals(name)).findFirst();
    }
  }

  public ScramUser {
    Objects.requireNonNull(name);
    Objects.requireNonNull(mechanism);
    Objects.requireNonNull(salt);
    Objects.requireNonNull(saltedPassword);
  }

  /** A user by its password, which must not be empty. */
  static ScramUser of(
      String name, Mechanism mechanism, int iterations, byte[] salt, String password) {
    return new ScramUser(
        name,
        mechanism,
        iterations,
        secret(salt),
        secret(salted(mechanism, iterations, salt, password)));
  }

  static SettingValue secret(byte[] bytes) {
    return new SettingValue(Base64.getEncoder().encodeToString(bytes), true);
  }

  private static byte[] salted(Mechanism mechanism, int iterations, byte[] salt, String password) {
    PBEKeySpec key =
        new PBEKeySpec(password.toCharArray(), salt, iterations, mechanism.bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(mechanism.derivation).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + mechanism.derivation, e);
    } finally {
      key.clearPassword();
    }
  }

  /** Whether this is the user's password. */
  boolean hasPassword(String password) {
    byte[] bytes = Base64.getDecoder().decode(salt.reveal());
    return !password.isEmpty()
        && secret(salted(mechanism, iterations, bytes, password)).equals(saltedPassword);
  }

  /**
   * The user for {@code kafka-storage.sh format}, in whose notation quotes around a value don't
   * belong to it (org.apache.kafka.metadata.storage.ScramParser). For this process alone: it holds
   * a secret.
   */
  String flag() {
    return String.format(
        Locale.ROOT,
        "--add-scram=%s=[name=\"%s\",iterations=%d,salt=\"%s\",saltedpassword=\"%s\"]",
        mechanism,
        name,
        iterations,
        salt.reveal(),
        saltedPassword.reveal());
  }
}
