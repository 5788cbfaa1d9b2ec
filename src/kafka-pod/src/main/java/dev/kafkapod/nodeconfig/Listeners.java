package dev.kafkapod.nodeconfig;

import dev.kafkapod.settings.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The listeners of a broker's configuration, as {@code kafka.server.KafkaConfig} reads them. */
public final class Listeners {

  private static final Pattern LISTENER =
      Pattern.compile("(?<name>[\\w.-]+)://(?<host>\\[[^]]*]|[^:\\[\\]]*):(?<port>\\d{1,5})");
  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private static final List<String> WILDCARDS = List.of("", "0.0.0.0", "[::]", "::");
  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, Address> bound;
  private final Map<String, Address> advertised;
  private final Map<String, String> protocols = new LinkedHashMap<>();
  private final List<String> controllers;

  /**
   * Reads them.
   *
   * @param problems receives what can't be read
   */
  public Listeners(Map<String, String> properties, List<String> problems) {
    bound = addresses("listeners", properties, "PLAINTEXT://:9092", problems);
    advertised = addresses("advertised.listeners", properties, "", problems);
    controllers =
        list(properties.getOrDefault("controller.listener.names", "")).stream()
            .map(Listeners::normalised)
            .toList();
    PROTOCOLS.forEach(protocol -> protocols.put(protocol, protocol));
    String map = properties.getOrDefault("listener.security.protocol.map", "");
    if (map.isBlank()) {
      controllers.forEach(name -> protocols.putIfAbsent(name, "PLAINTEXT"));
    }
    for (String entry : list(map)) {
      int colon = entry.lastIndexOf(':');
      if (colon > 0) {
        protocols.put(
            normalised(entry.substring(0, colon)),
            entry.substring(colon + 1).strip().toUpperCase(Locale.ROOT));
      }
    }
  }

  /** As in {@code org.apache.kafka.common.network.ListenerName}. */
  private static String normalised(String name) {
    return name.strip().toUpperCase(Locale.ROOT);
  }

  public static List<String> list(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static Map<String, Address> addresses(
      String key, Map<String, String> properties, String fallback, List<String> problems) {
    Map<String, Address> addresses = new LinkedHashMap<>();
    String value = properties.getOrDefault(key, "");
    for (String listener : list(value.isBlank() ? fallback : value)) {
      Matcher matcher = LISTENER.matcher(listener);
      if (matcher.matches()) {
        addresses.put(
            normalised(matcher.group("name")),
            new Address(matcher.group("host"), Integer.parseInt(matcher.group("port"))));
      } else {
        problems.add(
            "%s: must be NAME://HOST:PORT, got '%s'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right"
                .formatted(key, listener));
      }
    }
    return addresses;
  }

  /**
   * The listener that brokers use among each other; unless it is named, the one that is called like
   * their security protocol.
   */
  public Optional<String> interBroker(Map<String, String> properties) {
    String name = properties.getOrDefault("inter.broker.listener.name", "");
    String protocol = properties.getOrDefault("security.inter.broker.protocol", "PLAINTEXT");
    return Optional.of(normalised(name.isBlank() ? protocol : name)).filter(bound::containsKey);
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
    Address address = advertised.getOrDefault(listener, bound.get(listener));
    return reachable(address);
  }

  /** Where this machine reaches it. */
  public Address local(String listener) {
    return reachable(bound.get(listener));
  }

  private static Address reachable(Address address) {
    return WILDCARDS.contains(address.host()) ? new Address(LOOPBACK, address.port()) : address;
  }
}
