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
                Tells whether a Kafka broker, and the cluster around it, can bear that another broker is disrupted.
                  -h, --help      Show this help message and exit.
                  -V, --version   Print the version and exit.
                Commands:
                  ready            Tells whether another broker may be disrupted: this one is in order, and its cluster can spare one.
                  live             Tells whether the local broker lives: no only if it has stopped or is wedged, never because of the
                                     cluster, never during log recovery.
                  started          Tells whether the local broker is past its start-up, and how much log recovery remains. For a
                                     startupProbe of at least 24 h: a broker that is killed in recovery starts over.
                  status           Shows everything at a glance: broker, cluster, conditions with their gates, the worst partitions.
                                     Exits like ready.
                  can-stop         Tells whether this broker, or others, may stop now: no partition would fall under its min ISR or
                                     lose its leader, and the controller quorum would go on.
                  await-safe-stop  For a preStop hook: waits until can-stop has said yes twice, at least 5 seconds apart, and says what
                                     it waits for. When --max-wait is over it exits as can-stop did last. An override that says ready
                                     lets the stop go at once; one that ignores unknown, if the cluster can't tell twice.
                  override         Forces or relaxes this pod's readiness in an incident, loudly and for a limited time. The file that
                                     it writes survives a restart of the container, not the pod's deletion.
                  render           Writes this pod's server.properties, log4j2.yaml and client.properties from a template, mounted
                                     files and the environment, and only if nothing is wrong with them.
                  storage          Formats a node's empty disks, unless they may be a loss: an empty controller is formatted only if
                                     the others have all that it had, or if there is no cluster yet; one whose metadata log is lost
                                     starts by the same rule. Exits with 1 where data could be lost, and with 2 where Kafka would die
                                     of what lies in a directory.
                  help             Prints the help of a command, or of kafka-pod itself.
                  completion       Prints a script that makes a shell complete kafka-pod's commands and options.

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
    CommandSpec spec =
        switch (command) {
          case "ready" -> ReadyCommand.spec();
          case "live" -> LifecycleCommand.live();
          case "started" -> LifecycleCommand.started();
          case "render" -> RenderCommand.spec(Map.of());
          case "storage" -> StorageCommand.spec();
          case "can-stop" -> CanStopCommand.spec();
          case "await-safe-stop" -> AwaitSafeStopCommand.spec();
          default -> StatusCommand.spec();
        };
    return spec.options().stream().map(OptionSpec::longestName).toList();
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
}
