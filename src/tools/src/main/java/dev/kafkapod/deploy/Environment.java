package dev.kafkapod.deploy;

import dev.kafkapod.settings.OwnVariables;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What the container is told, and the memory that it gets. */
final class Environment {

  private static final Pattern VARIABLE = Pattern.compile("KAFKA_POD_[A-Z_]+[A-Z]");

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("variables are known", Environment::known),
          Rule.ofNodes("memory is limited, and reserved", Environment::memory));

  private Environment() {}

  private static void known(Nodes nodes, Consumer<String> problems) {
    for (String variable : new TreeSet<>(nodes.pods().get(0).environment().keySet())) {
      if (VARIABLE.matcher(variable).matches() && !OwnVariables.isRead(variable)) {
        problems.accept(
            "a variable KAFKA_POD_… must be one that somebody reads, got %s; %s"
                .formatted(
                    variable,
                    OwnVariables.meant(variable)
                        .map(it -> "did you mean " + it + "?")
                        .orElse("remove it")));
      }
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
          "memory must be limited, for the heap follows from the limit, and requested in full, for others would get it, got a limit of %s and a request of %s; set both"
              .formatted(
                  limit.map(String::valueOf).orElse("none"),
                  request.map(String::valueOf).orElse("none")));
    }
  }
}
