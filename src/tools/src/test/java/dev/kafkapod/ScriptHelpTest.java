package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Finished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that people run say how, at once and on any machine. */
class ScriptHelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"try", "rollout", "soak", "bench", "image", "base-image", "lint-manifests"})
  void saysHowItIsUsedAndBuildsNothing(String script, @TempDir Path elsewhere) throws Exception {
    for (String option : List.of("--help", "-h")) {
      Finished finished =
          Finished.run(
              Duration.ofSeconds(30),
              "",
              List.of(
                  "env",
                  "-C",
                  elsewhere.toString(),
                  "MAVEN=/bin/false",
                  Path.of("scripts", script).toAbsolutePath().toString(),
                  option));
      List<String> lines = (finished.out() + finished.err()).lines().toList();

      assertThat(finished.exitCode()).as("%s", finished).hasValue(0);
      assertThat(lines.get(0)).startsWith(script + " ");
      assertThat(lines).noneMatch(line -> line.startsWith("set -eu") || line.contains("Building"));
    }
  }
}
