package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What keeps a rollout, or a drain, from taking more than the cluster can spare, or from hanging.
 */
final class Rollout {

  /** For a broker to hand over its leaders and flush its logs, once it may stop. */
  private static final Duration SHUTDOWN = Duration.ofMinutes(2);

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("pods are managed in parallel", Rollout::parallel),
          Rule.ofNodes("updates roll", Rollout::rolling),
          Rule.ofNodes("no partition is left over", Rollout::partition),
          Rule.ofNodes("a stop waits until it is safe", Rollout::preStop),
          Rule.ofNodes("the grace period has room for that", Rollout::gracePeriod),
          Rule.ofNodes("one budget is for the pods", Rollout::budget),
          ofBudgets("a budget is for one pod", Rollout::onePod),
          ofBudgets("pods that aren't ready aren't evicted", Rollout::unhealthyPods));

  private Rollout() {}

  private static void parallel(Nodes nodes, Consumer<String> problems) {
    String policy = nodes.set().getSpec().getPodManagementPolicy();
    if (!"Parallel".equals(policy)) {
      problems.accept(
          "podManagementPolicy must be Parallel, because with OrderedReady a rollout deadlocks, got %s; set it"
              .formatted(policy));
    }
  }

  private static void rolling(Nodes nodes, Consumer<String> problems) {
    String type =
        Optional.ofNullable(nodes.set().getSpec().getUpdateStrategy())
            .map(it -> it.getType())
            .orElse("RollingUpdate"); // as Kubernetes does
    if (!type.equals("RollingUpdate")) {
      problems.accept(
          "updateStrategy.type must be RollingUpdate, because with OnDelete no rollout waits for readiness, got %s; set it"
              .formatted(type));
    }
    Optional<IntOrString> unavailable =
        rollingUpdate(nodes).map(RollingUpdateStatefulSetStrategy::getMaxUnavailable);
    if (unavailable.isPresent() && !Integer.valueOf(1).equals(unavailable.get().getIntVal())) {
      problems.accept(
          "updateStrategy.rollingUpdate.maxUnavailable must be 1, because a rollout takes that many at once, got %s; leave it out"
              .formatted(unavailable.get().getValue()));
    }
  }

  private static void partition(Nodes nodes, Consumer<String> problems) {
    Optional<Integer> partition =
        rollingUpdate(nodes).map(RollingUpdateStatefulSetStrategy::getPartition);
    if (partition.orElse(0) != 0) {
      problems.accept(
          "updateStrategy.rollingUpdate.partition must not be set, because pods below it would never be updated, got %d; leave it out"
              .formatted(partition.get()));
    }
  }

  private static Optional<RollingUpdateStatefulSetStrategy> rollingUpdate(Nodes nodes) {
    return Optional.ofNullable(nodes.set().getSpec().getUpdateStrategy())
        .map(it -> it.getRollingUpdate());
  }

  private static void preStop(Nodes nodes, Consumer<String> problems) {
    nodes.preStop().problem(nodes.environment()).ifPresent(problems);
  }

  private static void gracePeriod(Nodes nodes, Consumer<String> problems) {
    long wait = nodes.preStop().maxWait().orElse(Duration.ZERO).toSeconds();
    long needed = wait + SHUTDOWN.toSeconds();
    long given = Optional.ofNullable(nodes.pod().getTerminationGracePeriodSeconds()).orElse(30L);
    if (given < needed) {
      problems.accept(
          "terminationGracePeriodSeconds must be at least %d, the hook's --max-wait of %d s and %d s for the broker's own shutdown, got %d; raise it, or wait for less"
              .formatted(needed, wait, SHUTDOWN.toSeconds(), given));
    }
  }

  private static void budget(Nodes nodes, Consumer<String> problems) {
    List<String> budgets =
        nodes.overlay().all(PodDisruptionBudget.class).stream()
            .filter(it -> nodes.areSelectedBy(it, it.getSpec().getSelector()))
            .map(it -> it.getMetadata().getName())
            .toList();
    if (budgets.size() != 1) {
      problems.accept(
          "exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got %s; correct their selectors"
              .formatted(budgets.isEmpty() ? "none" : String.join(", ", budgets)));
    }
  }

  /** A rule about each budget of Kafka's pods; others' are nobody's business. */
  private static Rule ofBudgets(
      String name, BiConsumer<PodDisruptionBudget, Consumer<String>> check) {
    return new Rule(
        name,
        (overlay, problems) ->
            overlay.all(PodDisruptionBudget.class).stream()
                .filter(
                    budget ->
                        overlay.nodes().stream()
                            .anyMatch(
                                it -> it.areSelectedBy(budget, budget.getSpec().getSelector())))
                .forEach(
                    budget ->
                        check.accept(
                            budget, it -> problems.accept(overlay.subject(budget) + ": " + it))));
  }

  private static void onePod(PodDisruptionBudget budget, Consumer<String> problems) {
    IntOrString unavailable = budget.getSpec().getMaxUnavailable();
    if (budget.getSpec().getMinAvailable() != null
        || unavailable == null
        || !Integer.valueOf(1).equals(unavailable.getIntVal())) {
      problems.accept(
          "maxUnavailable must be 1, because a drain would take more of them, got %s; set it"
              .formatted(unavailable == null ? "none" : unavailable.getValue()));
    }
  }

  private static void unhealthyPods(PodDisruptionBudget budget, Consumer<String> problems) {
    if ("AlwaysAllow".equals(budget.getSpec().getUnhealthyPodEvictionPolicy())) {
      problems.accept(
          "unhealthyPodEvictionPolicy must not be AlwaysAllow, because a broker that can't be spared isn't ready, got AlwaysAllow; leave it out");
    }
  }
}
