package dev.kafkapod.cluster;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Whether a client of Kafka is in talks with somebody, by its own counts. */
final class Talks {

  private Talks() {}

  /** Whether it holds a connection, and anybody has ever answered it. */
  static boolean of(Map<MetricName, ? extends Metric> metrics) {
    return isPositive(metrics, "connection-count") && isPositive(metrics, "incoming-byte-total");
  }

  private static boolean isPositive(Map<MetricName, ? extends Metric> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(it -> it.getKey().name().equals(name) && it.getKey().group().endsWith("-metrics"))
        .filter(it -> !it.getKey().group().endsWith("-node-metrics"))
        .map(it -> it.getValue().metricValue())
        .anyMatch(it -> it instanceof Number number && number.doubleValue() > 0);
  }
}
