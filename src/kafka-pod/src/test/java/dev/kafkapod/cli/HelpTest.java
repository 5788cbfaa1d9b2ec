package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.report.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  /** Every command's specification, by its name. */
  static Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    KafkaPod.commandLine(new String[0], Map.of())
        .getSubcommands()
        .forEach((name, command) -> commands.put(name, command.getCommandSpec()));
    return commands;
  }

  static Set<String> names() {
    return commands().keySet();
  }

  /** The commands that do something, those of {@code override} among them. */
  static Stream<String> commandsWithExamples() {
    return commands().entrySet().stream()
        .filter(it -> !it.getKey().equals(CompletionCommand.NAME))
        .flatMap(
            it ->
                it.getValue().subcommands().isEmpty()
                    ? Stream.of(it.getKey())
                    : it.getValue().subcommands().keySet().stream()
                        .map(sub -> it.getKey() + " " + sub));
  }

  @Test
  void listsTheCommandsAndTheExitCodes() {
    Outcome outcome = Outcome.of("--help");
    String commands =
        commands().entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue().usageMessage().description()[0])
            .collect(Collectors.joining(" "));

    assertThat(outcome).isEqualTo(new Outcome(ExitCode.YES, outcome.out(), List.of()));
    assertThat(outcome.out()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    assertThat(String.join(" ", outcome.out()).replaceAll("\\s+", " "))
        .isEqualTo(
            "Usage: kafka-pod [-hV] [COMMAND]"
                + " Tells whether a Kafka broker and its cluster can bear the disruption of another broker."
                + " -h, --help Show this help message and exit."
                + " -V, --version Print the version and exit."
                + " Commands: "
                + commands
                + " Exit codes of all commands: 0 yes, 1 no, 2 the command or its configuration is wrong, 3 cannot tell."
                + " Each option can also be given as an environment variable: --bootstrap-server as KAFKA_POD_BOOTSTRAP_SERVER.");
  }

  @ParameterizedTest
  @MethodSource("names")
  void exitsWithZeroForEachCommand(String command) {
    assertThat(Outcome.of(command, "--help").exitCode()).isEqualTo(ExitCode.YES);
  }

  @ParameterizedTest
  @MethodSource("names")
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
    return commands().get(command);
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

  @ParameterizedTest
  @ValueSource(strings = {"list", "release", "tear-down"})
  void explainsEachOptionOfTurns(String command) {
    Outcome outcome = Outcome.of("turns", command, "--help");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(
            TurnsCommand.spec().subcommands().get(command).getCommandSpec().options().stream()
                .map(OptionSpec::longestName))
        .contains("--help", "--turns-topic", "--timeout")
        .allSatisfy(
            option ->
                assertThat(outcome.out())
                    .anyMatch(line -> line.matches(" +(-h, )?" + option + "(=\\S+)?( +\\S.*)?")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "plan"})
  void explainsEachOptionOfPlacement(String command) {
    Outcome outcome = Outcome.of("placement", command, "--help");
    List<OptionSpec> options =
        PlacementCommand.spec().subcommands().get(command).getCommandSpec().options();

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(options.stream().map(OptionSpec::longestName))
        .contains("--help", "--topics", "--dimensions", "--timeout")
        .allSatisfy(
            option ->
                assertThat(outcome.out())
                    .anyMatch(line -> line.matches(" +(-h, )?" + option + "(=\\S+)?( +\\S.*)?")));
    assertThat(options)
        .filteredOn(it -> it.descriptionKey() == null)
        .extracting(OptionSpec::longestName)
        .containsExactly("--help");
  }

  @Test
  void tellsWhichOptionsNoVariableSets() {
    String help = String.join(" ", Outcome.of("turns", "tear-down", "--help").out());

    assertThat(help).contains("On the command line only:").doesNotContain("[KAFKA_POD_CLUSTER_ID]");
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
            "Turns:",
            "Time and output:",
            "The agent and overrides:",
            "Example:");
    assertThat(String.join(" ", help).replaceAll("\\s+", " "))
        .contains("separated by commas; the local node by default. [KAFKA_POD_BROKERS]")
        .contains("or json. [KAFKA_POD_OUTPUT]")
        .doesNotContain("[KAFKA_POD_ZONE]", "[KAFKA_POD_HELP]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "status", "can-stop", "await-safe-stop", "turns", "render"})
  void eachOptionOfALongPageIsInAGroup(String command) {
    assertThat(spec(command).options())
        .filteredOn(it -> it.descriptionKey() == null)
        .extracting(OptionSpec::longestName)
        .containsExactly("--help");
  }

  /** What it shows is what the command takes. */
  @ParameterizedTest
  @MethodSource("commandsWithExamples")
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
