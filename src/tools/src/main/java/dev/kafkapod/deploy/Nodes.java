package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The Kafka nodes of a StatefulSet, and what each of them finds in its environment. */
record Nodes(Overlay overlay, StatefulSet set) {

  /** The zones that tests spread pods over, as the scheduler would. */
  private static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");

  /** One pod. */
  record Pod(Nodes nodes, String name, Map<String, String> environment) {
    int nodeId() {
      return Integer.parseInt(environment.get("KAFKA_POD_NODE_ID_BASE"))
          + Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    @Override
    public String toString() {
      return nodes.overlay().name() + ": " + name;
    }
  }

  String subject() {
    return overlay.subject(set);
  }

  int replicas() {
    Integer replicas = set.getSpec().getReplicas();
    return replicas == null ? 1 : replicas; // as Kubernetes does
  }

  PodSpec pod() {
    return set.getSpec().getTemplate().getSpec();
  }

  Map<String, String> labels() {
    return set.getSpec().getTemplate().getMetadata().getLabels();
  }

  /** The container with the broker in it. */
  Container kafka() {
    return broker().orElseThrow();
  }

  boolean haveKafka() {
    return broker().isPresent();
  }

  private Optional<Container> broker() {
    return pod().getContainers().stream().filter(it -> it.getName().equals("kafka")).findFirst();
  }

  /** Every container that the pod has. */
  List<Container> containers() {
    return Stream.concat(pod().getInitContainers().stream(), pod().getContainers().stream())
        .toList();
  }

  /** Whether a Service's selector selects these pods. */
  boolean areSelectedBy(Map<String, String> selector) {
    return !selector.isEmpty() && labels().entrySet().containsAll(selector.entrySet());
  }

  /** Whether an object's selector selects these pods, which it does in its own namespace. */
  boolean areSelectedBy(HasMetadata object, LabelSelector selector) {
    return Selectors.areInOneNamespace(object, set) && Selectors.selects(selector, labels());
  }

  /** The preStop hook; it runs nothing if there is none. */
  StopHook preStop() {
    return new StopHook(
        Optional.ofNullable(kafka().getLifecycle())
            .map(it -> it.getPreStop())
            .map(it -> it.getExec())
            .map(it -> it.getCommand())
            .orElse(List.of()));
  }

  /** What a variable is in all pods; empty if it is nowhere, or differs from pod to pod. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(shared().get(name));
  }

  /** Whether a variable is there, but has its value from where nobody sees it here. */
  boolean isHidden(String name) {
    return kafka().getEnv().stream()
        .anyMatch(it -> it.getName().equals(name) && it.getValueFrom() != null);
  }

  /** The names of all variables that can be seen here. */
  Set<String> variables() {
    Set<String> names = new TreeSet<>(shared().keySet());
    kafka().getEnv().forEach(it -> names.add(it.getName()));
    return names;
  }

  /** The variables that all pods share. */
  Map<String, String> environment() {
    return Map.copyOf(shared());
  }

  List<Pod> pods() {
    return Stream.iterate(0, it -> it + 1).limit(replicas()).map(this::pod).toList();
  }

  private Map<String, String> shared() {
    return environment(path -> Optional.empty());
  }

  /**
   * The variables, as the kubelet makes them: those of ConfigMaps first, then the container's own
   * in their order. What takes its value from where nobody sees it here is left out.
   *
   * @param field what a field of the pod is, if that is known
   */
  private Map<String, String> environment(Function<String, Optional<String>> field) {
    Map<String, String> shared = new LinkedHashMap<>();
    for (EnvFromSource source : kafka().getEnvFrom()) {
      if (source.getConfigMapRef() != null) { // what a Secret has nobody knows here
        String prefix = Optional.ofNullable(source.getPrefix()).orElse("");
        overlay
            .configMap(set, source.getConfigMapRef())
            .forEach((name, value) -> shared.put(prefix + name, value));
      }
    }
    Set<String> hidden = new TreeSet<>();
    for (EnvVar variable : kafka().getEnv()) {
      Optional<String> value =
          variable.getValueFrom() == null // without a value it is empty
              ? References.filledIn(
                  Optional.ofNullable(variable.getValue()).orElse(""), shared, hidden)
              : Optional.ofNullable(variable.getValueFrom().getFieldRef())
                  .flatMap(it -> field.apply(it.getFieldPath()));
      shared.remove(variable.getName());
      hidden.remove(variable.getName());
      value.ifPresentOrElse(
          it -> shared.put(variable.getName(), it), () -> hidden.add(variable.getName()));
    }
    return shared;
  }

  private Pod pod(int ordinal) {
    String name = set.getMetadata().getName() + "-" + ordinal;
    return new Pod(this, name, environment(path -> Optional.of(field(path, name, ordinal))));
  }

  private String field(String path, String name, int ordinal) {
    return switch (path) {
      case "metadata.name" -> name;
      case "metadata.namespace" -> set.getMetadata().getNamespace();
      case "status.podIP" -> "10.0.0." + (ordinal + 1);
      case "metadata.labels['topology.kubernetes.io/zone']" ->
          Optional.ofNullable(pod().getNodeSelector())
              .map(it -> it.get(Placement.ZONE))
              .orElse(ZONES.get(ordinal % ZONES.size()));
      default -> throw new AssertionError("a field that tests don't know: " + path);
    };
  }
}
