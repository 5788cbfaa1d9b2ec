package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that people run say how, at once and on any machine. */
class ScriptHelpTest {

  /** What each script does with MAVEN=/bin/false where nothing has to be built. */
  private static Finished run(Path from, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "-C", from.toString(), "MAVEN=/bin/false", script.toString()));
    command.addAll(List.of(arguments));
    return Finished.run(Duration.ofSeconds(30), "", command);
  }

  private static List<String> scripts() {
    return List.of(
        "try",
        "rollout",
        "soak",
        "turns-trial",
        "bench",
        "image",
        "base-image",
        "lint-manifests",
        "e2e-kubernetes",
        "kafka-libs");
  }

  private static Path script(String name) {
    return Path.of("scripts", name).toAbsolutePath();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysHowItIsUsedAndBuildsNothing(String script, @TempDir Path elsewhere) throws Exception {
    for (String option : List.of("--help", "-h")) {
      says(script, run(elsewhere, script(script), option));
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void isFoundThroughASymbolicLink(String script, @TempDir Path elsewhere) throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("my-" + script), script(script));
    Files.createSymbolicLink(elsewhere.resolve("again"), link.getFileName());

    says(script, run(elsewhere, link, "--help"));
    says(script, run(elsewhere, Path.of("./again"), "--help"));

    Files.delete(elsewhere.resolve("again"));
    Files.delete(link);
  }

  private static void says(String script, Finished finished) {
    List<String> lines = (finished.out() + finished.err()).lines().toList();

    assertThat(finished.exitCode()).as("%s", finished).hasValue(0);
    assertThat(lines.get(0)).startsWith(script + " ");
    assertThat(lines).noneMatch(line -> line.startsWith("set -eu") || line.contains("Building"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try --keeep",
        "try --keep --keep",
        "soak --minutes",
        "soak 1 30 5",
        "soak 99999999999999999999 60",
        "bench",
        "bench everything --quick",
        "image --bse x",
        "image tar --base",
        "image --base tar://nothing.tar",
        "base-image --suite",
        "base-image one.tar two.tar"
      })
  void refusesWrongUseInOneLineAndBuildsNothing(String use, @TempDir Path elsewhere)
      throws Exception {
    String[] words = use.split(" ", -1);
    Finished finished =
        run(elsewhere, script(words[0]), Arrays.copyOfRange(words, 1, words.length));

    assertThat(finished.exitCode()).as("%s", finished).hasValue(2);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.err().lines())
        .singleElement()
        .asString()
        .startsWith(words[0] + ": ")
        .doesNotContain("Building");
  }

  @Test
  void asksNoRepositoryForWhatIsNoVersionOfKafka() throws Exception {
    Finished finished =
        Finished.run(
            Duration.ofSeconds(30),
            "",
            List.of("env", "MAVEN=/bin/false", "scripts/kafka-libs", "4.3.1x y", "latest"));

    assertThat(finished.exitCode()).as("%s", finished).hasValue(2);
    assertThat(finished.err())
        .isEqualTo(
            "kafka-libs: the arguments are versions of Kafka, such as 4.3.1, got '4.3.1x y'\n");
  }
}
