package dev.kafkapod.nodeconfig;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.Host;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One listener, as {@code listeners} and {@code advertised.listeners} name it.
 *
 * @param name as org.apache.kafka.common.network.ListenerName takes it: in upper case
 * @param text as it was written, with its names filled in
 * @param host empty where Kafka shall find one, an IPv6 address in its brackets
 * @param port any number: Kafka reads 0 as "whichever is free", and dies of others when it binds
 */
public record Listener(String name, String text, String host, int port) {

  /** What a broker binds that isn't told. */
  public static final Listener KAFKAS_DEFAULT =
      new Listener("PLAINTEXT", "PLAINTEXT://:9092", "", 9092);

  /** As in org.apache.kafka.network.SocketServerConfigs, but for brackets that don't match. */
  private static final Pattern LISTENER =
      Pattern.compile(
          "(?<name>.+)://(?<host>\\[[0-9a-zA-Z%._:-]*]|[0-9a-zA-Z%._:-]*):(?<port>-?[0-9]{1,9})");

  public Listener {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
    Objects.requireNonNull(host);
  }

  /** Reads one; empty where Kafka refuses it, or could bind nothing like it. */
  public static Optional<Listener> of(String text) {
    Matcher matcher = LISTENER.matcher(text);
    return matcher.matches()
        ? Address.host(matcher.group("host"))
            .map(
                it ->
                    new Listener(
                        normalised(matcher.group("name")),
                        text,
                        it,
                        Integer.parseInt(matcher.group("port"))))
        : Optional.empty();
  }

  /** A listener's name as Kafka compares it. */
  public static String normalised(String name) {
    return name.strip().toUpperCase(Locale.ROOT);
  }

  /** The one of a name. */
  public static Optional<Listener> named(String name, List<Listener> listeners) {
    return listeners.stream().filter(it -> it.name().equals(normalised(name))).findFirst();
  }

  /** Whether it means every address, or none. */
  public boolean isWildcard() {
    return Host.isWildcard(host);
  }

  /** Whether only this machine gets there, by whichever of its loopback addresses. */
  public boolean isLoopback() {
    return Host.isLoopback(host);
  }

  /** Whether it is the loopback address that every program takes for its own machine. */
  public boolean isThisMachine() {
    return Host.isThisMachine(host);
  }

  /** Whether both can't be bound at once. */
  public boolean clashesWith(Listener other) {
    return port == other.port
        && (isWildcard() || other.isWildcard() || Host.isSame(host, other.host));
  }
}
