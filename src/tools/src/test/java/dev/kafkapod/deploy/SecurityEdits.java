package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HostPathVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Edits that give a pod more than it needs. */
final class SecurityEdits {

  private static final String SET = "single: StatefulSet kafka: ";
  private static final String CONTAINER = SET + "container kafka: ";

  private SecurityEdits() {}

  static List<Edit> all() {
    return Stream.of(podSecurity(), containerSecurity()).flatMap(List::stream).toList();
  }

  private static List<Edit> podSecurity() {
    return List.of(
        Edit.of(
            "the namespace enforces it",
            it ->
                it.all(Namespace.class)
                    .get(0)
                    .setMetadata(new ObjectMetaBuilder().withName("kafka").build()),
            "single: Namespace kafka: label pod-security.kubernetes.io/enforce must be restricted, got none; set it"),
        Edit.ofBrokers(
            "nobody is root",
            it -> it.pod().getSecurityContext().setRunAsNonRoot(null),
            SET
                + "securityContext.runAsNonRoot must be true for the pod, and false for no container; set it"),
        Edit.ofBrokers(
            "nobody is root",
            it -> it.kafka().getSecurityContext().setRunAsUser(0L),
            SET + "runAsUser must not be root's, got 0; leave it out"),
        Edit.ofBrokers(
            "nobody is root",
            it -> it.pod().getSecurityContext().setFsGroup(null),
            SET
                + "securityContext.fsGroup must be set, because only root could write to a new volume, got none; set it"),
        Edit.ofBrokers(
            "system calls are filtered",
            it -> it.pod().getSecurityContext().getSeccompProfile().setType("Unconfined"),
            SET + "seccompProfile.type must be RuntimeDefault, got Unconfined; set it"),
        Edit.ofBrokers(
            "nothing is the host's",
            it -> {
              it.pod().setHostNetwork(true);
              it.pod().setHostPID(true);
              it.pod().setHostIPC(true);
              port(it, new ContainerPortBuilder().withContainerPort(1).withHostPort(19090).build());
            },
            SET + "hostNetwork must not be true, got true; leave it out",
            SET + "hostPID must not be true, got true; leave it out",
            SET + "hostIPC must not be true, got true; leave it out",
            SET + "hostPort must not be set, got 19090; leave it out"),
        Edit.ofBrokers(
            "volumes are of kinds that are allowed",
            it ->
                it.pod()
                    .getVolumes()
                    .add(
                        new VolumeBuilder()
                            .withName("disk")
                            .withHostPath(
                                new HostPathVolumeSourceBuilder().withPath("/disk").build())
                            .build()),
            SET
                + "volume disk must be an emptyDir, configMap, secret, downwardAPI, projected or persistentVolumeClaim, and isn't; take one of these"),
        Edit.ofBrokers(
            "no token for the Kubernetes API",
            it -> it.pod().setAutomountServiceAccountToken(null),
            SET
                + "automountServiceAccountToken must be false, because kafka-pod never asks the Kubernetes API, got null; set it"));
  }

  private static void port(Nodes nodes, ContainerPort port) {
    nodes.kafka().getPorts().add(port);
  }

  private static List<Edit> containerSecurity() {
    return List.of(
        Edit.ofBrokers(
            "no privileges, and no way to them",
            it -> it.kafka().getSecurityContext().setAllowPrivilegeEscalation(null),
            CONTAINER + "allowPrivilegeEscalation must be false, got null; set it"),
        Edit.ofBrokers(
            "no privileges, and no way to them",
            it -> it.kafka().getSecurityContext().setPrivileged(true),
            CONTAINER + "privileged must not be true, got true; leave it out"),
        Edit.ofBrokers(
            "no privileges, and no way to them",
            it -> it.kafka().getSecurityContext().getCapabilities().setDrop(List.of("NET_RAW")),
            CONTAINER + "capabilities.drop must be [ALL], got [NET_RAW]; set it"),
        Edit.ofBrokers(
            "no privileges, and no way to them",
            it -> it.kafka().getSecurityContext().getCapabilities().setAdd(List.of("SYS_ADMIN")),
            CONTAINER + "capabilities.add must be empty, got [SYS_ADMIN]; leave it out"),
        Edit.ofBrokers(
            "no privileges, and no way to them",
            it -> it.kafka().getSecurityContext().setReadOnlyRootFilesystem(false),
            CONTAINER + "readOnlyRootFilesystem must be true, got false; set it"),
        Edit.ofBrokers(
            "three places are written to",
            it ->
                it.kafka()
                    .getVolumeMounts()
                    .add(
                        new VolumeMountBuilder()
                            .withName("tmp")
                            .withMountPath("/opt/kafka/logs")
                            .build()),
            SET
                + "writable mounts must be /run/kafka-pod, /tmp and /var/lib/kafka/data, got /opt/kafka/logs, /run/kafka-pod, /tmp, /var/lib/kafka/data; correct them, or add readOnly"),
        Edit.ofBrokers(
            "the image has a version",
            it -> it.kafka().setImage("registry.example.com:5000/kafka-pod"),
            CONTAINER
                + "image must have a version or digest, because a restart could be an unwanted change of version, got registry.example.com:5000/kafka-pod; name one"),
        Edit.ofBrokers(
            "the image has a version",
            it -> it.kafka().setImage("kafka-pod:latest"),
            CONTAINER
                + "image must have a version or digest, because a restart could be an unwanted change of version, got kafka-pod:latest; name one"));
  }
}
