package dev.kafkapod.rendering;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the kubelet says of a pod in its hosts file: {@code 10.0.0.5
 * kafka-0.kafka.streams.svc.cluster.local kafka-0}. It is the pod's name in DNS as its manifest
 * makes it, known without a request to anybody (kubernetes pkg/kubelet: nodeHostsFileContent and
 * managedHostsFileContent).
 *
 * @param host the pod's own name
 * @param service the headless Service that its manifest names (spec.subdomain, or a StatefulSet's
 *     spec.serviceName)
 */
record HostsFile(String host, String service, String namespace) {

  /** A pod in its node's network gets the node's file, under another heading. */
  private static final String MANAGED = "# Kubernetes-managed hosts file.";

  private static final String ADDED = "# Entries added by HostAliases.";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");
  private static final int LABELS = 4;

  /** Reads it; empty for a machine, a pod in its node's network, or one without a Service. */
  static Optional<HostsFile> parse(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    if (lines.isEmpty() || !lines.get(0).equals(MANAGED)) {
      return Optional.empty();
    }
    return lines.stream()
        .takeWhile(it -> !it.equals(ADDED))
        .filter(it -> !it.startsWith("#"))
        .map(it -> List.of(it.split("\\s+")))
        .filter(it -> it.size() == 3 && !LOOPBACK.contains(it.get(0)))
        .filter(it -> it.get(1).startsWith(it.get(2) + "."))
        .flatMap(it -> of(it.get(1)).stream())
        .findFirst();
  }

  /** The parts of {@code HOST.SERVICE.NAMESPACE.svc}, whatever the cluster's domain is. */
  static Optional<HostsFile> of(String name) {
    List<String> labels = List.of(name.split("\\.", -1));
    return labels.size() < LABELS || !labels.get(LABELS - 1).equals("svc")
        ? Optional.empty()
        : Optional.of(new HostsFile(labels.get(0), labels.get(1), labels.get(2)));
  }

  @Override
  public String toString() {
    return "%s.%s.%s.svc".formatted(host, service, namespace);
  }
}
