package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * That no listener is reachable from beyond the cluster's own network unless somebody chose how.
 * Most clouds give a load balancer a public address by default.
 */
final class Exposure {

  /**
   * The annotations by which the large clouds keep a load balancer's address inside: the AWS Load
   * Balancer Controller's, Azure's and GKE's documentation. Older names of the same are public by
   * default elsewhere, so they don't count.
   */
  private static final Map<String, String> INTERNAL =
      new TreeMap<>(
          Map.of(
              "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal",
              "service.beta.kubernetes.io/azure-load-balancer-internal", "true",
              "networking.gke.io/load-balancer-type", "Internal"));

  static final List<Rule> RULES =
      List.of(
          new Rule(
              "nothing is exposed beyond the cluster's network",
              (overlay, problems) ->
                  overlay
                      .services()
                      .forEach(
                          service ->
                              service(
                                  service,
                                  it -> problems.accept(overlay.subject(service) + ": " + it)))));

  private Exposure() {}

  private static void service(Service service, Consumer<String> problems) {
    String type = Optional.ofNullable(service.getSpec().getType()).orElse("ClusterIP");
    if (type.equals("NodePort")) {
      problems.accept(
          "type must not be NodePort, because it opens a port on every node's address, got NodePort; leave it out");
    }
    if (!service.getSpec().getExternalIPs().isEmpty()) {
      problems.accept(
          "externalIPs must be empty, because they take traffic from anywhere, got %s; leave it out"
              .formatted(service.getSpec().getExternalIPs()));
    }
    if (type.equals("LoadBalancer") && !isInternal(service) && !isRestricted(service)) {
      problems.accept(
          "a LoadBalancer must have its cloud's annotation for an internal address (%s) or loadBalancerSourceRanges, because most clouds make it public otherwise, got neither; add one of deploy/components/load-balancers"
              .formatted(annotations()));
    }
  }

  private static String annotations() {
    return String.join(
        ", ", INTERNAL.entrySet().stream().map(it -> it.getKey() + ": " + it.getValue()).toList());
  }

  private static boolean isInternal(Service service) {
    Map<String, String> annotations =
        Optional.ofNullable(service.getMetadata().getAnnotations()).orElse(Map.of());
    return INTERNAL.entrySet().stream()
        .anyMatch(it -> it.getValue().equals(annotations.get(it.getKey())));
  }

  private static boolean isRestricted(Service service) {
    List<String> ranges = service.getSpec().getLoadBalancerSourceRanges();
    return !ranges.isEmpty() && ranges.stream().noneMatch(it -> it.endsWith("/0"));
  }
}
