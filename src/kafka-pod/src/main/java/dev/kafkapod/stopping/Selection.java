package dev.kafkapod.stopping;

import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Rack;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which nodes would stop, as somebody named them.
 *
 * @param ids node ids of brokers and controllers
 * @param zone also all brokers whose rack is in this zone
 * @param cluster also all brokers whose rack is in this Kubernetes cluster; with a zone, those that
 *     are in both
 */
public record Selection(Set<Integer> ids, Optional<String> zone, Optional<String> cluster) {

  /** What a selection came to. */
  public sealed interface SelectedNodes {

    /** These nodes, at least one, in ascending order. */
    record Found(Set<Integer> ids) implements SelectedNodes {
      public Found {
        ids = Collections.unmodifiableSet(new TreeSet<>(ids));
      }
    }

    /** Somebody who was named isn't there; each problem in one line with its remedy. */
    record Missing(List<String> problems) implements SelectedNodes {
      public Missing {
        problems = List.copyOf(problems);
      }
    }
  }

  public Selection {
    ids = Set.copyOf(ids);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(cluster);
  }

  /** Whether nobody is named. */
  public boolean isEmpty() {
    return ids.isEmpty() && !byRack();
  }

  private boolean byRack() {
    return zone.isPresent() || cluster.isPresent();
  }

  /** Every broker that the cluster lists, fenced or not. */
  public static Selection allBrokers(ClusterSnapshot cluster) {
    return new Selection(
        new TreeSet<>(cluster.nodes().stream().map(ClusterNode::id).toList()),
        Optional.empty(),
        Optional.empty());
  }

  /** Looks for the nodes in a cluster whose answers are trusted. */
  public SelectedNodes in(ClusterSnapshot snapshot) {
    List<String> problems = new ArrayList<>();
    Set<Integer> found = new TreeSet<>(ids);
    Set<Integer> known = known(snapshot);
    List<Integer> strangers = ids.stream().filter(id -> !known.contains(id)).toList();
    if (!strangers.isEmpty()) {
      problems.add(
          "--brokers: cluster %s has no node %s (its nodes: %s); correct the ids, or check --bootstrap-server"
              .formatted(snapshot.clusterId(), Wording.ids(strangers), Wording.ids(known)));
    }
    if (byRack()) {
      List<Integer> there =
          snapshot.nodes().stream().filter(this::isThere).map(ClusterNode::id).toList();
      found.addAll(there);
      if (there.isEmpty()) {
        problems.add(nobodyThere(snapshot));
      }
    }
    return problems.isEmpty()
        ? new SelectedNodes.Found(found)
        : new SelectedNodes.Missing(problems);
  }

  /**
   * What the selection can't see: controllers have no rack that a client is told, so those that run
   * where the selected brokers do aren't among them.
   */
  public Optional<String> blindSpot(ClusterSnapshot snapshot) {
    if (!byRack() || !(snapshot.controlPlane() instanceof ControlPlane.Quorum quorum)) {
      return Optional.empty();
    }
    List<Integer> unseen =
        quorum.voters().stream()
            .map(ControlPlane.Follower::id)
            .filter(id -> !ids.contains(id) && snapshot.node(id).isEmpty())
            .distinct()
            .toList();
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "where controllers %s run can't be seen; name those that would stop too with --brokers"
                .formatted(Wording.ids(unseen)));
  }

  /**
   * Why nobody can tell whether these are all that would stop: brokers without a rack may run where
   * the selection looks. Empty where that is known of everybody.
   */
  public Optional<String> unplaced(ClusterSnapshot snapshot) {
    List<Integer> unplaced =
        snapshot.nodes().stream()
            .filter(node -> node.rack().isEmpty() && !ids.contains(node.id()))
            .map(ClusterNode::id)
            .toList();
    if (!byRack() || unplaced.isEmpty()) {
      return Optional.empty();
    }
    boolean one = unplaced.size() == 1;
    return Optional.of(
        "%s %s has no rack, so it is unknown whether %s there too; set broker.rack, or name all that would stop with --brokers alone"
            .formatted(
                one ? "broker" : "each of brokers",
                Wording.ids(unplaced),
                one ? "it runs" : "they run"));
  }

  private boolean isThere(ClusterNode node) {
    Optional<Rack> rack = node.rack().map(Rack::of);
    return rack.isPresent()
        && (zone.isEmpty() || zone.get().equals(rack.get().zone()))
        && (cluster.isEmpty() || cluster.equals(rack.get().cluster()));
  }

  private String nobodyThere(ClusterSnapshot snapshot) {
    List<String> racks =
        snapshot.nodes().stream()
            .map(node -> node.rack().orElse("none"))
            .distinct()
            .sorted()
            .toList();
    return "%s: no broker of cluster %s runs there (their racks: %s); correct it, and see broker.rack"
        .formatted(
            String.join(
                " and ",
                Stream.of(named("--zone", zone), named("--cluster", cluster))
                    .flatMap(Optional::stream)
                    .toList()),
            snapshot.clusterId(),
            String.join(", ", racks));
  }

  private static Optional<String> named(String option, Optional<String> value) {
    return value.map(it -> option + " " + it);
  }

  /**
   * Everybody the cluster speaks of: before Kafka 4.0 a broker that is fenced isn't listed, but it
   * still has its replicas.
   */
  private static Set<Integer> known(ClusterSnapshot snapshot) {
    Set<Integer> known = new TreeSet<>();
    add(known, snapshot.nodes(), ClusterNode::id);
    if (snapshot.controlPlane() instanceof ControlPlane.Quorum quorum) {
      add(known, quorum.voters(), ControlPlane.Follower::id);
      add(known, quorum.observers(), ControlPlane.Follower::id);
    }
    snapshot.partitions().forEach(partition -> known.addAll(partition.replicas()));
    return known;
  }

  private static <T> void add(Set<Integer> ids, Collection<T> nodes, Function<T, Integer> id) {
    nodes.stream().map(id).forEach(ids::add);
  }
}
