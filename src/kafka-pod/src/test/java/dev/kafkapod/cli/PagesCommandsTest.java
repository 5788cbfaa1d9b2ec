package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.report.ExitCode;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** Commands of kafka-pod that pages show are commands that it understands. */
class PagesCommandsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/guide.md",
        "docs/runbook.md",
        "docs/override.md",
        "docs/placement.md",
        "docs/turns.md"
      })
  void areUnderstood(String page) {
    List<Command> shown =
        ShownCommands.in(Path.of(page)).stream().filter(it -> it.kafkaPod().isPresent()).toList();

    assertThat(shown)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(problem(it.kafkaPod().orElseThrow())).isEmpty());
  }

  @Test
  void areNotUnderstoodWithAMistake() {
    assertThat(problem(List.of("can-stop", "--al"))).contains("--al");
    assertThat(problem(List.of("can-sotp"))).isEqualTo("no such command");
    assertThat(
            problem(List.of("override", "set", "ready", "--for=2h", "--reason", "a", "--ignore=x")))
        .contains("'x'");
  }

  private static String problem(List<String> arguments) {
    if (!HelpTest.names().contains(arguments.get(0))) {
      return "no such command";
    }
    if (arguments.subList(0, Math.min(2, arguments.size())).equals(List.of("override", "set"))) {
      return problemOfOverride(arguments);
    }
    try {
      String[] words = arguments.toArray(String[]::new);
      KafkaPod.commandLine(words, Map.of()).parseArgs(words);
      return "";
    } catch (ParameterException e) {
      return e.getMessage();
    }
  }

  /** Only when it makes the file does it look at what the file is to say. */
  private static String problemOfOverride(List<String> arguments) {
    List<String> printing = new ArrayList<>(arguments);
    if (!printing.contains("--print")) {
      printing.add("--print");
    }
    Outcome outcome = Outcome.of(printing.toArray(String[]::new));
    return outcome.exitCode() == ExitCode.YES ? "" : String.join(" ", outcome.err());
  }
}
