package dev.kafkapod.nodeconfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The security protocol of each listener (kafka.server.KafkaConfig
 * .effectiveListenerSecurityProtocolMap).
 *
 * @param protocols by the listener's name, in Kafka's words; also those that Kafka doesn't have
 * @param malformed entries that Kafka refuses
 * @param repeated names that are there twice, of which the later counts
 */
public record ProtocolMap(
    Map<String, String> protocols, List<String> malformed, List<String> repeated) {

  /** The setting that has it. */
  public static final String KEY = "listener.security.protocol.map";

  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  public ProtocolMap {
    protocols = Map.copyOf(protocols);
    malformed = List.copyOf(malformed);
    repeated = List.copyOf(repeated);
  }

  /**
   * Reads it.
   *
   * @param text what is set; empty if nothing is, and Kafka's default holds
   * @param controllers the controllers' listeners, which are PLAINTEXT by default
   */
  static ProtocolMap of(Optional<String> text, List<String> controllers) {
    Map<String, String> protocols = new LinkedHashMap<>();
    if (text.isEmpty()) {
      PROTOCOLS.forEach(it -> protocols.put(it, it));
      controllers.forEach(it -> protocols.putIfAbsent(it, "PLAINTEXT"));
      return new ProtocolMap(protocols, List.of(), List.of());
    }
    List<String> malformed = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    for (String entry : KafkaList.of(text.get())) {
      int colon = entry.lastIndexOf(':');
      String protocol = entry.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
      if (colon < 1 || !PROTOCOLS.contains(protocol)) {
        malformed.add(entry);
      }
      if (colon > 0) {
        String name = Listener.normalised(entry.substring(0, colon));
        if (protocols.put(name, protocol) != null) {
          repeated.add(name);
        }
      }
    }
    return new ProtocolMap(protocols, malformed, repeated);
  }
}
