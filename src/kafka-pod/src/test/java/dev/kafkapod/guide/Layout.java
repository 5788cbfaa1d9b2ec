package dev.kafkapod.guide;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.Given;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where a cluster's nodes are, and how many replicas each partition has.
 *
 * @param brokers by node id
 * @param controllers by node id; none of them is a broker
 * @param replicas of each partition
 * @param placement on which brokers they are
 */
record Layout(
    Map<Integer, Site> brokers, Map<Integer, Site> controllers, int replicas, Placement placement) {

  private static final String TOPIC = "orders";

  /** On which brokers a partition's replicas are. */
  enum Placement {
    /** From rack to rack, in the order of their names: as many replicas as racks are everywhere. */
    STRIPED,
    /**
     * On any racks, each at most once. That is how Kafka places fewer replicas than there are racks
     * (StripedReplicaPlacer): it goes from rack to rack by their names for as many partitions of a
     * topic as there are brokers, and for the others in an order that it shuffles.
     */
    SHUFFLED,
    /** As evenly over the Kubernetes clusters, and over the zones, as can be. */
    EVEN
  }

  /**
   * Where a node is.
   *
   * @param cluster the Kubernetes cluster; the third site is one, too
   */
  record Site(String zone, String cluster) {
    /** As the brokers' racks are written: the zone, or with more than one cluster ZONE/CLUSTER. */
    String rack() {
      return zone + "/" + cluster;
    }
  }

  Layout {
    brokers = Map.copyOf(brokers);
    controllers = Map.copyOf(controllers);
  }

  /**
   * What {@code deploy/overlays/single} makes: a broker and a controller in each of three zones.
   */
  static Layout single() {
    Map<Integer, Site> brokers = new TreeMap<>();
    Map<Integer, Site> controllers = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      brokers.put(i, new Site(zone(i), "a"));
      controllers.put(100 + i, new Site(zone(i), "a"));
    }
    return new Layout(brokers, controllers, 3, Placement.STRIPED);
  }

  /**
   * What {@code deploy/overlays/stretch-…} makes: brokers in three zones of two Kubernetes
   * clusters; the first half of the other controllers with the one cluster, in one zone, the second
   * half with the other one, in another zone, and one at a third site, in the third zone.
   *
   * @param inEachRack brokers in each zone of each Kubernetes cluster
   * @param voters controllers in all, an odd number
   */
  static Layout stretch(int inEachRack, int voters) {
    Map<Integer, Site> brokers = new TreeMap<>();
    for (String cluster : List.of("a", "b")) {
      for (int i = 0; i < 3 * inEachRack; i++) {
        brokers.put(brokers.size(), new Site(zone(i % 3), cluster));
      }
    }
    Map<Integer, Site> controllers = new TreeMap<>();
    for (int i = 0; i < voters; i++) {
      int site = i == voters - 1 ? 2 : i % 2;
      controllers.put(100 + i, new Site(zone(site), List.of("a", "b", "third").get(site)));
    }
    return new Layout(brokers, controllers, 6, Placement.STRIPED);
  }

  /** The same nodes with other replicas. */
  Layout with(int others, Placement where) {
    return new Layout(brokers, controllers, others, where);
  }

  private static String zone(int index) {
    return "zone-" + List.of("a", "b", "c").get(index);
  }

  /** The nodes that are in such a place. */
  Set<Integer> nodes(Predicate<Site> where) {
    Set<Integer> found = new TreeSet<>();
    brokers.forEach((id, site) -> addIf(where.test(site), id, found));
    controllers.forEach((id, site) -> addIf(where.test(site), id, found));
    return found;
  }

  private static void addIf(boolean there, int id, Set<Integer> found) {
    if (there) {
      found.add(id);
    }
  }

  /** The same of brokers only. */
  Set<Integer> brokers(Predicate<Site> where) {
    Set<Integer> found = nodes(where);
    found.retainAll(brokers.keySet());
    return found;
  }

  /** All nodes up, all replicas in sync. */
  ClusterSnapshot healthy(int minIsr) {
    return without(Set.of(), minIsr, true);
  }

  /** After nodes have been lost, and the controllers, as far as they can, have acted on it. */
  ClusterSnapshot without(Set<Integer> lost, int minIsr, boolean quorum) {
    ClusterBuilder cluster =
        Given.aCluster().notListing(1, 2, 3).minIsr(TOPIC, minIsr).voters(voters(lost));
    List.of(1, 2, 3).forEach(cluster::unknownToTheLeader);
    controllers.keySet().stream().filter(lost::contains).forEach(cluster::neverCaughtUp);
    brokers.forEach((id, site) -> cluster.rack(id, site.rack()).lag(id, Duration.ZERO));
    brokers.keySet().stream().filter(lost::contains).forEach(cluster::fenced);
    brokers.keySet().stream()
        .filter(id -> !lost.contains(id))
        .min(Integer::compare)
        .ifPresent(cluster::answeredBy);
    List<List<Integer>> placed = placed();
    for (int i = 0; i < placed.size(); i++) {
      List<Integer> replicas = placed.get(i);
      List<Integer> left = replicas.stream().filter(id -> !lost.contains(id)).toList();
      PartitionBuilder partition =
          Given.aPartition(TOPIC, i).withReplicas(replicas.toArray(Integer[]::new));
      // the last member of an ISR stays in it
      List<Integer> isr = left.isEmpty() ? replicas.subList(0, 1) : left;
      partition.isr(isr.toArray(Integer[]::new));
      cluster.with(left.isEmpty() ? partition.leaderless() : partition);
    }
    return (quorum ? cluster : cluster.controllerSilent("no controller answers")).build();
  }

  /** The leader first: one that is still there. */
  private Integer[] voters(Set<Integer> lost) {
    List<Integer> ids = new ArrayList<>(new TreeSet<>(controllers.keySet()));
    ids.sort((a, b) -> Boolean.compare(lost.contains(a), lost.contains(b)));
    return ids.toArray(Integer[]::new);
  }

  /** Each partition's replicas. */
  List<List<Integer>> placed() {
    if (placement == Placement.STRIPED) {
      return striped();
    }
    return Aftermath.subsets(List.copyOf(new TreeSet<>(brokers.keySet())), replicas).stream()
        .map(it -> List.copyOf(new TreeSet<>(it)))
        .filter(it -> spread(it, Site::rack) == it.size())
        .filter(it -> placement == Placement.SHUFFLED || isEven(it))
        .sorted(Comparator.comparing(List::toString))
        .toList();
  }

  private boolean isEven(List<Integer> ids) {
    return difference(ids, Site::cluster) <= 1 && difference(ids, Site::zone) <= 1;
  }

  private long spread(List<Integer> ids, Function<Site, String> place) {
    return ids.stream().map(brokers::get).map(place).distinct().count();
  }

  /** Between the place with most of these brokers, and the one with fewest. */
  private int difference(List<Integer> ids, Function<Site, String> place) {
    List<Integer> counts = counts(ids, place);
    return Collections.max(counts) - Collections.min(counts);
  }

  /** How many of these brokers are in each place. */
  List<Integer> counts(List<Integer> ids, Function<Site, String> place) {
    return brokers.values().stream()
        .map(place)
        .distinct()
        .map(it -> (int) ids.stream().filter(id -> place.apply(brokers.get(id)).equals(it)).count())
        .toList();
  }

  /**
   * As Kafka places replicas (StripedReplicaPlacer): a partition goes from rack to rack, the next
   * partition begins one rack further on, and whoever comes back to a rack takes its next broker.
   */
  private List<List<Integer>> striped() {
    Map<String, List<Integer>> racks = new TreeMap<>();
    new TreeMap<>(brokers)
        .forEach((id, site) -> racks.computeIfAbsent(site.rack(), r -> new ArrayList<>()).add(id));
    List<List<Integer>> striped = List.copyOf(racks.values());
    List<List<Integer>> placed = new ArrayList<>();
    for (int partition = 0; partition < 2 * brokers.size(); partition++) {
      List<Integer> replicas = new ArrayList<>();
      for (int i = 0; i < replicas(); i++) {
        List<Integer> rack = striped.get((partition + i) % striped.size());
        replicas.add(rack.get((partition / striped.size() + i / striped.size()) % rack.size()));
      }
      placed.add(replicas);
    }
    return placed;
  }
}
