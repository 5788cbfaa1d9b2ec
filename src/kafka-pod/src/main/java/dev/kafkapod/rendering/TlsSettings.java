package dev.kafkapod.rendering;

import java.util.Locale;
import java.util.Optional;

/**
 * What one listener, or one client, takes from the settings for TLS: what is set for the listener
 * wins over what is set for all (AbstractConfig.valuesWithPrefixOverride).
 *
 * @param prefix {@code listener.name.NAME.}, or empty
 * @param weaker what counts where these settings say nothing
 */
record TlsSettings(Settings settings, String prefix, Optional<TlsSettings> weaker) {

  /** With what is set for a listener. */
  static TlsSettings ofListener(String name, Settings settings) {
    return new TlsSettings(
        settings, "listener.name." + name.toLowerCase(Locale.ROOT) + ".", Optional.empty());
  }

  /** Those of a client, which begin with what the broker has for its peers. */
  static TlsSettings ofClient(Settings client, TlsSettings broker) {
    return new TlsSettings(client, "", Optional.of(broker));
  }

  /** The setting that counts. */
  Optional<Setting> get(String key) {
    return settings
        .get(prefix + key)
        .or(() -> settings.get(key))
        .or(() -> weaker.flatMap(it -> it.get(key)));
  }

  /** Whether there is a value that can't be known here: a provider's, or one that is broken. */
  boolean isUnknown(String key) {
    return settings.isBroken(prefix + key)
        || (settings.get(prefix + key).isEmpty() && settings.isBroken(key))
        || (get(key).isEmpty() && weaker.filter(it -> it.isUnknown(key)).isPresent())
        || get(key).filter(Setting::isProvided).isPresent();
  }

  /** A value as Kafka takes it (ConfigDef.parseType), where it is set and known. */
  Optional<String> text(String key) {
    return isUnknown(key) ? Optional.empty() : get(key).map(it -> it.text().trim());
  }
}
