package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Finished;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts for shells that few machines have, in these shells. */
@Tag("matrix")
class CompletionIT {

  private static final String COMMANDS =
      "ready live started status can-stop await-safe-stop turns override render storage help completion";

  @TempDir private Path directory;

  @Test
  void zshLoadsWhatBashDoes() throws Exception {
    Tools.require("zsh");
    Path script = script("zsh");
    assertThat(
            run(
                "zsh",
                "-f",
                "-c",
                "autoload -U compinit; compinit -u -d %s/d; source %s; print ${_comps[kafka-pod]}"
                    .formatted(directory, script)))
        .anySatisfy(line -> assertThat(line).contains("_complete_kafka-pod"));
  }

  @Test
  void fishCompletesCommandsAndOptions() throws Exception {
    Tools.require("fish");
    Path script = script("fish");
    assertThat(fish(script, "kafka-pod ")).contains(COMMANDS.split(" "));
    assertThat(fish(script, "kafka-pod can")).containsExactly("can-stop");
    assertThat(fish(script, "kafka-pod override se")).containsExactly("set");
    assertThat(fish(script, "kafka-pod turns rel")).containsExactly("release");
    assertThat(fish(script, "kafka-pod turns tear-down --cluster-i")).contains("--cluster-id");
    assertThat(fish(script, "kafka-pod override set --rea")).contains("--reason");
    assertThat(fish(script, "kafka-pod ready --bootstrap"))
        .containsExactlyInAnyOrder("--bootstrap-server", "--bootstrap-controller");
    assertThat(fish(script, "kafka-pod ready --server-config " + directory + "/"))
        .anySatisfy(line -> assertThat(line).contains("script"));
  }

  private Path script(String shell) throws IOException {
    Result result = KafkaPodCli.packaged().run("completion", shell);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return Files.writeString(directory.resolve("script"), result.out());
  }

  private List<String> fish(Path script, String line) throws Exception {
    return run("fish", "--no-config", "-c", "source %s; complete -C '%s'".formatted(script, line))
        .stream()
        .map(it -> it.replaceFirst("\t.*", ""))
        .toList();
  }

  private static List<String> run(String... command) throws Exception {
    Finished finished = Finished.run(Duration.ofSeconds(30), "", List.of(command));
    assertThat(finished.exitCode()).as("%s", finished).hasValue(0);
    return (finished.out() + finished.err()).lines().toList();
  }
}
