package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that people run say how, at once and on any machine. */
class ScriptHelpTest {

  @ParameterizedTest
  @ValueSource(strings = {"try", "rollout", "soak", "bench", "image", "base-image"})
  void saysHowItIsUsedAndBuildsNothing(String script, @TempDir Path elsewhere) throws Exception {
    for (String option : List.of("--help", "-h")) {
      ProcessBuilder builder =
          new ProcessBuilder(Path.of("scripts", script).toAbsolutePath().toString(), option)
              .directory(elsewhere.toFile())
              .redirectErrorStream(true);
      builder.environment().put("MAVEN", "/bin/false");
      Process process = builder.start();
      process.getOutputStream().close();
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", lines).isZero();
      assertThat(lines.get(0)).startsWith(script + " ");
      assertThat(lines).noneMatch(line -> line.startsWith("set -eu") || line.contains("Building"));
    }
  }
}
