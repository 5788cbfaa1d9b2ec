package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** That data outlives its pod, and what is a pod's own doesn't. */
final class Disks {

  private static final String DATA = "/var/lib/kafka/data";
  private static final String RUN = "/run/kafka-pod";
  private static final String OVERRIDE = "/etc/kafka-pod/override";

  /** Where Kafka keeps its logs, in order of precedence. */
  private static final List<String> DIRECTORIES =
      List.of("KAFKA_LOG_DIRS", "KAFKA_LOG_DIR", "KAFKA_METADATA_LOG_DIR");

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("data outlives its pod", Disks::data),
          Rule.ofNodes("no disk is deleted with its pod", Disks::retention),
          Rule.ofNodes("Kafka writes to its disk", Disks::directories),
          Rule.ofNodes("a verdict goes with its pod", Disks::run),
          Rule.ofNodes("an override reaches its pods", Disks::override));

  private Disks() {}

  private static void data(Nodes nodes, Consumer<String> problems) {
    Optional<String> volume = mount(nodes, DATA).map(VolumeMount::getName);
    boolean claimed =
        volume.isPresent()
            && nodes.set().getSpec().getVolumeClaimTemplates().stream()
                .anyMatch(it -> volume.get().equals(it.getMetadata().getName()));
    if (!claimed) {
      problems.accept(
          "%s must be the mount of one of volumeClaimTemplates, because its data would be lost with the pod, or be another pod's, too, got %s; correct it"
              .formatted(DATA, volume.map(it -> "volume " + it).orElse("none")));
    }
  }

  private static void retention(Nodes nodes, Consumer<String> problems) {
    StatefulSetPersistentVolumeClaimRetentionPolicy policy =
        nodes.set().getSpec().getPersistentVolumeClaimRetentionPolicy();
    if (policy != null
        && ("Delete".equals(policy.getWhenDeleted()) || "Delete".equals(policy.getWhenScaled()))) {
      problems.accept(
          "persistentVolumeClaimRetentionPolicy must be Retain, because a deleted or smaller StatefulSet would take its data with it, got whenDeleted %s and whenScaled %s; leave it out"
              .formatted(policy.getWhenDeleted(), policy.getWhenScaled()));
    }
  }

  private static void directories(Nodes nodes, Consumer<String> problems) {
    for (String variable : DIRECTORIES) {
      nodes.variable(variable).stream()
          .flatMap(it -> Stream.of(it.split(",", -1)))
          .map(String::strip)
          .filter(it -> !Path.of(it).normalize().startsWith(DATA))
          .forEach(
              it ->
                  problems.accept(
                      "%s must be in %s, because what is elsewhere is lost with the pod, got %s; correct it"
                          .formatted(variable, DATA, it)));
    }
  }

  private static void run(Nodes nodes, Consumer<String> problems) {
    Optional<Volume> volume = mount(nodes, RUN).flatMap(it -> volume(nodes, it.getName()));
    if (volume.map(Volume::getEmptyDir).isEmpty()) {
      problems.accept(
          "%s must be the mount of an emptyDir, because verdicts and overrides are of this pod alone, got %s; correct it"
              .formatted(RUN, volume.map(it -> "volume " + it.getName()).orElse("none")));
    }
  }

  private static void override(Nodes nodes, Consumer<String> problems) {
    Optional<VolumeMount> mount = mount(nodes, OVERRIDE);
    Optional<ConfigMapVolumeSource> source =
        mount.flatMap(it -> volume(nodes, it.getName())).map(Volume::getConfigMap);
    if (source.isEmpty()) {
      problems.accept(
          "%s must be the mount of a ConfigMap, because an override for all pods is made there in an incident, got none; mount kafka-pod-override"
              .formatted(OVERRIDE));
      return;
    }
    if (Stream.of(mount.get().getSubPath(), mount.get().getSubPathExpr())
        .anyMatch(Objects::nonNull)) {
      problems.accept(
          "%s must be mounted without subPath, because Kubernetes never updates what is, got one; leave it out"
              .formatted(OVERRIDE));
    }
    if (!Boolean.TRUE.equals(source.get().getOptional())) {
      problems.accept(
          "the ConfigMap %s of %s must be optional, because without an incident there is none, and no pod would start, got optional: %s; set it to true"
              .formatted(source.get().getName(), OVERRIDE, source.get().getOptional()));
    }
  }

  private static Optional<VolumeMount> mount(Nodes nodes, String path) {
    return nodes.kafka().getVolumeMounts().stream()
        .filter(it -> Path.of(it.getMountPath()).normalize().equals(Path.of(path)))
        .findFirst();
  }

  private static Optional<Volume> volume(Nodes nodes, String name) {
    return nodes.pod().getVolumes().stream().filter(it -> it.getName().equals(name)).findFirst();
  }
}
