package dev.kafkapod.diagnosis;

import java.util.Objects;

/**
 * Where the settings of a connection come from, for messages.
 *
 * @param addresses what names the addresses: {@code --bootstrap-server}
 * @param security what says how to speak to them: {@code --command-config}
 * @param ofBroker whether that is a broker's own configuration, which says security.protocol by its
 *     listener.security.protocol.map
 */
public record SettingsOrigin(String addresses, String security, boolean ofBroker) {

  public SettingsOrigin {
    Objects.requireNonNull(addresses);
    Objects.requireNonNull(security);
  }

  /** The same settings with the addresses that the cluster itself names for its brokers. */
  public SettingsOrigin advertised() {
    return new SettingsOrigin("advertised.listeners of the brokers", security, ofBroker);
  }

  /** How not to log in. */
  public String setWithoutSasl() {
    return ofBroker
        ? set("the same without SASL_")
        : "set security.protocol to the same without SASL_ in " + security;
  }

  /** How to make it another protocol. */
  public String set(String protocol) {
    return ofBroker
        ? "let listener.security.protocol.map in %s say %s for this listener"
            .formatted(security, protocol)
        : "set security.protocol=%s in %s".formatted(protocol, security);
  }
}
