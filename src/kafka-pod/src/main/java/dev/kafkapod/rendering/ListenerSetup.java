package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The listeners as the settings have them, names in upper case as in
 * org.apache.kafka.common.network.ListenerName.
 *
 * @param bound those of {@code listeners}
 * @param advertised those of {@code advertised.listeners}
 * @param protocols the security protocol of each name
 * @param controllers the names of {@code controller.listener.names}
 */
record ListenerSetup(
    List<Listener> bound,
    List<Listener> advertised,
    Map<String, String> protocols,
    List<String> controllers) {

  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  /** Reads them; what can't be read is reported and left out. */
  static ListenerSetup of(Settings settings, Problems problems) {
    List<String> controllers =
        settings.value("controller.listener.names").map(KafkaList::of).orElse(List.of()).stream()
            .map(it -> it.toUpperCase(Locale.ROOT))
            .toList();
    return new ListenerSetup(
        read("listeners", settings, problems),
        read("advertised.listeners", settings, problems),
        protocols(settings, controllers, problems),
        controllers);
  }

  private static List<Listener> read(String key, Settings settings, Problems problems) {
    return settings.get(key).map(it -> ListenerReading.of(it, problems)).orElse(List.of());
  }

  private static Map<String, String> protocols(
      Settings settings, List<String> controllers, Problems problems) {
    Map<String, String> protocols = new LinkedHashMap<>();
    Optional<Setting> map = settings.get("listener.security.protocol.map");
    if (map.isEmpty()) {
      PROTOCOLS.forEach(it -> protocols.put(it, it));
      controllers.forEach(it -> protocols.putIfAbsent(it, "PLAINTEXT"));
      return protocols;
    }
    for (String entry : KafkaList.of(map.get().text())) {
      int colon = entry.lastIndexOf(':');
      String protocol = entry.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
      if (colon < 1 || !PROTOCOLS.contains(protocol)) {
        problems.error(
            map.get(),
            "must be NAME:PROTOCOL with PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, got '%s'; correct it",
            entry);
      }
      if (colon > 0) {
        String name = entry.substring(0, colon).strip().toUpperCase(Locale.ROOT);
        if (protocols.put(name, protocol) != null) {
          problems.error(map.get(), "'%s' is there twice; remove one of the two", name);
        }
      }
    }
    return protocols;
  }

  /** Whether whoever connects to the listener of this name speaks TLS. */
  boolean isTls(String name) {
    return protocols.getOrDefault(name, "").endsWith("SSL");
  }

  /**
   * The listener that brokers use among each other; unless it is named, the one that is called like
   * their security protocol (KafkaConfig.interBrokerListenerName).
   */
  static String interBroker(Settings settings) {
    return settings
        .value("inter.broker.listener.name")
        .or(() -> settings.value("security.inter.broker.protocol"))
        .orElse("PLAINTEXT")
        .toUpperCase(Locale.ROOT);
  }
}
