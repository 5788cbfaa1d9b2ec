package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** That a node's or a zone's loss costs no more than its share. */
final class Placement {

  static final String ZONE = "topology.kubernetes.io/zone";
  private static final String NODE = "kubernetes.io/hostname";

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("no two on one Kubernetes node", Placement::nodes),
          Rule.ofNodes("zones have even shares", Placement::zones));

  private Placement() {}

  private static void nodes(Nodes nodes, Consumer<String> problems) {
    boolean apart =
        Optional.ofNullable(nodes.pod().getAffinity())
            .map(it -> it.getPodAntiAffinity())
            .map(PodAntiAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
            .orElse(List.of())
            .stream()
            .anyMatch(
                it -> NODE.equals(it.getTopologyKey()) && isOwn(nodes, it.getLabelSelector()));
    if (nodes.replicas() > 1 && !apart) {
      problems.accept(
          "podAntiAffinity must require another %s than that of pods with its own labels %s, because a node's loss would cost several, and doesn't; set it"
              .formatted(NODE, labels(nodes)));
    }
  }

  private static void zones(Nodes nodes, Consumer<String> problems) {
    boolean spread =
        nodes.pod().getTopologySpreadConstraints().stream()
            .filter(it -> ZONE.equals(it.getTopologyKey()))
            .filter(it -> isOwn(nodes, it.getLabelSelector()))
            .anyMatch(Placement::isStrict);
    if (nodes.replicas() > 1 && !spread) {
      problems.accept(
          "topologySpreadConstraints must spread pods with its own labels %s over %s with maxSkew 1 and DoNotSchedule, because a zone's loss would cost more than its share, and don't; set them"
              .formatted(labels(nodes), ZONE));
    }
  }

  private static boolean isStrict(TopologySpreadConstraint constraint) {
    return Integer.valueOf(1).equals(constraint.getMaxSkew())
        && "DoNotSchedule".equals(constraint.getWhenUnsatisfiable());
  }

  /** Whether a selector selects these pods and no others of the overlay. */
  private static boolean isOwn(Nodes nodes, LabelSelector selector) {
    return nodes.areSelectedBy(nodes.set(), selector)
        && nodes.overlay().nodes().stream()
            .filter(it -> !it.set().equals(nodes.set()))
            .noneMatch(it -> it.areSelectedBy(nodes.set(), selector));
  }

  private static String labels(Nodes nodes) {
    return new java.util.TreeMap<>(nodes.labels()).toString();
  }
}
