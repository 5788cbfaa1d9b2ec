package dev.kafkapod.agent;

import dev.kafkapod.readiness.ConditionResult;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;

/** Every {@link Figure} as a metric in Prometheus' text format. */
final class Metrics {

  private Metrics() {}

  /** Writes all metrics and returns their content type. */
  static String write(OutputStream out, AgentState agentState, long nowNanos) throws IOException {
    MetricSnapshots.Builder metrics = MetricSnapshots.builder();
    for (Figure figure : Figure.ALL) {
      GaugeSnapshot.Builder gauge =
          GaugeSnapshot.builder().name(figure.metric()).help(figure.help());
      if (figure.kind() == Figure.FigureKind.CONDITION) {
        perCondition(gauge, figure, agentState);
      } else {
        double value = figure.value(agentState, nowNanos);
        if (Double.isNaN(value)) {
          continue;
        }
        gauge.dataPoint(GaugeDataPointSnapshot.builder().value(value).build());
      }
      metrics.metricSnapshot(gauge.build());
    }
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(out, metrics.build(), EscapingScheme.DEFAULT);
    return writer.getContentType();
  }

  private static void perCondition(
      GaugeSnapshot.Builder gauge, Figure figure, AgentState agentState) {
    for (ConditionResult result : agentState.assessment().results()) {
      String condition = result.condition().optionName();
      Labels labels =
          figure == Figure.CONDITION_GATE
              ? Labels.of("condition", condition, "gate", result.gate().optionName())
              : Labels.of("condition", condition);
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder().labels(labels).value(figure.value(result)).build());
    }
  }
}
