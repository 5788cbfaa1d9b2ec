package dev.kafkapod.nodeconfig;

import dev.kafkapod.common.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listeners of a broker's configuration, as {@code kafka.server.KafkaConfig} reads them. */
public final class Listeners {

  private final Map<String, Listener> bound;
  private final Map<String, Listener> advertised;
  private final Map<String, String> protocols;
  private final List<String> controllers;

  /**
   * Reads them.
   *
   * @param problems receives what can't be read
   */
  public Listeners(Map<String, String> properties, List<String> problems) {
    bound = read("listeners", properties, "PLAINTEXT://:9092", problems);
    advertised = read("advertised.listeners", properties, "", problems);
    controllers = controllers(properties);
    protocols = protocols(properties).protocols();
  }

  /** The names of {@code controller.listener.names}. */
  public static List<String> controllers(Map<String, String> properties) {
    return KafkaList.of(properties.getOrDefault("controller.listener.names", "")).stream()
        .map(Listener::normalised)
        .toList();
  }

  /** The security protocol of each listener. */
  public static ProtocolMap protocols(Map<String, String> properties) {
    return ProtocolMap.of(
        Optional.ofNullable(properties.get(ProtocolMap.KEY)), controllers(properties));
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

  /** The listener that brokers use among each other, if it is bound. */
  public Optional<String> interBroker(Map<String, String> properties) {
    return Optional.of(interBrokerName(properties)).filter(bound::containsKey);
  }

  /**
   * The name of the listener that brokers use among each other; unless it is set, the one that is
   * called like their security protocol (kafka.server.KafkaConfig.interBrokerListenerName).
   */
  public static String interBrokerName(Map<String, String> properties) {
    String name = properties.getOrDefault("inter.broker.listener.name", "");
    String protocol = properties.getOrDefault("security.inter.broker.protocol", "");
    return Listener.normalised(
        !name.isBlank() ? name : !protocol.isBlank() ? protocol : "PLAINTEXT");
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
