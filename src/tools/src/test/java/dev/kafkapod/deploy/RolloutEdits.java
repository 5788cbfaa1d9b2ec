package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategyBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Edits that let a rollout, a drain or a probe do harm. */
final class RolloutEdits {

  private static final String SET = "single: StatefulSet kafka: ";

  private RolloutEdits() {}

  static List<Edit> all() {
    return Stream.of(rollout(), budgets(), probes()).flatMap(List::stream).toList();
  }

  private static List<Edit> rollout() {
    return List.of(
        Edit.ofBrokers(
            "pods are managed in parallel",
            it -> it.set().getSpec().setPodManagementPolicy("OrderedReady"),
            SET
                + "podManagementPolicy must be Parallel, because with OrderedReady a rollout deadlocks, got OrderedReady; set it"),
        Edit.ofBrokers(
            "pods are managed in parallel",
            it -> it.set().getSpec().setPodManagementPolicy(null),
            SET
                + "podManagementPolicy must be Parallel, because with OrderedReady a rollout deadlocks, got null; set it"),
        Edit.ofBrokers(
            "updates roll",
            it -> it.set().getSpec().getUpdateStrategy().setType("OnDelete"),
            SET
                + "updateStrategy.type must be RollingUpdate, because with OnDelete no rollout waits for readiness, got OnDelete; set it"),
        Edit.ofBrokers(
            "updates roll",
            it ->
                it.set()
                    .getSpec()
                    .getUpdateStrategy()
                    .setRollingUpdate(
                        new RollingUpdateStatefulSetStrategyBuilder()
                            .withMaxUnavailable(new IntOrString("50%"))
                            .build()),
            SET
                + "updateStrategy.rollingUpdate.maxUnavailable must be 1, because a rollout takes that many at once, got 50%; leave it out"),
        Edit.ofBrokers(
            "no partition is left over",
            it ->
                it.set()
                    .getSpec()
                    .getUpdateStrategy()
                    .setRollingUpdate(
                        new RollingUpdateStatefulSetStrategyBuilder().withPartition(2).build()),
            SET
                + "updateStrategy.rollingUpdate.partition must not be set, because pods below it would never be updated, got 2; leave it out"),
        Edit.ofBrokers(
            "a stop waits until it is safe",
            it -> it.kafka().setLifecycle(null),
            SET
                + "lifecycle.preStop must run /opt/kafka-pod/bin/kafka-pod await-safe-stop --max-wait=TIME, because nothing else holds up a rollout's first deletion, got none; set it"),
        Edit.ofBrokers(
            "a stop waits until it is safe",
            it ->
                it.kafka().getLifecycle().getPreStop().getExec().setCommand(List.of("sleep", "60")),
            SET
                + "lifecycle.preStop must run /opt/kafka-pod/bin/kafka-pod await-safe-stop --max-wait=TIME, because nothing else holds up a rollout's first deletion, got sleep 60; set it"),
        Edit.ofBrokers(
            "the grace period has room for that",
            it -> it.pod().setTerminationGracePeriodSeconds(719L),
            SET
                + "terminationGracePeriodSeconds must be at least 720, the hook's --max-wait of 600 s and 120 s for the broker's own shutdown, got 719; raise it, or wait for less"),
        Edit.ofBrokers(
            "the grace period has room for that",
            it -> it.pod().setTerminationGracePeriodSeconds(null),
            SET
                + "terminationGracePeriodSeconds must be at least 720, the hook's --max-wait of 600 s and 120 s for the broker's own shutdown, got 30; raise it, or wait for less"));
  }

  private static List<Edit> budgets() {
    return List.of(
        Edit.of(
            "one budget is for the pods",
            it -> budget(it).getSpec().getSelector().setMatchLabels(Map.of("app", "kafka")),
            SET
                + "exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got none; correct their selectors"),
        Edit.of(
            "one budget is for the pods",
            it ->
                budget(it)
                    .getSpec()
                    .getSelector()
                    .setMatchLabels(Map.of("app.kubernetes.io/name", "kafka")),
            "single: StatefulSet kafka-controller: exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got kafka, kafka-controller; correct their selectors"),
        Edit.of(
            "one budget is for the pods",
            it ->
                budget(it)
                    .getSpec()
                    .getSelector()
                    .setMatchExpressions(
                        List.of(
                            new LabelSelectorRequirement(
                                "app.kubernetes.io/name", "DoesNotExist", null))),
            SET
                + "exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got none; correct their selectors"),
        Edit.of(
            "one budget is for the pods",
            it -> {
              PodDisruptionBudget all = new PodDisruptionBudgetBuilder(budget(it)).build();
              all.getMetadata().setName("all");
              all.getSpec().setSelector(new LabelSelector());
              it.objects().add(all);
            },
            SET
                + "exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got kafka, all; correct their selectors",
            "single: StatefulSet kafka-controller: exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got kafka-controller, all; correct their selectors"),
        Edit.of(
            "one budget is for the pods",
            it -> budget(it).getMetadata().setNamespace("other"),
            SET
                + "exactly one PodDisruptionBudget must select its pods, because without one drains don't wait, and with two nothing can be evicted, got none; correct their selectors"),
        Edit.of(
            "a budget is for one pod",
            it -> budget(it).getSpec().setMaxUnavailable(new IntOrString(2)),
            "single: PodDisruptionBudget kafka: maxUnavailable must be 1, because a drain would take more of them, got 2; set it"),
        Edit.of(
            "a budget is for one pod",
            it -> {
              budget(it).getSpec().setMaxUnavailable(null);
              budget(it).getSpec().setMinAvailable(new IntOrString(2));
            },
            "single: PodDisruptionBudget kafka: maxUnavailable must be 1, because a drain would take more of them, got none; set it"),
        Edit.of(
            "pods that aren't ready aren't evicted",
            it -> budget(it).getSpec().setUnhealthyPodEvictionPolicy("AlwaysAllow"),
            "single: PodDisruptionBudget kafka: unhealthyPodEvictionPolicy must not be AlwaysAllow, because a broker that can't be spared isn't ready, got AlwaysAllow; leave it out"));
  }

