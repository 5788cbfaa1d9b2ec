package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Edits that let the world in. */
final class ExposureEdits {

  private static final String RULE = "nothing is exposed beyond the cluster's network";
  private static final String PUBLIC =
      "single: Service kafka: a LoadBalancer must have its cloud's annotation for an internal address (networking.gke.io/load-balancer-type: Internal, service.beta.kubernetes.io/aws-load-balancer-scheme: internal, service.beta.kubernetes.io/azure-load-balancer-internal: true) or loadBalancerSourceRanges, because most clouds make it public otherwise, got neither; add one of deploy/components/load-balancers";

  private ExposureEdits() {}

  static List<Edit> all() {
    return List.of(
        edit(it -> it.setType("LoadBalancer"), PUBLIC),
        edit(
            it -> {
              it.setType("LoadBalancer");
              it.setLoadBalancerSourceRanges(List.of("192.0.2.0/24", "0.0.0.0/0"));
            },
            PUBLIC),
        Edit.of(
            RULE,
            it -> {
              it.service("kafka").getSpec().setType("LoadBalancer");
              it.service("kafka")
                  .getMetadata()
                  .setAnnotations(
                      Map.of(
                          "service.beta.kubernetes.io/aws-load-balancer-scheme",
                          "internet-facing"));
            },
            PUBLIC),
        edit(
            it -> it.setType("NodePort"),
            "single: Service kafka: type must not be NodePort, because it opens a port on every node's address, got NodePort; leave it out"),
        edit(
            it -> it.setExternalIPs(List.of("192.0.2.1")),
            "single: Service kafka: externalIPs must be empty, because they take traffic from anywhere, got [192.0.2.1]; leave it out"));
  }

  private static Edit edit(Consumer<ServiceSpec> edit, String message) {
    return Edit.of(RULE, it -> edit.accept(it.service("kafka").getSpec()), message);
  }
}
