package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.report.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  @Test
  void listsTheCommandsAndTheExitCodes() {
    assertThat(Outcome.of("--help"))
        .isEqualTo(
            new Outcome(
                ExitCode.YES,
                """
                Usage: kafka-pod [-hV] [COMMAND]
                Tells whether a Kafka broker and its cluster can bear the disruption of another broker.
                  -h, --help      Show this help message and exit.
                  -V, --version   Print the version and exit.
                Commands:
                  ready            Tells whether another broker may be disrupted: yes if this broker is healthy and its cluster can
                                     spare one.
                  live             Tells whether the local broker is alive. Says no only if its process has stopped or hangs, never
                                     because of the cluster, and never during log recovery.
                  started          Tells whether the local broker has finished its start-up, and how much log recovery remains. Use it
                                     in a startupProbe of at least 24 h, because a broker that is killed in recovery starts over.
                  status           Shows the broker, the cluster, all conditions with their gates, and the worst partitions. Exits like
                                     ready.
                  can-stop         Tells whether this broker, or others, may stop now: yes if no partition would fall below its min ISR
                                     or lose its leader, and the controller quorum would survive.
                  await-safe-stop  Waits in a preStop hook until can-stop has said yes twice, at least 5 seconds apart, and says what
                                     it waits for. After --max-wait it exits like the last can-stop. With an override that says ready,
                                     it doesn't wait. With an override that ignores unknown, it stops waiting if the cluster can't tell
                                     twice.
                  override         Forces or relaxes this pod's readiness in an incident, for a limited time. Every answer shows the
                                     override. Its file survives a restart of the container, but not the deletion of the pod.
                  render           Writes this pod's server.properties, log4j2.yaml and client.properties from a template, mounted
                                     files and the environment. Writes nothing if it finds an error.
                  storage          Formats a node's empty disks, unless that could lose data. Formats an empty controller only if the
                                     others have all its committed data, or if there is no cluster yet. A controller whose metadata log
                                     is lost starts by the same rule. Exits with 1 if data could be lost, and with 2 if files in a
                                     directory would make Kafka exit.
                  help             Prints the help of a command, or of kafka-pod itself.
                  completion       Prints a script for shell completion of kafka-pod's commands and options.

                Exit codes of all commands: 0 yes, 1 no, 2 the command or its configuration is wrong, 3 cannot tell.
                Each option can also be given as an environment variable: --bootstrap-server as KAFKA_POD_BOOTSTRAP_SERVER.
                """
                    .lines()
                    .toList(),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ready",
        "live",
        "started",
        "status",
        "can-stop",
        "await-safe-stop",
        "render",
        "storage",
        "help",
        "completion"
      })
  void exitsWithZeroForEachCommand(String command) {
    assertThat(Outcome.of(command, "--help").exitCode()).isEqualTo(ExitCode.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ready",
        "live",
        "started",
        "status",
        "can-stop",
        "await-safe-stop",
        "render",
        "storage"
      })
  void explainsEachOptionOfTheCommand(String command) {
    List<String> help = Outcome.of(command, "--help").out();

    assertThat(options(command))
        .contains("--help")
        .allSatisfy(
            option ->
                assertThat(help)
                    .anyMatch(line -> line.matches(" +(-h, )?" + option + "(=\\S+)?( +\\S.*)?")));
  }

  private static List<String> options(String command) {
    return spec(command).options().stream().map(OptionSpec::longestName).toList();
  }

  private static CommandSpec spec(String command) {
    return switch (command) {
      case "ready" -> ReadyCommand.spec();
      case "live" -> LifecycleCommand.live();
      case "started" -> LifecycleCommand.started();
      case "render" -> RenderCommand.spec(Map.of());
      case "storage" -> StorageCommand.spec();
      case "can-stop" -> CanStopCommand.spec();
      case "await-safe-stop" -> AwaitSafeStopCommand.spec();
      default -> StatusCommand.spec();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"set", "show", "clear"})
  void explainsEachOptionOfOverride(String command) {
    Outcome outcome = Outcome.of("override", command, "--help");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(
            OverrideCommand.spec().subcommands().get(command).getCommandSpec().options().stream()
                .map(OptionSpec::longestName))
        .contains("--help", "--run-dir", "--override-file", "--max-override")
        .allSatisfy(
            option ->
                assertThat(outcome.out())
                    .anyMatch(line -> line.matches(" +(-h, )?" + option + "(=\\S+)?( +\\S.*)?")));
  }

  @Test
  void namesEveryConditionGateAndPreset() {
    String help = String.join(" ", Outcome.of("ready", "--help").out());

    assertThat(help)
        .contains(Condition.optionNames())
        .contains(Stream.of(Gate.values()).map(Gate::optionName).toList())
        .contains(Stream.of(GatePreset.values()).map(GatePreset::optionName).toList());
  }

  @Test
  void printsTheVersion() {
    assertThat(Outcome.of("--version"))
        .isEqualTo(new Outcome(ExitCode.YES, List.of("kafka-pod (development)"), List.of()));
  }

  @Test
  void helpNamesACommandAsItsOwnOptionDoes() {
    assertThat(Outcome.of("help")).isEqualTo(Outcome.of("--help"));
    assertThat(Outcome.of("help", "can-stop")).isEqualTo(Outcome.of("can-stop", "--help"));
    assertThat(Outcome.of("help", "override", "set"))
        .isEqualTo(Outcome.of("override", "set", "--help"));
  }

  @Test
  void helpRefusesACommandThatThereIsNot() {
    assertThat(Outcome.of("help", "redy").err())
        .singleElement()
        .asString()
        .startsWith(
            "kafka-pod help: there is no command 'redy' (did you mean ready?); choose from ready, live, ");
    assertThat(Outcome.of("help", "ready", "set"))
        .isEqualTo(
            new Outcome(
                ExitCode.USAGE,
                List.of(),
                List.of(
                    "kafka-pod help: kafka-pod ready has no subcommands, got 'set'; see kafka-pod help --help")));
  }

  @Test
  void listsOptionsInGroupsWithTheVariableOfEach() {
    List<String> help = Outcome.of("can-stop", "--help").out();

    assertThat(help.stream().filter(it -> it.matches("[A-Z].*:")))
        .containsExactly(
            "Which nodes:",
            "The local broker:",
            "The Kafka cluster:",
            "Time and output:",
            "The agent and overrides:",
            "Example:");
    assertThat(String.join(" ", help).replaceAll("\\s+", " "))
        .contains("separated by commas; the local node by default. [KAFKA_POD_BROKERS]")
        .contains("or json. [KAFKA_POD_OUTPUT]")
        .doesNotContain("[KAFKA_POD_ZONE]", "[KAFKA_POD_HELP]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "status", "can-stop", "await-safe-stop", "render"})
  void eachOptionOfALongPageIsInAGroup(String command) {
    assertThat(spec(command).options())
        .filteredOn(it -> it.descriptionKey() == null)
        .extracting(OptionSpec::longestName)
        .containsExactly("--help");
  }

  /** What it shows is what the command takes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ready",
        "live",
        "started",
        "status",
        "can-stop",
        "await-safe-stop",
        "render",
        "storage",
        "help",
        "override set",
        "override show",
        "override clear"
      })
  void hasAnExampleThatTheCommandTakes(String command) {
    List<String> words = List.of(command.split(" "));
    List<String> help =
        Outcome.of(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new)).out();
    String example = help.get(help.indexOf("Example:") + 1).strip();
    String[] arguments =
        Stream.of(example.split(" (?=([^\"]*\"[^\"]*\")*[^\"]*$)"))
            .map(it -> it.replace("\"", ""))
            .skip(1)
            .toArray(String[]::new);

    assertThat(example).startsWith("kafka-pod " + command);
    assertThat(KafkaPod.commandLine(arguments, Map.of()).parseArgs(arguments).errors()).isEmpty();
  }
}
