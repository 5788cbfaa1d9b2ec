package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Kubernetes takes a selector for: labels and expressions must all hold. */
final class Selectors {

  private Selectors() {}

  /** Whether it selects a pod with these labels; without conditions it selects every pod. */
  static boolean selects(LabelSelector selector, Map<String, String> labels) {
    return selector != null
        && labels(selector).entrySet().stream()
            .allMatch(it -> it.getValue().equals(labels.get(it.getKey())))
        && Optional.ofNullable(selector.getMatchExpressions()).orElse(List.of()).stream()
            .allMatch(it -> holds(it, labels));
  }

  private static Map<String, String> labels(LabelSelector selector) {
    return Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of());
  }

  private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
    String value = labels.get(expression.getKey());
    return switch (expression.getOperator()) {
      case "In" -> value != null && expression.getValues().contains(value);
      case "NotIn" -> value == null || !expression.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default ->
          throw new IllegalArgumentException(
              "a selector's operator must be In, NotIn, Exists or DoesNotExist, got "
                  + expression.getOperator());
    };
  }

  /** Whether two objects meet: who names no namespace is put where the other one is. */
  static boolean areInOneNamespace(HasMetadata one, HasMetadata other) {
    String first = one.getMetadata().getNamespace();
    String second = other.getMetadata().getNamespace();
    return first == null || second == null || first.equals(second);
  }
}