  private static PodDisruptionBudget budget(Overlay overlay) {
    return overlay.all(PodDisruptionBudget.class).stream()
        .filter(it -> it.getMetadata().getName().equals("kafka"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Edit> probes() {
    return List.of(
        Edit.ofBrokers(
            "each probe asks its own question",
            it -> it.kafka().setReadinessProbe(null),
            SET
                + "readinessProbe must run /opt/kafka-pod/bin/kafka-pod-probe ready, got none; set it"),
        Edit.ofBrokers(
            "each probe asks its own question",
            it ->
                it.kafka()
                    .getLivenessProbe()
                    .getExec()
                    .setCommand(List.of("/opt/kafka-pod/bin/kafka-pod-probe", "ready")),
            SET
                + "livenessProbe must run /opt/kafka-pod/bin/kafka-pod-probe live, got /opt/kafka-pod/bin/kafka-pod-probe ready; set it"),
        Edit.ofBrokers(
            "one no is enough, and comes soon",
            it -> it.kafka().getReadinessProbe().setFailureThreshold(null),
            SET
                + "readinessProbe.failureThreshold must be 1, because a rollout would take the next broker between two noes, got 3; set it"),
        Edit.ofBrokers(
            "one no is enough, and comes soon",
            it -> it.kafka().getReadinessProbe().setPeriodSeconds(11),
            SET
                + "readinessProbe.periodSeconds must be at most 10, because a rollout trusts the last answer for so long, got 11; set it to 5"),
        Edit.ofBrokers(
            "a broker may recover for a day",
            it -> it.kafka().getStartupProbe().setFailureThreshold(30),
            SET
                + "startupProbe must allow 24 h at least (86400 s), because a broker that is killed while it recovers its logs starts over, got 30 times 10 s; raise failureThreshold, or leave the probe out"),
        Edit.ofBrokers(
            "a broker may recover for a day",
            it -> it.kafka().getStartupProbe().setPeriodSeconds(9),
            SET
                + "startupProbe must allow 24 h at least (86400 s), because a broker that is killed while it recovers its logs starts over, got 8640 times 9 s; raise failureThreshold, or leave the probe out"),
        Edit.ofBrokers(
            "time-outs are long enough for the fallback",
            it -> it.kafka().getReadinessProbe().setTimeoutSeconds(null),
            SET
                + "readinessProbe.timeoutSeconds must be at least 10, one more than KAFKA_POD_PROBE_TIMEOUT (9s), within which the probe asks by itself, got 1; raise it"),
        Edit.ofBrokers(
            "time-outs are long enough for the fallback",
            it -> {
              it.kafka().getEnv().stream()
                  .filter(variable -> variable.getName().equals("KAFKA_POD_PROBE_TIMEOUT"))
                  .forEach(variable -> variable.setValue("10s"));
              it.kafka().getReadinessProbe().setTimeoutSeconds(11);
            },
            SET
                + "startupProbe.timeoutSeconds must be at least 11, one more than KAFKA_POD_PROBE_TIMEOUT (10s), within which the probe asks by itself, got 10; raise it"),
        Edit.ofBrokers(
            "time-outs are long enough for the fallback",
            it -> it.kafka().getLivenessProbe().setTimeoutSeconds(5),
            SET
                + "livenessProbe.timeoutSeconds must be at least 6, one more than asking a silent endpoint takes, got 5; raise it"),
        Edit.ofBrokers(
            "a wedged broker isn't waited for",
            it -> it.kafka().getLivenessProbe().setTerminationGracePeriodSeconds(null),
            SET
                + "livenessProbe.terminationGracePeriodSeconds must be set, and at most 60, because await-safe-stop would hold up a wedged broker's restart, got none; set it to 30"));
  }
}
