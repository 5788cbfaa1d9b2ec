package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an overlay comes to.
 *
 * @param objects as they are, so that tests can break them
 */
record Overlay(String name, List<HasMetadata> objects) {

  private static final Path OVERLAYS = Path.of("deploy/overlays");

  /**
   * A cluster of one node on loopback can't keep to all rules; what it breaks has a test of its
   * own.
   */
  private static final String END_TO_END = "e2e";

  /** The names of all that people are to apply. */
  static List<String> shipped() {
    try (Stream<Path> folders = Files.list(OVERLAYS)) {
      return folders
          .map(it -> it.getFileName().toString())
          .filter(it -> !it.startsWith(END_TO_END))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of an overlay, anew for each caller. */
  static Overlay build(String name) {
    return new Overlay(name, KubernetesModel.read(Kustomize.build(OVERLAYS.resolve(name))));
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The StatefulSets of Kafka nodes: those with a container {@code kafka}. */
  List<Nodes> nodes() {
    return all(StatefulSet.class).stream()
        .map(it -> new Nodes(this, it))
        .filter(Nodes::haveKafka)
        .toList();
  }

  Nodes nodes(String statefulSet) {
    return nodes().stream()
        .filter(it -> it.set().getMetadata().getName().equals(statefulSet))
        .findFirst()
        .orElseThrow();
  }

  /** The Services but for those that lead to other programs. */
  List<Service> services() {
    return all(Service.class).stream().filter(it -> !leadsElsewhere(it)).toList();
  }

  private boolean leadsElsewhere(Service service) {
    Map<String, String> selector = service.getSpec().getSelector();
    return !selector.isEmpty()
        && nodes().stream().noneMatch(it -> it.areSelectedBy(selector))
        && otherPods().anyMatch(it -> it.entrySet().containsAll(selector.entrySet()));
  }

  /** The labels of pods that no Kafka node runs in. */
  private Stream<Map<String, String>> otherPods() {
    return Stream.concat(
            all(PodTemplate.class).stream().map(PodTemplate::getTemplate),
            all(StatefulSet.class).stream()
                .filter(it -> !new Nodes(this, it).haveKafka())
                .map(it -> it.getSpec().getTemplate()))
        .map(PodTemplateSpec::getMetadata)
        .filter(Objects::nonNull)
        .map(it -> Objects.requireNonNullElse(it.getLabels(), Map.of()));
  }

  Service service(String service) {
    return named(Service.class, service);
  }

  ConfigMap configMap(String configMap) {
    return named(ConfigMap.class, configMap);
  }

  /** What a ConfigMap holds that a StatefulSet's variables come from. */
  Map<String, String> configMap(StatefulSet set, ConfigMapEnvSource source) {
    Optional<ConfigMap> found =
        all(ConfigMap.class).stream()
            .filter(it -> it.getMetadata().getName().equals(source.getName()))
            .filter(it -> Selectors.areInOneNamespace(it, set))
            .findFirst();
    if (found.isEmpty() && !Boolean.TRUE.equals(source.getOptional())) {
      throw new Missing("ConfigMap", source.getName());
    }
    return found.map(ConfigMap::getData).orElse(Map.of());
  }

  private <T extends HasMetadata> T named(Class<T> type, String wanted) {
    return all(type).stream()
        .filter(it -> it.getMetadata().getName().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new Missing(type.getSimpleName(), wanted));
  }

  /** An object that another one names, and that isn't there. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(String kind, String name) {
      super(
          "there is no %s %s in its namespace, which another object names; add it"
              .formatted(kind, name));
    }
  }

  /** How messages call an object. */
  String subject(HasMetadata object) {
    return "%s: %s %s".formatted(name, object.getKind(), object.getMetadata().getName());
  }
}
