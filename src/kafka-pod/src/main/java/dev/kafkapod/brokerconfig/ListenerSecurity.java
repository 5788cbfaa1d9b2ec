package dev.kafkapod.brokerconfig;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The client settings with which a broker itself connects to its peers' listener of one name: what
 * is set for the listener wins over what is set for all (org.apache.kafka.common.network
 * .ChannelBuilders, AbstractConfig.valuesWithPrefixOverride).
 */
final class ListenerSecurity {

  private static final String SASL = "sasl.";
  private static final String SSL = "ssl.";

  /** What only the accepting side of a connection looks at. */
  private static final List<String> SERVER_SIDE =
      List.of(
          "ssl.client.auth",
          "ssl.principal.mapping.rules",
          "ssl.allow.dn.changes",
          "ssl.allow.san.changes",
          "sasl.enabled.mechanisms",
          "sasl.mechanism.",
          "sasl.server.",
          "sasl.kerberos.principal.to.local.rules");

  private ListenerSecurity() {}

  /**
   * The settings for a listener.
   *
   * @param mechanismKey which setting names the SASL mechanism among peers
   */
  static Map<String, String> of(
      Map<String, String> broker, String listener, String protocol, String mechanismKey) {
    Map<String, String> client = new TreeMap<>();
    client.put("security.protocol", protocol);
    // values may refer to providers, and Kafka's clients resolve them too
    copy(broker, "config.providers", "config.providers", client);
    String ofListener = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    if (protocol.endsWith("SSL")) {
      copy(broker, SSL, SSL, client);
      copy(broker, ofListener + SSL, SSL, client);
    }
    if (protocol.startsWith("SASL")) {
      String mechanism = broker.getOrDefault(mechanismKey, "GSSAPI").strip();
      String ofMechanism = ofListener + mechanism.toLowerCase(Locale.ROOT) + ".";
      copy(broker, SASL, SASL, client);
      copy(broker, ofListener + SASL, SASL, client);
      copy(broker, ofMechanism + SASL, SASL, client);
      client.put("sasl.mechanism", mechanism);
    }
    return client;
  }

  private static void copy(
      Map<String, String> from, String prefix, String as, Map<String, String> to) {
    from.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            String name = as + key.substring(prefix.length());
            if (SERVER_SIDE.stream().noneMatch(name::startsWith)) {
              to.put(name, value);
            }
          }
        });
  }
}
