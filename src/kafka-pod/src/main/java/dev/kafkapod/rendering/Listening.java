package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.Listener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a process will listen on, and who said so.
 *
 * @param sockets in the order in which they were written
 * @param sources the places that say it
 * @param reason why those addresses, where nobody has written them; may be empty
 */
public record Listening(List<Socket> sockets, List<String> sources, String reason) {

  private static final String BIND = "${bind}";
  private static final String INWARD = "loopback alone, which can't be reached from outside";

  public Listening {
    sockets = List.copyOf(sockets);
    sources = List.copyOf(sources);
    Objects.requireNonNull(reason);
  }

  /**
   * One listener.
   *
   * @param bound host and port; {@code *} stands for all addresses
   * @param advertised what clients are told; empty where no client gets in
   */
  public record Socket(String name, String protocol, String bound, String advertised) {

    public Socket {
      Objects.requireNonNull(name);
      Objects.requireNonNull(protocol);
      Objects.requireNonNull(bound);
      Objects.requireNonNull(advertised);
    }

    private String text() {
      return "%s (%s) on %s%s"
          .formatted(
              name, protocol, bound, advertised.isEmpty() ? "" : ", advertised as " + advertised);
    }
  }

  /** Reads valid settings. */
  static Listening of(Settings settings, ListenerSetup setup, BindAddress bind) {
    Optional<Setting> bound = settings.get("listeners").filter(it -> !it.text().isBlank());
    Optional<Setting> advertised = settings.get("advertised.listeners");
    List<Listener> listeners = bound.isPresent() ? setup.bound() : List.of(Listener.KAFKAS_DEFAULT);
    List<Socket> sockets =
        listeners.stream()
            .map(
                it ->
                    new Socket(
                        it.name(),
                        setup.protocols().getOrDefault(it.name(), "PLAINTEXT"),
                        (it.isWildcard() ? "*" : it.host()) + ":" + it.port(),
                        advertised(it, setup)))
            .toList();
    Set<String> sources = new LinkedHashSet<>();
    sources.add(bound.map(it -> it.origin().toString()).orElse("Kafka's default"));
    advertised.ifPresent(it -> sources.add(it.origin().toString()));
    return new Listening(
        sockets, List.copyOf(sources), reason(listeners, bound, advertised, setup, bind));
  }

  private static String reason(
      List<Listener> listeners,
      Optional<Setting> bound,
      Optional<Setting> advertised,
      ListenerSetup setup,
      BindAddress bind) {
    if (bound.isPresent()
        && (bound.get().raw().reveal().contains(BIND) || isDerived(bound.get(), advertised))) {
      return bind.reason();
    }
    List<Listener> forClients =
        listeners.stream().filter(it -> !setup.controllers().contains(it.name())).toList();
    return !forClients.isEmpty() && forClients.stream().allMatch(Listener::isLoopback)
        ? INWARD
        : "";
  }

  /**
   * Whether an address of the kind that {@link BindAddress} decides came from what is advertised.
   */
  private static boolean isDerived(Setting bound, Optional<Setting> advertised) {
    return advertised.filter(it -> it.origin().isSameAs(bound.origin())).isPresent()
        && ListenerReading.of(advertised.get(), new Problems()).stream()
            .anyMatch(Listener::isThisMachine);
  }

  private static String advertised(Listener listener, ListenerSetup setup) {
    Optional<Listener> named = Listener.named(listener.name(), setup.advertised());
    if (named.isPresent()) {
      return named.get().host() + ":" + named.get().port();
    }
    if (setup.controllers().contains(listener.name())) {
      return "";
    }
    return (listener.isWildcard() ? "this host's name" : listener.host()) + ":" + listener.port();
  }

  /** The same with each text changed, so that nothing secret is shown. */
  Listening with(UnaryOperator<String> change) {
    return new Listening(
        sockets.stream()
            .map(
                it ->
                    new Socket(
                        change.apply(it.name()),
                        it.protocol(),
                        change.apply(it.bound()),
                        change.apply(it.advertised())))
            .toList(),
        sources.stream().map(change).toList(),
        reason);
  }

  /** One line for people. */
  public String line() {
    return "listens: %s; set by %s%s"
        .formatted(
            sockets.stream().map(Socket::text).collect(Collectors.joining("; ")),
            String.join(", ", sources),
            reason.isEmpty() ? "" : "; " + reason);
  }
}
