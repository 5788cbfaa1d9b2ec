package dev.kafkapod.deploy;

import dev.kafkapod.common.Address;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** That either all nodes of a cluster take turns with their stops, or none does. */
final class Turns {

  private static final String TURNS = "KAFKA_POD_TURNS";
  private static final String TOPIC = "KAFKA_POD_TURNS_TOPIC";
  private static final String SERVERS = "KAFKA_POD_TURNS_BOOTSTRAP_SERVER";
  private static final String ASKED = "KAFKA_POD_BOOTSTRAP_SERVER";
  private static final Map<String, String> DEFAULTS =
      Map.of(TURNS, "off", TOPIC, "kafka-pod-stops");
  private static final String ROLES = "process.roles=";

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("stops take turns, or none does", Turns::agree),
          Rule.ofNodes("controllers find the turns", Turns::brokers));

  private Turns() {}

  private static void agree(Nodes nodes, Consumer<String> problems) {
    for (String variable : List.of(TURNS, TOPIC)) {
      if (nodes.isHidden(variable)) {
        problems.accept(
            "%s must be written as a value, because all StatefulSets must have the same, got a reference; write it in ConfigMap kafka-cluster"
                .formatted(variable));
        continue;
      }
      String here = value(nodes, variable);
      Nodes first = nodes.overlay().nodes().get(0);
      if (!first.isHidden(variable) && !here.equals(value(first, variable))) {
        problems.accept(
            "%s must be that of StatefulSet %s (%s), because stops that take no turns don't wait for those that do, got %s; write it once, in ConfigMap kafka-cluster"
                .formatted(
                    variable, first.set().getMetadata().getName(), value(first, variable), here));
      }
      String option =
          "--"
              + variable
                  .substring("KAFKA_POD_".length())
                  .toLowerCase(Locale.ROOT)
                  .replace('_', '-');
      nodes
          .preStop()
          .option(option)
          .filter(it -> !it.equals(here))
          .ifPresent(
              it ->
                  problems.accept(
                      "lifecycle.preStop: %s must be that of %s (%s), which the agent reads, too, got %s; leave the option out"
                          .formatted(option, variable, here, it)));
    }
  }

  private static String value(Nodes nodes, String variable) {
    return nodes
        .variable(variable)
        .filter(it -> !it.isBlank())
        .map(String::strip)
        .orElse(DEFAULTS.get(variable));
  }

  private static void brokers(Nodes nodes, Consumer<String> problems) {
    if (!value(nodes, TURNS).equals("on") || !areControllers(nodes)) {
      return;
    }
    if (!has(nodes, SERVERS) && !has(nodes, ASKED)) {
      problems.accept(
          "%s must name brokers, because they keep the turns, and a controller knows none, got none; set it, for example to kafka:19090"
              .formatted(SERVERS));
    }
    for (String server : nodes.variable(SERVERS).orElse("").split(",", -1)) {
      Address.read(server.strip())
          .filter(it -> leadsToNoBroker(nodes, it))
          .ifPresent(
              it ->
                  problems.accept(
                      "%s must name brokers and a port of theirs, got %s:%d, which leads to none; correct it, for example to kafka:19090"
                          .formatted(SERVERS, it.host(), it.port())));
    }
  }

  private static boolean has(Nodes nodes, String variable) {
    return nodes.variables().contains(variable)
        && nodes.variable(variable).map(it -> !it.isBlank()).orElse(true);
  }

  /** By the name of a Service in this overlay; what other names lead to nobody sees here. */
  private static boolean leadsToNoBroker(Nodes nodes, Address server) {
    if (isControllersOwn(nodes.overlay(), server.host())) {
      return true;
    }
    String name = server.host().replaceFirst("\\..*", "");
    String rest = server.host().substring(name.length());
    String namespace = nodes.set().getMetadata().getNamespace();
    boolean here =
        rest.isEmpty()
            || rest.equals("." + namespace)
            || (rest + ".").startsWith("." + namespace + ".svc.");
    return here
        && nodes.overlay().all(Service.class).stream()
            .filter(it -> it.getMetadata().getName().equals(name))
            .filter(it -> Selectors.areInOneNamespace(it, nodes.set()))
            .anyMatch(it -> leadsToNoBroker(nodes.overlay(), it, server.port()));
  }

  /** Whether a name is that of a controller's pod. */
  private static boolean isControllersOwn(Overlay overlay, String host) {
    return overlay.nodes().stream()
        .filter(Turns::areControllers)
        .map(Nodes::set)
        .filter(it -> it.getSpec().getServiceName() != null)
        .anyMatch(
            it ->
                (host + ".")
                    .matches(
                        "%s-\\d+\\.%s\\..*"
                            .formatted(
                                Pattern.quote(it.getMetadata().getName()),
                                Pattern.quote(it.getSpec().getServiceName()))));
  }

  /** A headless Service's name leads to its pods, with whatever port they have. */
  private static boolean leadsToNoBroker(Overlay overlay, Service service, int port) {
    List<Nodes> behind =
        overlay.nodes().stream()
            .filter(it -> it.areSelectedBy(service.getSpec().getSelector()))
            .toList();
    Set<Integer> ports = new TreeSet<>();
    if ("None".equals(service.getSpec().getClusterIP())) {
      behind.forEach(it -> ports.addAll(Network.bound(it)));
    } else {
      service.getSpec().getPorts().forEach(it -> ports.add(it.getPort()));
    }
    return !behind.isEmpty()
        && (behind.stream().allMatch(Turns::areControllers)
            || (!ports.isEmpty() && !ports.contains(port)));
  }

  /** Whether the nodes are controllers alone, as far as that can be seen here. */
  private static boolean areControllers(Nodes nodes) {
    return nodes
        .variable("KAFKA_PROCESS_ROLES")
        .or(() -> nodes.variable("KAFKA_POD_TEMPLATE").flatMap(Turns::roles))
        .filter(it -> it.strip().equals("controller"))
        .isPresent();
  }

  private static Optional<String> roles(String template) {
    Path file = Path.of("config-templates").resolve(template.strip() + ".properties");
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .filter(it -> it.startsWith(ROLES))
              .map(it -> it.substring(ROLES.length()))
              .findFirst()
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
