package dev.kafkapod.placement;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.readiness.Rack;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The brokers that may hold replicas, and those that may not, as far as a target names them.
 *
 * @param grid those that may
 * @param off those that somebody wants to be left
 * @param restricted whether only those may that somebody has named
 * @param problems what is wrong with the names, each in one line with its remedy
 */
record TargetBrokers(
    Grid grid, NavigableSet<Integer> off, boolean restricted, List<String> problems) {

  static TargetBrokers of(PlacementTarget target, Brokers brokers, String clusterId) {
    return new Names(brokers, clusterId).resolve(target);
  }

  /** Whether a replica there is left on purpose, and not because nobody knows where it is. */
  boolean leaves(int broker) {
    return !grid.has(broker) && (restricted || off.contains(broker));
  }

  private static final class Names {
    private final Brokers brokers;
    private final String clusterId;
    private final List<String> problems = new ArrayList<>();

    Names(Brokers brokers, String clusterId) {
      this.brokers = brokers;
      this.clusterId = clusterId;
    }

    TargetBrokers resolve(PlacementTarget target) {
      NavigableSet<Integer> onto = find("--onto", target.onto());
      NavigableSet<Integer> off = find("--off", target.off());
      List<Integer> rackless = onto.stream().filter(brokers.rackless()::contains).toList();
      if (!rackless.isEmpty()) {
        problems.add(
            "--onto: %s no rack, so nobody knows where replicas would be; set broker.rack"
                .formatted(
                    rackless.size() == 1
                        ? "broker " + rackless.get(0) + " has"
                        : "brokers " + Wording.ids(rackless) + " have"));
      }
      List<Integer> unlisted = onto.stream().filter(brokers.unheardOf()::contains).toList();
      if (!unlisted.isEmpty()) {
        problems.add(
            "--onto: cluster %s doesn't list %s now, so where it runs isn't known; wait until it is back"
                .formatted(
                    clusterId,
                    (unlisted.size() == 1 ? "broker " : "any of brokers ")
                        + Wording.ids(unlisted)));
      }
      Map<Integer, Cell> places = new HashMap<>();
      brokers
          .placed()
          .forEach(
              (id, rack) -> {
                if (!off.contains(id) && (target.onto().isEmpty() || onto.contains(id))) {
                  places.put(id, Cell.of(rack, target.order()));
                }
              });
      if (places.isEmpty() && problems.isEmpty()) {
        problems.add(nobody());
      }
      return new TargetBrokers(
          new Grid(places, target.order()), off, !target.onto().isEmpty(), problems);
    }

    private String nobody() {
      return brokers.placed().isEmpty()
          ? "no broker of cluster %s has a rack, so nobody knows where replicas are; set broker.rack to ZONE, or ZONE/CLUSTER, on each"
              .formatted(clusterId)
          : "--onto and --off leave no broker of cluster %s (with a rack: %s); correct them"
              .formatted(clusterId, Wording.ids(brokers.placed().keySet()));
    }

    private NavigableSet<Integer> find(String option, List<String> names) {
      NavigableSet<Integer> found = new TreeSet<>();
      List<Integer> strangers = new ArrayList<>();
      for (String name : names) {
        OptionalInt id = NodeNumber.of(name);
        if (id.isEmpty()) {
          found.addAll(ofCluster(option, name));
        } else if (brokers.knows(id.getAsInt())) {
          found.add(id.getAsInt());
        } else {
          strangers.add(id.getAsInt());
        }
      }
      if (!strangers.isEmpty()) {
        Set<Integer> known = new TreeSet<>(brokers.placed().keySet());
        known.addAll(brokers.rackless());
        known.addAll(brokers.unheardOf());
        problems.add(
            "%s: cluster %s has no broker %s (its brokers: %s); correct the ids, or check --bootstrap-server"
                .formatted(option, clusterId, Wording.ids(strangers), Wording.ids(known)));
      }
      return found;
    }

    private List<Integer> ofCluster(String option, String name) {
      NavigableSet<String> clusters = new TreeSet<>();
      List<Integer> there = new ArrayList<>();
      brokers
          .placed()
          .forEach(
              (id, rack) ->
                  Rack.of(rack)
                      .cluster()
                      .ifPresent(
                          cluster -> {
                            clusters.add(cluster);
                            if (cluster.equals(name)) {
                              there.add(id);
                            }
                          }));
      if (there.isEmpty()) {
        problems.add(
            "%s: no broker of cluster %s has a rack ZONE/%s%s (Kubernetes clusters there: %s); correct it, or name node ids"
                .formatted(
                    option,
                    clusterId,
                    name,
                    Nearest.hint(name, clusters),
                    clusters.isEmpty() ? "none" : String.join(", ", clusters)));
      }
      return there;
    }
  }
}
