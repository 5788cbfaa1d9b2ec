package dev.kafkapod.deploy;

import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.common.Nearest;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.settings.OwnVariables;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the container is told, and the memory that it gets. */
final class Environment {

  private static final Pattern VARIABLE = Pattern.compile("KAFKA_POD_[A-Z_]+[A-Z]");
  private static final List<String> PROBES = List.of("ready", "live", "started");
  private static final String ID_BASE = "KAFKA_POD_NODE_ID_BASE";
  private static final String ENTRYPOINT = "/opt/kafka-pod/bin/entrypoint";
  private static final List<String> START = List.of("start");

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("variables are known", Environment::known),
          Rule.ofNodes("commands understand their variables", Environment::understood),
          Rule.ofNodes("no two nodes have one id", Environment::ids),
          Rule.ofNodes("the image's entrypoint starts the broker", Environment::entrypoint),
          Rule.ofNodes("memory is limited, and reserved", Environment::memory));

  private Environment() {}

  private static void known(Nodes nodes, Consumer<String> problems) {
    for (String variable : nodes.variables()) {
      if (VARIABLE.matcher(variable).matches() && !OwnVariables.isRead(variable)) {
        problems.accept(
            "a variable KAFKA_POD_… must be one that kafka-pod reads, got %s; %s"
                .formatted(
                    variable,
                    OwnVariables.meant(variable).map(Nearest::question).orElse("remove it")));
      }
    }
  }

  private static void understood(Nodes nodes, Consumer<String> problems) {
    Map<String, String> environment = nodes.environment();
    PROBES.stream()
        .flatMap(it -> KafkaPod.wrongUse(new String[] {it}, environment).stream())
        .map(it -> it.replaceFirst("^kafka-pod [a-z]+: ", ""))
        .distinct()
        .forEach(it -> problems.accept("probes must understand their variables, got: " + it));
  }

  private static void ids(Nodes nodes, Consumer<String> problems) {
    if (nodes.pods().stream().anyMatch(it -> !it.name().equals(it.environment().get("POD_NAME")))) {
      problems.accept(
          "POD_NAME must be the pod's own name, because its node id follows from it, and isn't; take it from fieldRef metadata.name");
    }
    OptionalInt base = base(nodes);
    if (base.isEmpty()) {
      problems.accept(
          "%s must be a whole number, because a pod's ordinal is added to it for the node id, got %s; set it"
              .formatted(ID_BASE, nodes.variable(ID_BASE).orElse("none")));
      return;
    }
    int first = base.getAsInt();
    for (Nodes other : nodes.overlay().nodes()) {
      OptionalInt from = base(other);
      if (!other.set().equals(nodes.set())
          && from.isPresent()
          && first >= from.getAsInt()
          && first - from.getAsInt() < other.replicas()) {
        problems.accept(
            "%s: its node ids must be its own, got those from %d, and %s has those from %d, too; change it"
                .formatted(ID_BASE, first, other.set().getMetadata().getName(), from.getAsInt()));
      }
    }
  }

  private static OptionalInt base(Nodes nodes) {
    return nodes.variable(ID_BASE).map(NodeNumber::of).orElse(OptionalInt.empty());
  }

  private static void entrypoint(Nodes nodes, Consumer<String> problems) {
    List<String> command = nodes.kafka().getCommand();
    List<String> args = nodes.kafka().getArgs();
    boolean starts =
        (command.isEmpty() || command.equals(List.of(ENTRYPOINT)))
            && (args.equals(START) || (args.isEmpty() && command.isEmpty()));
    if (!starts) {
      problems.accept(
          "the container must run its image's entrypoint, because nothing else guards its disk and starts the agent, got %s; leave command and args out"
              .formatted(Stream.concat(command.stream(), args.stream()).toList()));
    }
  }

  private static void memory(Nodes nodes, Consumer<String> problems) {
    Optional<Quantity> limit =
        Optional.ofNullable(nodes.kafka().getResources())
            .map(it -> it.getLimits())
            .map(it -> it.get("memory"));
    Optional<Quantity> request =
        Optional.ofNullable(nodes.kafka().getResources())
            .map(it -> it.getRequests())
            .map(it -> it.get("memory"));
    if (limit.isEmpty() || !limit.equals(request)) {
      problems.accept(
          "memory must be limited, because the heap follows from the limit, and requested in full, because others would get it, got a limit of %s and a request of %s; set both"
              .formatted(
                  limit.map(String::valueOf).orElse("none"),
                  request.map(String::valueOf).orElse("none")));
    }
  }
}
