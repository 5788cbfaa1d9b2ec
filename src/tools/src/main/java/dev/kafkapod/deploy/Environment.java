package dev.kafkapod.deploy;

import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.settings.Nearest;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the container is told, and the memory that it gets. */
final class Environment {

  private static final Pattern VARIABLE = Pattern.compile("KAFKA_POD_[A-Z_]+[A-Z]");
  private static final Pattern OPTION = Pattern.compile("(?m)^ {2,}(?:-\\w, )?--([a-z-]+)");
  private static final List<String> COMMANDS =
      List.of("ready", "live", "started", "status", "render", "storage", "await-safe-stop");

  /** Who reads variables that aren't options of a command. */
  private static final List<String> READERS =
      List.of(
          "scripts/entrypoint",
          "probe/kafka-pod-probe",
          "probe/kafka-pod-probe.slow",
          "config-templates/broker-stretch.properties",
          "docs/agent.md");

  private static final Set<String> KNOWN = known();

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("variables are known", Environment::known),
          Rule.ofNodes("memory is limited, and reserved", Environment::memory));

  private Environment() {}

  private static Set<String> known() {
    Set<String> known = new TreeSet<>();
    for (String command : COMMANDS) {
      StringWriter help = new StringWriter();
      KafkaPod.run(
          new String[] {command, "--help"},
          Map.of(),
          false,
          new PrintWriter(help, true),
          new PrintWriter(help, true));
      Matcher options = OPTION.matcher(help.toString());
      while (options.find()) {
        known.add("KAFKA_POD_" + options.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
      }
    }
    for (String reader : READERS) {
      try {
        VARIABLE
            .matcher(Files.readString(Path.of(reader)))
            .results()
            .forEach(it -> known.add(it.group()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return known;
  }

  private static void known(Nodes nodes, Consumer<String> problems) {
    for (String variable : new TreeSet<>(nodes.pods().get(0).environment().keySet())) {
      if (VARIABLE.matcher(variable).matches() && !KNOWN.contains(variable)) {
        problems.accept(
            "a variable KAFKA_POD_… must be one that somebody reads, got %s; %s"
                .formatted(
                    variable,
                    Nearest.to(variable, KNOWN)
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
