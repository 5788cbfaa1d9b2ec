package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  List<Nodes> nodes() {
    return all(StatefulSet.class).stream().map(it -> new Nodes(this, it)).toList();
  }

  Nodes nodes(String statefulSet) {
    return nodes().stream()
        .filter(it -> it.set().getMetadata().getName().equals(statefulSet))
        .findFirst()
        .orElseThrow();
  }

  Service service(String service) {
    return all(Service.class).stream()
        .filter(it -> it.getMetadata().getName().equals(service))
        .findFirst()
        .orElseThrow();
  }

  ConfigMap configMap(String configMap) {
    return all(ConfigMap.class).stream()
        .filter(it -> it.getMetadata().getName().equals(configMap))
        .findFirst()
        .orElseThrow();
  }

  /** How messages call an object. */
  String subject(HasMetadata object) {
    return "%s: %s %s".formatted(name, object.getKind(), object.getMetadata().getName());
  }
}
