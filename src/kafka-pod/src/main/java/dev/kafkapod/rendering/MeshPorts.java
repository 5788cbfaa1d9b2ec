package dev.kafkapod.rendering;

import dev.kafkapod.common.Host;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ports that a mesh's sidecar holds on the loopback address that a listener advertises: one for
 * each broker of the Kafka cluster. The sidecar shares the pod's network, so a broker that binds
 * one of them on every address keeps the sidecar from its port, or the other way round.
 *
 * @param known the first and last port, where somebody has said them
 */
record MeshPorts(Optional<PortRange> known, OptionalInt nodeId, Optional<Integer> ordinal) {

  /** How many brokers more the warning looks ahead. */
  private static final int LOOK_AHEAD = 50;

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("sidecars-ports-are-free", MeshPorts::free),
          RenderRule.of("a-sidecar-has-the-advertised-port", MeshPorts::advertised));

  private static MeshPorts of(RuleInput input) {
    return new MeshPorts(input.request().meshPorts(), input.nodeId(), input.pod().ordinal());
  }

  private static void free(RuleInput input, Problems problems) {
    Optional<Setting> listeners = input.settings().get("listeners");
    if (listeners.isEmpty()) {
      return;
    }
    MeshPorts ports = of(input);
    for (Listener mesh : ports.meshes(input.listeners())) {
      Range range = ports.range(mesh, input.settings());
      for (Listener listener : input.listeners().bound()) {
        check(mesh, range, listener, listeners.get(), problems);
      }
    }
  }

  private static void advertised(RuleInput input, Problems problems) {
    MeshPorts ports = of(input);
    ports
        .known()
        .ifPresent(
            it -> ports.ownPort(it, ports.meshes(input.listeners()), input.settings(), problems));
  }

  private List<Listener> meshes(ListenerSetup listeners) {
    return listeners.advertised().stream()
        .filter(
            mesh ->
                Listener.named(mesh.name(), listeners.bound())
                    .filter(own -> isThroughSidecar(mesh, own))
                    .isPresent())
        .toList();
  }

  private Optional<Integer> id() {
    return nodeId.isPresent() ? Optional.of(nodeId.getAsInt()) : Optional.empty();
  }

  /** The port that clients are told must be one of those that their sidecars have. */
  private void ownPort(
      PortRange ports, List<Listener> meshes, Settings settings, Problems problems) {
    Setting setting = settings.get("advertised.listeners").orElse(null);
    // of several meshes only one can have these ports, and which one nobody has said
    boolean certain = meshes.stream().noneMatch(it -> ports.contains(it.port()));
    for (Listener mesh : meshes) {
      if (!ports.contains(mesh.port())) {
        String message =
            "'%s' advertises port %d, for which no sidecar has a listener: KAFKA_POD_MESH_PORTS is %s, and clients could not reach this broker%s; widen KAFKA_POD_MESH_PORTS once every sidecar has the port, or correct %s";
        Object[] values = {
          mesh.text(),
          mesh.port(),
          new Problems.Harmless(ports.toString()),
          new Problems.Harmless(nodeId.isPresent() ? " (node " + nodeId.getAsInt() + ")" : ""),
          new Problems.Harmless(
              id().equals(ordinal)
                  ? "the port or the node id"
                  : "the port or KAFKA_POD_NODE_ID_BASE")
        };
        if (certain) {
          problems.error(setting, message, values);
        } else {
          problems.warning(setting, message, values);
        }
      }
    }
  }

  /**
   * A broker that is tried out on one machine advertises loopback, too, and answers there itself,
   * or through a port that its container publishes.
   */
  private boolean isThroughSidecar(Listener mesh, Listener own) {
    boolean answersItself =
        mesh.port() == own.port() && (Host.isSame(own.host(), mesh.host()) || mesh.isThisMachine());
    // localhost is a port that a container publishes, or the broker itself, unless somebody says
    // that a sidecar is there
    return mesh.isLoopback() && !answersItself && (!mesh.isThisMachine() || known.isPresent());
  }

  /**
   * The sidecar's ports.
   *
   * @param grows whether each further broker takes one more
   */
  private record Range(PortRange ports, boolean grows) {}

  private static void check(
      Listener mesh, Range range, Listener listener, Setting listeners, Problems problems) {
    if (!listener.isWildcard() && !Host.isSame(listener.host(), mesh.host())) {
      return;
    }
    int last = range.ports().last();
    if (range.ports().contains(listener.port())) {
      problems.error(
          listeners,
          "'%s' binds a port that the sidecar needs on %s for the brokers that '%s' leads to (%s); bind another port, or ${pod.ip} only",
          listener.text(),
          mesh.host(),
          mesh.name(),
          range.ports());
    } else if (range.grows() && listener.port() > last && listener.port() <= last + LOOK_AHEAD) {
      problems.warning(
          listeners,
          "'%s' binds a port that the sidecar will need on %s once the Kafka cluster has a broker whose id is %d higher; bind another port, or set KAFKA_POD_MESH_PORTS to those in use",
          listener.text(),
          mesh.host(),
          listener.port() - last);
    }
  }

  /** What somebody has said; else from the port of the first broker to this one's. */
  private Range range(Listener mesh, Settings settings) {
    if (known.isPresent()) {
      return new Range(known.get(), false);
    }
    String port =
        KafkaList.of(settings.get("advertised.listeners").orElseThrow().raw().reveal()).stream()
            .filter(it -> it.toUpperCase(Locale.ROOT).startsWith(mesh.name() + "://"))
            .map(it -> it.substring(it.lastIndexOf(':')))
            .findFirst()
            .orElse("");
    Optional<Integer> before =
        port.contains("node.id") ? id() : port.contains("ordinal") ? ordinal : Optional.empty();
    return new Range(
        new PortRange(Math.max(1, mesh.port() - before.orElse(0)), mesh.port()),
        before.isPresent());
  }
}
