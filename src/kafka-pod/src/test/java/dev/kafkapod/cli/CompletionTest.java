package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.report.ExitCode;
import dev.kafkapod.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bash runs its script here; zsh and fish run theirs in CompletionIT. */
class CompletionTest {

  @TempDir private Path directory;

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path script = script("bash");
    assertThat(bash(script, "kafka-pod", "")).containsAll(HelpTest.names());
    assertThat(bash(script, "kafka-pod", "can")).containsExactly("can-stop");
    assertThat(bash(script, "kafka-pod", "override", "se")).containsExactly("set");
    assertThat(bash(script, "kafka-pod", "placement", "")).contains("check", "plan");
    assertThat(bash(script, "kafka-pod", "placement", "plan", "--on")).contains("--onto");
    assertThat(bash(script, "kafka-pod", "turns", "re")).contains("release");
    assertThat(bash(script, "kafka-pod", "turns", "tear-down", "--clu")).contains("--cluster-id");
    assertThat(bash(script, "kafka-pod", "ready", "--bootstrap"))
        .contains("--bootstrap-server", "--bootstrap-controller");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "bsh|kafka-pod completion: there is no completion for the shell 'bsh' (did you mean bash?); choose from bash, zsh, fish; see kafka-pod completion --help",
        "tcsh|kafka-pod completion: there is no completion for the shell 'tcsh'; choose from bash, zsh, fish; see kafka-pod completion --help"
      })
  void refusesAShellThatItDoesNotKnow(String shell, String expected) {
    assertThat(Outcome.of("completion", shell))
        .isEqualTo(new Outcome(ExitCode.USAGE, List.of(), List.of(expected)));
  }

  private Path script(String shell) throws IOException {
    Outcome outcome = Outcome.of("completion", shell);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.YES);
    return Files.write(directory.resolve("script"), outcome.out());
  }

  private List<String> bash(Path script, String... words) throws Exception {
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMPREPLY=(); _complete_kafka-pod; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script,
                String.join(" ", words) + (words[words.length - 1].isEmpty() ? "''" : ""),
                words.length - 1);
    return run("bash", "--norc", "-c", line).stream().map(String::strip).toList();
  }

  private static List<String> run(String... command) throws Exception {
    Finished finished = Finished.run(Duration.ofSeconds(30), "", List.of(command));
    assertThat(finished.exitCode()).as("%s", finished).hasValue(0);
    return (finished.out() + finished.err()).lines().toList();
  }
}
