package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicyBuilder;
import java.util.List;

/** Edits that lose data, or keep an override away. */
final class DiskEdits {

  private static final String SET = "single: StatefulSet kafka: ";

  private DiskEdits() {}

  static List<Edit> all() {
    String data =
        SET
            + "/var/lib/kafka/data must be the mount of one of volumeClaimTemplates, because its data would be lost with the pod, or be another pod's, too, got volume data; correct it";
    return List.of(
        Edit.ofBrokers(
            "data outlives its pod",
            it -> {
              it.set().getSpec().setVolumeClaimTemplates(List.of());
              it.pod()
                  .getVolumes()
                  .add(
                      new VolumeBuilder()
                          .withName("data")
                          .withEmptyDir(new EmptyDirVolumeSource())
                          .build());
            },
            data),
        Edit.ofBrokers(
            "data outlives its pod",
            it -> {
              it.set().getSpec().setVolumeClaimTemplates(List.of());
              it.pod().getVolumes().add(claim("data"));
            },
            data),
        Edit.ofBrokers(
            "no disk is deleted with its pod",
            it ->
                it.set()
                    .getSpec()
                    .setPersistentVolumeClaimRetentionPolicy(
                        new StatefulSetPersistentVolumeClaimRetentionPolicyBuilder()
                            .withWhenDeleted("Retain")
                            .withWhenScaled("Delete")
                            .build()),
            SET
                + "persistentVolumeClaimRetentionPolicy must be Retain, because a deleted or smaller StatefulSet would take its data with it, got whenDeleted Retain and whenScaled Delete; leave it out"),
        Edit.ofBrokers(
            "Kafka writes to its disk",
            it ->
                it.kafka()
                    .getEnv()
                    .add(
                        new EnvVar(
                            "KAFKA_LOG_DIRS",
                            "/var/lib/kafka/data/a,/var/lib/kafka/data/../b",
                            null)),
            SET
                + "KAFKA_LOG_DIRS must be in /var/lib/kafka/data, because what is elsewhere is lost with the pod, got /var/lib/kafka/data/../b; correct it"),
        Edit.ofBrokers(
            "a verdict goes with its pod",
            it -> {
              it.pod().getVolumes().removeIf(volume -> volume.getName().equals("run"));
              it.pod().getVolumes().add(claim("run"));
            },
            SET
                + "/run/kafka-pod must be the mount of an emptyDir, because verdicts and overrides are of this pod alone, got volume run; correct it"),
        Edit.ofBrokers(
            "an override reaches its pods",
            it ->
                it.kafka().getVolumeMounts().stream()
                    .filter(mount -> mount.getName().equals("override"))
                    .forEach(mount -> mount.setSubPath("readiness")),
            SET
                + "/etc/kafka-pod/override must be mounted without subPath, because Kubernetes never updates what is, got one; leave it out"),
        Edit.ofBrokers(
            "an override reaches its pods",
            it ->
                it.pod().getVolumes().stream()
                    .filter(volume -> volume.getName().equals("override"))
                    .forEach(volume -> volume.getConfigMap().setOptional(null)),
            SET
                + "the ConfigMap kafka-pod-override of /etc/kafka-pod/override must be optional, because without an incident there is none, and no pod would start, got optional: null; set it to true"),
        Edit.ofBrokers(
            "an override reaches its pods",
            it ->
                it.kafka().getVolumeMounts().removeIf(mount -> mount.getName().equals("override")),
            SET
                + "/etc/kafka-pod/override must be the mount of a ConfigMap, because an override for all pods is made there in an incident, got none; mount kafka-pod-override"));
  }

  private static Volume claim(String name) {
    return new VolumeBuilder()
        .withName(name)
        .withPersistentVolumeClaim(new PersistentVolumeClaimVolumeSource("shared", null))
        .build();
  }
}
