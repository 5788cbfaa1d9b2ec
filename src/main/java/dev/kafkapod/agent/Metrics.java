package dev.kafkapod.agent;

import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.Verdict;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What the agent knows, as metrics in Prometheus' text format. */
final class Metrics {

  private static final double NANOS = 1e9;

  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private Metrics() {}

  /** Writes all metrics and returns their content type. */
  static String write(OutputStream out, AgentState agentState, long nowNanos) throws IOException {
    Metrics metrics = new Metrics();
    metrics.verdicts(agentState, nowNanos);
    metrics.override(agentState, nowNanos);
    metrics.conditions(agentState);
    metrics.evaluation(agentState, nowNanos);
    metrics.broker(agentState);
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(out, metrics.metrics.build(), EscapingScheme.DEFAULT);
    return writer.getContentType();
  }

  private void verdicts(AgentState agentState, long nowNanos) {
    gauge(
        "ready",
        "1 if the broker is ready, 0 if not or if nobody can tell",
        yes(agentState.ready()));
    gauge("live", "1 if the broker's process lives", yes(agentState.live()));
    gauge("started", "1 if the broker is past its start", yes(agentState.started()));
    gauge(
        "ready_exit_code",
        "0 ready, 1 not ready, 3 cannot tell",
        agentState.readyReply().exitCode());
    gauge(
        "latched",
        "1 if this process has been ready before, so that startup gates no longer count",
        agentState.latched() ? 1 : 0);
    gauge(
        "blocked_seconds",
        "how long the broker has not been ready; 0 while it is",
        seconds(agentState.blocked(nowNanos)));
    gauge(
        "heartbeat_age_seconds",
        "how long ago the agent last looked at the broker",
        seconds(agentState.age(nowNanos)));
  }

  private void override(AgentState agentState, long nowNanos) {
    EffectiveVerdict effective = agentState.effective();
    gauge(
        "override_in_force",
        "1 while an override is in force",
        effective.overrides().inForce().isPresent() ? 1 : 0);
    gauge(
        "override_remaining_seconds",
        "how much longer the override is in force; 0 without one",
        seconds(agentState.overrides().left(nowNanos)));
    gauge(
        "override_invalid",
        "1 while there is an override file that doesn't count: damaged, wrong or expired",
        effective.overrides().isInvalid() ? 1 : 0);
    gauge(
        "ready_without_override",
        "1 if the broker would be ready without the override",
        yes(effective.without()));
  }

  private void conditions(AgentState agentState) {
    perCondition(
        agentState,
        "condition_count",
        "partitions that the condition holds for; 1 or 0 where it counts none",
        ConditionResult::count);
    perCondition(
        agentState,
        "condition_blocks",
        "1 if the condition is a reason not to be ready",
        result -> result.blocks() ? 1 : 0);
    perCondition(
        agentState,
        "condition_unknown",
        "1 if nobody can tell whether the condition holds",
        result -> result.unknownBecause().isPresent() ? 1 : 0);
    GaugeSnapshot.Builder gates =
        GaugeSnapshot.builder()
            .name("kafka_pod_condition_gate")
            .help("1 while the condition counts; the label says its gate");
    for (ConditionResult result : agentState.assessment().results()) {
      gates.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(
                  Labels.of(
                      "condition",
                      result.condition().optionName(),
                      "gate",
                      result.gate().optionName()))
              .value(result.inForce() ? 1 : 0)
              .build());
    }
    metrics.metricSnapshot(gates.build());
  }

  private void evaluation(AgentState agentState, long nowNanos) {
    ClusterEvaluation cluster = agentState.cluster();
    gauge(
        "cluster_data_age_seconds",
        "how old what is known of the cluster can be",
        seconds(cluster.age(nowNanos)));
    gauge(
        "cluster_data_trusted",
        "1 if the cluster has answered and its answer can be believed",
        agentState.observation().cluster().value().isPresent()
                && agentState.assessment().distrust().isEmpty()
            ? 1
            : 0);
    gauge(
        "evaluation_seconds",
        "how long the last look at the cluster took",
        seconds(cluster.took()));
    gauge(
        "evaluation_cpu_seconds",
        "CPU time of the last look at the cluster",
        seconds(cluster.cpu()));
    gauge(
        "evaluation_interval_seconds",
        "time from one look at the cluster to the next",
        seconds(cluster.next()));
  }

  private void broker(AgentState agentState) {
    agentState.observation().broker().value().ifPresent(this::broker);
  }

  private void broker(BrokerSnapshot broker) {
    broker
        .state()
        .ifPresent(
            state ->
                gauge(
                    "broker_state",
                    "Kafka's BrokerState: 0 NOT_RUNNING, 1 STARTING, 2 RECOVERY, 3 RUNNING, 6 PENDING_CONTROLLED_SHUTDOWN, 7 SHUTTING_DOWN",
                    state.value()));
    gauge(
        "recovery_remaining_logs",
        "logs that the broker has yet to recover",
        broker.recovery().map(it -> (double) it.logs()).orElse(0.0));
    gauge(
        "recovery_remaining_segments",
        "segments that remain in the logs now being recovered",
        broker.recovery().map(it -> (double) it.segments()).orElse(0.0));
  }

  private static double yes(Verdict verdict) {
    return verdict.isYes() ? 1 : 0;
  }

  private void perCondition(
      AgentState agentState, String name, String help, ToDoubleFunction<ConditionResult> figure) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("kafka_pod_" + name).help(help);
    for (ConditionResult result : agentState.assessment().results()) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("condition", result.condition().optionName()))
              .value(figure.applyAsDouble(result))
              .build());
    }
    metrics.metricSnapshot(gauge.build());
  }

  private void gauge(String name, String help, double value) {
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name("kafka_pod_" + name)
            .help(help)
            .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
