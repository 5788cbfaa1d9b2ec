package dev.kafkapod.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One listener, as {@code listeners} and {@code advertised.listeners} name it.
 *
 * @param name as org.apache.kafka.common.network.ListenerName takes it: in upper case
 * @param text as it was written, with its names filled in
 * @param host empty where Kafka shall find one, an IPv6 address in its brackets
 */
record Listener(String name, String text, String host, int port) {

  /** What a broker binds that isn't told. */
  static final Listener KAFKAS_DEFAULT = new Listener("PLAINTEXT", "PLAINTEXT://:9092", "", 9092);

  private static final int HIGHEST_PORT = 65535;
  private static final List<String> WILDCARDS = List.of("", "0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");
  private static final Pattern LISTENER =
      Pattern.compile(
          "(?<name>[\\w.-]+)://(?<host>\\[[0-9a-fA-F:.%]*]|[^:\\[\\]\\s/@]*):(?<port>\\d{1,9})");

  /** Reads a list of listeners; what can't be read is reported and left out. */
  static List<Listener> parse(Setting setting, Problems problems) {
    List<Listener> listeners = new ArrayList<>();
    for (String text : list(setting.text())) {
      Matcher matcher = LISTENER.matcher(text);
      if (!matcher.matches()) {
        problems.error(
            setting,
            "a listener must be NAME://HOST:PORT, got '%s'; write for example MESH://127.0.0.5:9091%s",
            text,
            unbracketed(text) ? ", and an IPv6 address in brackets" : "");
        continue;
      }
      int port = Integer.parseInt(matcher.group("port"));
      if (port < 1 || port > HIGHEST_PORT) {
        problems.error(
            setting, "a port must be from 1 to 65535, got %d in '%s'; correct it", port, text);
        continue;
      }
      listeners.add(
          new Listener(
              matcher.group("name").toUpperCase(Locale.ROOT), text, matcher.group("host"), port));
    }
    return listeners;
  }

  private static boolean unbracketed(String text) {
    return text.indexOf('[') < 0 && text.chars().filter(it -> it == ':').count() > 2;
  }

  /** The parts of a list as Kafka splits it, without blanks and empty ones. */
  static List<String> list(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  static Optional<Listener> named(String name, List<Listener> listeners) {
    return listeners.stream()
        .filter(it -> it.name().equals(name.strip().toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  boolean isWildcard() {
    return isWildcard(host);
  }

  /** Whether a host means every address, or none. */
  static boolean isWildcard(String host) {
    return WILDCARDS.contains(host);
  }

  /** Whether only this machine gets there, by whichever of its loopback addresses. */
  boolean isLoopback() {
    return host.startsWith("127.") || isThisMachine();
  }

  /** Whether it is the loopback address that every program takes for its own machine. */
  boolean isThisMachine() {
    return host.equals("127.0.0.1") || host.equals("[::1]") || host.equalsIgnoreCase("localhost");
  }

  /** Whether both can't be bound at once. */
  boolean clashesWith(Listener other) {
    return port == other.port
        && (isWildcard() || other.isWildcard() || host.equalsIgnoreCase(other.host));
  }
}
