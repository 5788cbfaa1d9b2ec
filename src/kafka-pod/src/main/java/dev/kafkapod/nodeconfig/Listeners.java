package dev.kafkapod.nodeconfig;

import dev.kafkapod.settings.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The listeners of a broker's configuration, as {@code kafka.server.KafkaConfig} reads them. */
public final class Listeners {

  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private final Map<String, Listener> bound;
  private final Map<String, Listener> advertised;
  private final Map<String, String> protocols = new LinkedHashMap<>();
  private final List<String> controllers;

  /**
   * Reads them.
   *
   * @param problems receives what can't be read
   */
  public Listeners(Map<String, String> properties, List<String> problems) {
    bound = read("listeners", properties, "PLAINTEXT://:9092", problems);
    advertised = read("advertised.listeners", properties, "", problems);
    controllers =
        KafkaList.of(properties.getOrDefault("controller.listener.names", "")).stream()
            .map(Listener::normalised)
            .toList();
    PROTOCOLS.forEach(protocol -> protocols.put(protocol, protocol));
    String map = properties.getOrDefault("listener.security.protocol.map", "");
    if (map.isBlank()) {
      controllers.forEach(name -> protocols.putIfAbsent(name, "PLAINTEXT"));
    }
    for (String entry : KafkaList.of(map)) {
      int colon = entry.lastIndexOf(':');
      if (colon > 0) {
        protocols.put(
            Listener.normalised(entry.substring(0, colon)),
            entry.substring(colon + 1).strip().toUpperCase(Locale.ROOT));
      }
    }
  }

  private static Map<String, Listener> read(
      String key, Map<String, String> properties, String fallback, List<String> problems) {
    Map<String, Listener> listeners = new LinkedHashMap<>();
    String value = properties.getOrDefault(key, "");
    for (String text : KafkaList.of(value.isBlank() ? fallback : value)) {
      Optional<Listener> listener = Listener.of(text);
      if (listener.isPresent()) {
        listeners.put(listener.get().name(), listener.get());
      } else {
        problems.add(
            "%s: must be NAME://HOST:PORT, got '%s'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right"
                .formatted(key, text));
      }
    }
    return listeners;
  }

  /**
   * The listener that brokers use among each other; unless it is named, the one that is called like
   * their security protocol.
   */
  public Optional<String> interBroker(Map<String, String> properties) {
    String name = properties.getOrDefault("inter.broker.listener.name", "");
    String protocol = properties.getOrDefault("security.inter.broker.protocol", "PLAINTEXT");
    return Optional.of(Listener.normalised(name.isBlank() ? protocol : name))
        .filter(bound::containsKey);
  }

  /** The listener on which a controller answers. */
  public Optional<String> controller() {
    return controllers.stream().filter(bound::containsKey).findFirst();
  }

  /** The listener by which this node reaches the controllers, be it one of them or not. */
  public Optional<String> controllers() {
    return controllers.stream().findFirst();
  }

  /** The security protocol of a listener, in Kafka's words. */
  public String protocol(String listener) {
    return protocols.getOrDefault(listener, "PLAINTEXT");
  }

  /** Where clients reach the listener: certificates are made out to this name. */
  public Address advertised(String listener) {
    return reachable(advertised.getOrDefault(listener, bound.get(listener)));
  }

  /** Where this machine reaches it. */
  public Address local(String listener) {
    return reachable(bound.get(listener));
  }

  private static Address reachable(Listener listener) {
    return new Address(listener.host(), listener.port()).fromHere();
  }
}
