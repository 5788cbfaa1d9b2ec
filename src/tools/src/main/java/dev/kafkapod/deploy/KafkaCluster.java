package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The overlays that make up one Kafka cluster, be it in one Kubernetes cluster or in several. */
record KafkaCluster(List<Overlay> overlays) {

  private static final String HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";

  /** What may differ between two sites of one Kafka cluster. */
  private static final String SITE = "KAFKA_POD_CLUSTER";

  List<Nodes> nodes() {
    return overlays.stream().flatMap(it -> it.nodes().stream()).toList();
  }

  List<Nodes.Pod> pods() {
    return nodes().stream().flatMap(it -> it.pods().stream()).toList();
  }

  /** Whatever would let two nodes be taken for one, or one not be found. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    ids(problems);
    settings(problems);
    sites(problems);
    List<RenderedPod> rendered = pods().stream().map(RenderedPod::render).toList();
    rendered.forEach(pod -> pod.said().forEach(it -> problems.add(pod.pod() + ": " + it)));
    addresses(rendered, problems);
    return problems;
  }

  private void ids(List<String> problems) {
    Map<Integer, Nodes.Pod> seen = new LinkedHashMap<>();
    for (Nodes.Pod pod : pods()) {
      Nodes.Pod other = seen.putIfAbsent(pod.nodeId(), pod);
      if (other != null) {
        problems.add(
            "%s: its node id must be its own, got %d, which is that of %s, too; change KAFKA_POD_NODE_ID_BASE"
                .formatted(pod, pod.nodeId(), other));
      }
    }
  }

  private void settings(List<String> problems) {
    Map<String, String> first = shared(overlays.get(0));
    for (Overlay overlay : overlays.subList(1, overlays.size())) {
      Map<String, String> here = shared(overlay);
      Map<String, String> both = new TreeMap<>(first);
      both.putAll(here);
      for (String key : both.keySet()) {
        if (!Objects.equals(first.get(key), here.get(key)) && !key.equals(SITE)) {
          problems.add(
              "%s: %s must be that of %s (%s), got %s; say it once, for all sites"
                  .formatted(
                      overlay.name(), key, overlays.get(0).name(), first.get(key), here.get(key)));
        }
      }
    }
  }

  private static Map<String, String> shared(Overlay overlay) {
    Map<String, String> shared = new TreeMap<>();
    overlay.all(ConfigMap.class).forEach(it -> shared.putAll(it.getData()));
    return shared;
  }

  /** Each controller runs where KAFKA_POD_CONTROLLER_SITES says, which the renderer can't know. */
  private void sites(List<String> problems) {
    for (Nodes nodes : nodes()) {
      Optional<String> sites = nodes.variable("KAFKA_POD_CONTROLLER_SITES");
      String voters = nodes.variable("KAFKA_CONTROLLER_QUORUM_VOTERS").orElse("");
      for (Nodes.Pod pod : sites.isPresent() ? nodes.pods() : List.<Nodes.Pod>of()) {
        List<String> ids = List.of(voters.split(",", -1));
        for (int i = 0; i < ids.size(); i++) {
          String site = List.of(sites.get().split(",", -1)).get(i);
          String zone =
              Optional.ofNullable(nodes.pod().getNodeSelector())
                  .map(it -> it.get(Placement.ZONE))
                  .orElse("none");
          if (ids.get(i).startsWith(pod.nodeId() + "@") && !zone.equals(site)) {
            problems.add(
                "%s: its nodeSelector must be the zone that KAFKA_POD_CONTROLLER_SITES names for it (%s), got %s; correct one of the two"
                    .formatted(pod, site, zone));
          }
        }
      }
    }
  }

  /** What others are told must lead to this very pod, and to a port that it binds. */
  private void addresses(List<RenderedPod> rendered, List<String> problems) {
    Map<String, Nodes.Pod> seen = new LinkedHashMap<>();
    for (RenderedPod pod : rendered) {
      String address = pod.reachedAt();
      Nodes.Pod other = seen.putIfAbsent(address, pod.pod());
      if (other != null) {
        problems.add(
            "%s: must have an address of its own, got %s, which is that of %s, too; correct one of the two"
                .formatted(pod.pod(), address, other));
      }
      int colon = address.lastIndexOf(':');
      List<String> led = colon < 0 ? List.of() : ledTo(address.substring(0, colon), pod.pod());
      if (!led.contains(address.substring(colon + 1))) {
        problems.add(
            "%s: %s must lead to it, by its headless Service or a Service with that hostname, got %s; correct the Service"
                .formatted(
                    pod.pod(),
                    address,
                    led.isEmpty() ? "none" : "one with the ports " + String.join(", ", led)));
      }
      if (!pod.bound().equals(Network.bound(pod.pod().nodes()))) {
        problems.add(
            "%s: its container's ports must be those that it binds (%s), got %s; correct them"
                .formatted(pod.pod(), pod.bound(), Network.bound(pod.pod().nodes())));
      }
    }
  }

  /** The ports by which a name leads to a pod; empty if it doesn't. */
  private List<String> ledTo(String host, Nodes.Pod pod) {
    Nodes nodes = pod.nodes();
    String service = nodes.set().getSpec().getServiceName();
    String own =
        "%s.%s.%s.svc".formatted(pod.name(), service, nodes.set().getMetadata().getNamespace());
    return nodes.overlay().all(Service.class).stream()
        .filter(
            it ->
                host.equals(own)
                    ? it.getMetadata().getName().equals(service)
                    : host.equals(annotation(it)) && selects(it, pod.name()))
        .flatMap(it -> it.getSpec().getPorts().stream())
        .map(it -> String.valueOf(it.getPort()))
        .toList();
  }

  private static boolean selects(Service service, String pod) {
    return pod.equals(service.getSpec().getSelector().get(Network.POD_NAME));
  }

  private static String annotation(Service service) {
    return Optional.ofNullable(service.getMetadata().getAnnotations())
        .map(it -> it.get(HOSTNAME))
        .orElse("none");
  }
}
