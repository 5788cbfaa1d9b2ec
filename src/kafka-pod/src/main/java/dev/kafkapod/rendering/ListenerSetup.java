package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.Listener;
import dev.kafkapod.nodeconfig.Listeners;
import dev.kafkapod.nodeconfig.ProtocolMap;
import java.util.List;
import java.util.Map;

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

  /** Reads them; what can't be read is reported and left out. */
  static ListenerSetup of(Settings settings, Problems problems) {
    Map<String, String> properties = settings.asMap();
    return new ListenerSetup(
        read("listeners", settings, problems),
        read("advertised.listeners", settings, problems),
        protocols(properties, settings, problems),
        Listeners.controllers(properties));
  }

  private static List<Listener> read(String key, Settings settings, Problems problems) {
    return settings.get(key).map(it -> ListenerReading.of(it, problems)).orElse(List.of());
  }

  private static Map<String, String> protocols(
      Map<String, String> properties, Settings settings, Problems problems) {
    ProtocolMap map = Listeners.protocols(properties);
    for (String entry : map.malformed()) {
      problems.error(
          settings.get(ProtocolMap.KEY).orElseThrow(),
          "must be NAME:PROTOCOL with PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, got '%s'; correct it",
          entry);
    }
    for (String name : map.repeated()) {
      problems.error(
          settings.get(ProtocolMap.KEY).orElseThrow(),
          "'%s' is there twice; remove one of the two",
          name);
    }
    return map.protocols();
  }

  /** Whether whoever connects to the listener of this name speaks TLS. */
  boolean isTls(String name) {
    return protocols.getOrDefault(name, "").endsWith("SSL");
  }
}
