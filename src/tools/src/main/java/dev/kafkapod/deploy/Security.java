package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kubernetes' pod security standard "restricted", and what is ours beyond it: a read-only root file
 * system, no token, and images that are what they are called.
 */
final class Security {

  private static final Set<String> WRITABLE =
      Set.of("/var/lib/kafka/data", "/run/kafka-pod", "/tmp");
  private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

  static final List<Rule> RULES =
      List.of(
          Rule.of(Namespace.class, "the namespace enforces it", Security::namespace),
          Rule.ofNodes("nobody is root", Security::noRoot),
          Rule.ofNodes("system calls are filtered", Security::seccomp),
          Rule.ofNodes("nothing is the host's", Security::host),
          Rule.ofNodes("no privileges, and no way to them", Security::privileges),
          Rule.ofNodes("volumes are of kinds that are allowed", Security::volumes),
          Rule.ofNodes("three places are written to", Security::writable),
          Rule.ofNodes("no token for the Kubernetes API", Security::token),
          Rule.ofNodes("the image has a version", Security::image));

  private Security() {}

  private static void namespace(Namespace namespace, Consumer<String> problems) {
    String enforced =
        Optional.ofNullable(namespace.getMetadata().getLabels())
            .map(it -> it.get("pod-security.kubernetes.io/enforce"))
            .orElse("none");
    if (!enforced.equals("restricted")) {
      problems.accept(
          "label pod-security.kubernetes.io/enforce must be restricted, got %s; set it"
              .formatted(enforced));
    }
  }

  private static void noRoot(Nodes nodes, Consumer<String> problems) {
    Optional<PodSecurityContext> pod = Optional.ofNullable(nodes.pod().getSecurityContext());
    Stream.concat(
            pod.stream().map(PodSecurityContext::getRunAsUser),
            contexts(nodes).map(SecurityContext::getRunAsUser))
        .filter(Objects::nonNull)
        .filter(it -> it == 0)
        .forEach(it -> problems.accept("runAsUser must not be root's, got 0; leave it out"));
    boolean refused =
        contexts(nodes).map(SecurityContext::getRunAsNonRoot).anyMatch(Boolean.FALSE::equals);
    if (refused || !pod.map(PodSecurityContext::getRunAsNonRoot).orElse(false)) {
      problems.accept(
          "securityContext.runAsNonRoot must be true for the pod, and false for no container; set it");
    }
    if (pod.map(PodSecurityContext::getFsGroup).isEmpty()) {
      problems.accept(
          "securityContext.fsGroup must be set, because only root could write to a new volume, got none; set it");
    }
  }

  private static void seccomp(Nodes nodes, Consumer<String> problems) {
    String pod =
        Optional.ofNullable(nodes.pod().getSecurityContext())
            .map(PodSecurityContext::getSeccompProfile)
            .map(SeccompProfile::getType)
            .orElse("none");
    Stream.concat(
            Stream.of(pod),
            contexts(nodes)
                .map(SecurityContext::getSeccompProfile)
                .filter(Objects::nonNull)
                .map(SeccompProfile::getType))
        .filter(it -> !SECCOMP.contains(it))
        .forEach(
            it ->
                problems.accept(
                    "seccompProfile.type must be RuntimeDefault, got %s; set it".formatted(it)));
  }

  private static void host(Nodes nodes, Consumer<String> problems) {
    forbid("hostNetwork", nodes.pod().getHostNetwork(), problems);
    forbid("hostPID", nodes.pod().getHostPID(), problems);
    forbid("hostIPC", nodes.pod().getHostIPC(), problems);
    nodes.containers().stream()
        .flatMap(it -> it.getPorts().stream())
        .map(ContainerPort::getHostPort)
        .filter(Objects::nonNull)
        .forEach(
            it -> problems.accept("hostPort must not be set, got %d; leave it out".formatted(it)));
  }

  private static void privileges(Nodes nodes, Consumer<String> problems) {
    for (Container container : nodes.containers()) {
      Consumer<String> of =
          it -> problems.accept("container %s: %s".formatted(container.getName(), it));
      SecurityContext context =
          Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
      forbid("privileged", context.getPrivileged(), of);
      if (!Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
        of.accept(
            "allowPrivilegeEscalation must be false, got %s; set it"
                .formatted(context.getAllowPrivilegeEscalation()));
      }
      List<String> dropped =
          context.getCapabilities() == null ? List.of() : context.getCapabilities().getDrop();
      if (!dropped.equals(List.of("ALL"))) {
        of.accept("capabilities.drop must be [ALL], got %s; set it".formatted(dropped));
      }
      List<String> added =
          context.getCapabilities() == null ? List.of() : context.getCapabilities().getAdd();
      if (!added.isEmpty()) {
        of.accept("capabilities.add must be empty, got %s; leave it out".formatted(added));
      }
      if (!Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())) {
        of.accept(
            "readOnlyRootFilesystem must be true, got %s; set it"
                .formatted(context.getReadOnlyRootFilesystem()));
      }
    }
  }

  private static void volumes(Nodes nodes, Consumer<String> problems) {
    for (Volume volume : nodes.pod().getVolumes()) {
      boolean allowed =
          Stream.of(
                  volume.getEmptyDir(),
                  volume.getConfigMap(),
                  volume.getSecret(),
                  volume.getDownwardAPI(),
                  volume.getProjected(),
                  volume.getPersistentVolumeClaim())
              .anyMatch(Objects::nonNull);
      if (!allowed) {
        problems.accept(
            "volume %s must be an emptyDir, configMap, secret, downwardAPI, projected or persistentVolumeClaim, and isn't; take one of these"
                .formatted(volume.getName()));
      }
    }
  }

  private static void writable(Nodes nodes, Consumer<String> problems) {
    Set<String> mounts =
        nodes.kafka().getVolumeMounts().stream()
            .filter(it -> !Boolean.TRUE.equals(it.getReadOnly()))
            .map(VolumeMount::getMountPath)
            .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    if (!mounts.equals(WRITABLE)) {
      problems.accept(
          "writable mounts must be /run/kafka-pod, /tmp and /var/lib/kafka/data, got %s; correct them, or add readOnly"
              .formatted(String.join(", ", mounts)));
    }
  }

  private static void token(Nodes nodes, Consumer<String> problems) {
    if (!Boolean.FALSE.equals(nodes.pod().getAutomountServiceAccountToken())) {
      problems.accept(
          "automountServiceAccountToken must be false, because kafka-pod never asks the Kubernetes API, got %s; set it"
              .formatted(nodes.pod().getAutomountServiceAccountToken()));
    }
  }

  private static void image(Nodes nodes, Consumer<String> problems) {
    for (Container container : nodes.containers()) {
      String image = container.getImage();
      String name = image.substring(image.lastIndexOf('/') + 1);
      if (!name.contains("@") && (!name.contains(":") || name.endsWith(":latest"))) {
        problems.accept(
            "container %s: image must have a version or digest, because a restart could be an unwanted change of version, got %s; name one"
                .formatted(container.getName(), image));
      }
    }
  }

  private static void forbid(String name, Boolean value, Consumer<String> problems) {
    if (Boolean.TRUE.equals(value)) {
      problems.accept(name + " must not be true, got true; leave it out");
    }
  }

  private static Stream<SecurityContext> contexts(Nodes nodes) {
    return nodes.containers().stream().map(Container::getSecurityContext).filter(Objects::nonNull);
  }
}
