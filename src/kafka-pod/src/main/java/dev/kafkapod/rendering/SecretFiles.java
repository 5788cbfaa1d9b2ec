package dev.kafkapod.rendering;

import dev.kafkapod.settings.SettingValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The variables by which the apache/kafka image names stores and files with passwords, both in its
 * folder of secrets: {@code KAFKA_SSL_KEYSTORE_FILENAME}, {@code KAFKA_SSL_KEYSTORE_CREDENTIALS},
 * and their siblings (docker/resources/common-scripts/configure in Kafka's source).
 *
 * @param folder where they are
 * @param texts what is in the files with passwords, by variable; only those that can be read
 */
record SecretFiles(Path folder, Map<String, String> texts) {

  private static final Map<String, String> STORES =
      Map.of(
          "KAFKA_SSL_KEYSTORE_FILENAME", "ssl.keystore.location",
          "KAFKA_SSL_TRUSTSTORE_FILENAME", "ssl.truststore.location");

  private static final Map<String, String> PASSWORDS =
      Map.of(
          "KAFKA_SSL_KEYSTORE_CREDENTIALS", "ssl.keystore.password",
          "KAFKA_SSL_KEY_CREDENTIALS", "ssl.key.password",
          "KAFKA_SSL_TRUSTSTORE_CREDENTIALS", "ssl.truststore.password");

  SecretFiles {
    Objects.requireNonNull(folder);
    texts = Map.copyOf(texts);
  }

  /** Reads the files that an environment names. */
  static SecretFiles read(Path folder, Map<String, String> environment) {
    Map<String, String> texts = new LinkedHashMap<>();
    PASSWORDS.keySet().stream()
        .filter(environment::containsKey)
        .filter(it -> !environment.get(it).isBlank())
        .forEach(
            variable ->
                TextFile.read(folder.resolve(environment.get(variable).strip()))
                    // as $(cat FILE) takes it
                    .ifPresent(it -> texts.put(variable, it.text().replaceAll("\\R+$", ""))));
    return new SecretFiles(folder, texts);
  }

  static boolean isOne(String variable) {
    return STORES.containsKey(variable) || PASSWORDS.containsKey(variable);
  }

  /** The setting for a variable; empty if it is blank, or a problem. */
  Optional<Setting> setting(String variable, String file, Problems problems) {
    Origin origin = Origin.variable(variable);
    if (file.isBlank()) {
      return Optional.empty();
    }
    if (STORES.containsKey(variable)) {
      SettingValue path = SettingValue.open(folder.resolve(file.strip()).toString());
      return Optional.of(Setting.written(STORES.get(variable), path, origin));
    }
    if (!texts.containsKey(variable)) {
      problems.error(
          origin,
          "must name a file in %s that holds the password, and there is none of this name that can be read; mount it, or set %s to a file's name (what it is set to isn't shown, because it might be the password itself)",
          folder,
          variable);
      return Optional.empty();
    }
    SettingValue password = new SettingValue(texts.get(variable), true);
    return Optional.of(Setting.written(PASSWORDS.get(variable), password, origin));
  }
}
