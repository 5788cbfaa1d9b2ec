package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Process ids that can't be a broker's: attaching to one would end it (SIGQUIT) or hang. */
class PidOptionTest {

  @BeforeEach
  void processesAreFoundThroughProc() {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      Tools.missing("/proc", "run them on Linux");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.0", "01", "", "9999999999999999999"})
  void refusesWhatIsNoProcessId(String pid) {
    assertThat(Outcome.of("live", "--pid", pid))
        .isEqualTo(
            refusal(
                "kafka-pod live: Invalid value for option '--pid':"
                    + " must be a process id, a whole number from 1, got '"
                    + pid
                    + "'; see kafka-pod live --help"));
  }

  @Test
  void refusesAProcessThatDoesNotExist() {
    // beyond the kernel's limit of 2^22 processes
    assertThat(Outcome.of("live", "--pid=4194305"))
        .isEqualTo(
            refusal(
                "kafka-pod live: --pid: there is no process 4194305;"
                    + " give the id of the running broker's process; see kafka-pod live --help"));
  }

  @Test
  void refusesAProcessThatIsNotJavaAndLeavesItAlone() throws IOException {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      Outcome outcome = Outcome.of("live", "--pid=" + sleep.pid());

      assertThat(outcome)
          .isEqualTo(
              refusal(
                  "kafka-pod live: --pid: process "
                      + sleep.pid()
                      + " isn't a Java process; give the id of the broker's process;"
                      + " see kafka-pod live --help"));
      assertThat(sleep.isAlive()).isTrue();
    } finally {
      sleep.destroyForcibly();
    }
  }
}
