package dev.kafkapod.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Which brokers have answered a client lately. Kafka's clients send describe calls to whichever
 * broker is idle and don't say which one it was; but they count responses by node.
 */
final class Respondents {

  private static final String NODE_PREFIX = "node-";

  private Map<Integer, Double> before = Map.of();

  /**
   * The node ids with more responses than at the last call. Nodes that the client knows only as a
   * bootstrap address have no id yet and aren't among them.
   */
  Set<Integer> since(Map<MetricName, ? extends Metric> metrics) {
    Map<Integer, Double> now = new HashMap<>();
    metrics.forEach(
        (name, metric) -> {
          if (name.name().equals("response-total") && name.group().endsWith("-node-metrics")) {
            nodeId(name.tags().get("node-id"), now, metric.metricValue());
          }
        });
    Set<Integer> answered = new TreeSet<>();
    now.forEach(
        (id, total) -> {
          if (total > before.getOrDefault(id, 0.0)) {
            answered.add(id);
          }
        });
    before = now;
    return answered;
  }

  private static void nodeId(String tag, Map<Integer, Double> totals, Object value) {
    if (tag == null || !tag.startsWith(NODE_PREFIX) || !(value instanceof Number total)) {
      return;
    }
    int id = Integer.parseInt(tag.substring(NODE_PREFIX.length()));
    if (id >= 0) {
      totals.put(id, total.doubleValue());
    }
  }
}
