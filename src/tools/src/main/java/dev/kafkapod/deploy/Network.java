package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** That pods are found, ready or not, and Services lead to ports that there are. */
final class Network {

  static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  static final List<Rule> RULES =
      List.of(
          new Rule("pods that aren't ready are found", Network::notReady),
          new Rule("a Service leads to ports that its pods have", Network::ports),
          Rule.ofNodes("pods have names of their own", Network::headless),
          Rule.ofNodes("Services leave no variables", Network::serviceLinks));

  private Network() {}

  private static void notReady(Overlay overlay, Consumer<String> problems) {
    for (Service service : overlay.services()) {
      if (!Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses())) {
        problems.accept(
            "%s: publishNotReadyAddresses must be true, because brokers that can't be spared aren't ready, and clients would lose them all at once, got %s; set it"
                .formatted(
                    overlay.subject(service), service.getSpec().getPublishNotReadyAddresses()));
      }
    }
  }

  private static void ports(Overlay overlay, Consumer<String> problems) {
    for (Service service : overlay.services()) {
      List<Nodes> behind = overlay.nodes().stream().filter(it -> leadsTo(service, it)).toList();
      if (behind.size() != 1) {
        problems.accept(
            "%s: its selector must select the pods of one StatefulSet, got %s (those of %s); correct it"
                .formatted(
                    overlay.subject(service),
                    service.getSpec().getSelector(),
                    behind.isEmpty() ? "none" : behind.size()));
        continue;
      }
      for (ServicePort port : service.getSpec().getPorts()) {
        String target = target(port);
        if (bound(behind.get(0)).stream().noneMatch(it -> it.toString().equals(target))
            && !names(behind.get(0)).contains(target)) {
          problems.accept(
              "%s: each port must be one of the pods' (%s), got %s; correct one of the two"
                  .formatted(overlay.subject(service), bound(behind.get(0)), target));
        }
      }
    }
  }

  private static boolean leadsTo(Service service, Nodes nodes) {
    Map<String, String> selector = service.getSpec().getSelector();
    if (!Selectors.areInOneNamespace(service, nodes.set())) {
      return false;
    }
    String pod = selector.get(POD_NAME);
    return pod == null
        ? nodes.areSelectedBy(selector)
        : nodes.pods().stream().anyMatch(it -> it.name().equals(pod));
  }

  /** A number, or the name of a container's port. */
  private static String target(ServicePort port) {
    return Optional.ofNullable(port.getTargetPort())
        .map(it -> String.valueOf(it.getValue()))
        .orElse(String.valueOf(port.getPort()));
  }

  private static List<String> names(Nodes nodes) {
    return nodes.kafka().getPorts().stream()
        .map(ContainerPort::getName)
        .filter(Objects::nonNull)
        .toList();
  }

  static List<Integer> bound(Nodes nodes) {
    return nodes.kafka().getPorts().stream().map(ContainerPort::getContainerPort).sorted().toList();
  }

  private static void headless(Nodes nodes, Consumer<String> problems) {
    String name = nodes.set().getSpec().getServiceName();
    boolean governs =
        nodes.overlay().all(Service.class).stream()
            .anyMatch(
                it ->
                    it.getMetadata().getName().equals(name)
                        && Selectors.areInOneNamespace(it, nodes.set())
                        && "None".equals(it.getSpec().getClusterIP())
                        && nodes.areSelectedBy(it.getSpec().getSelector()));
    if (!governs) {
      problems.accept(
          "serviceName must be that of a headless Service which selects its pods, because they would have no names, got %s; correct it"
              .formatted(name));
    }
    String told = nodes.variable("KAFKA_POD_SERVICE").orElse("none");
    if (!told.equals(name)) {
      problems.accept(
          "KAFKA_POD_SERVICE must be serviceName (%s), because it is part of what brokers advertise, got %s; correct it"
              .formatted(name, told));
    }
  }

  private static void serviceLinks(Nodes nodes, Consumer<String> problems) {
    if (!Boolean.FALSE.equals(nodes.pod().getEnableServiceLinks())) {
      problems.accept(
          "enableServiceLinks must be false, because a Service called kafka makes variables that look like settings, got %s; set it"
              .formatted(nodes.pod().getEnableServiceLinks()));
    }
  }
}
