package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.rollout.Setting.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTest {

  private static final Path CALLER = Path.of("/home/somebody");

  private static Setting parse(List<String> args) {
    return Setting.parse(args, CALLER);
  }

  @Test
  void rollsThreeBrokersInOneSetByDefault() {
    assertThat(parse(List.of()))
        .isEqualTo(
            new Setting(
                3, 1, 300, Gate.BALANCED, Limits.NONE, Path.of("target/rollout-balanced.html")));
  }

  @Test
  void rollsSixInTwoSetsWithSixReplicas() {
    Setting setting = parse(List.of("--sets=2", "--gate", "none", "--load", "10"));

    assertThat(setting)
        .isEqualTo(
            new Setting(6, 2, 10, Gate.NONE, Limits.NONE, Path.of("target/rollout-none.html")));
    assertThat(setting.replicationFactor()).isEqualTo(6);
    assertThat(setting.minIsr()).isEqualTo(3);
    assertThat(setting.setOf(2)).isZero();
    assertThat(setting.setOf(3)).isEqualTo(1);
  }

  @Test
  void hasThreeReplicasOfWhichTwoMustBeInSyncInOneSet() {
    Setting setting = parse(List.of("--brokers=5"));

    assertThat(setting.replicationFactor()).isEqualTo(3);
    assertThat(setting.minIsr()).isEqualTo(2);
  }

  @Test
  void reportsEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                parse(
                    List.of(
                        "--brokers=5",
                        "--sets=2",
                        "--load=0",
                        "--gate=loose",
                        "--output=",
                        "--speed=1",
                        "--load=2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no option '--speed'; choose from --brokers, --sets, --load, --gate, --max-gap, --max-p99, --output; --load is given twice; --brokers: must be an even number for two sets, got 5; --gate: must be startup, balanced, strict or none, got 'loose'; --output: must be a file, got ''; write for example --brokers 6 --sets 2 --load 300 --gate balanced --max-gap 10s --output target/rollout.html");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> parse(List.of("--brokers", "10", "--sets", "x", "--load")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--sets: must be a whole number from 1 to 2, got 'x'; --brokers: must be a whole number from 2 to 9, got '10'; --load: must be a whole number from 1 to 5000, got ''; ");
  }

  @Test
  void limitsHowLongSendsMayWaitAndRepeatsItInTheCommandThatDoesItAgain() {
    Setting setting = parse(List.of("--max-gap", "10s", "--max-p99=1500ms"));

    assertThat(setting.limits())
        .isEqualTo(
            new Limits(Optional.of(Duration.ofSeconds(10)), Optional.of(Duration.ofMillis(1500))));
    assertThat(setting.command())
        .isEqualTo(
            "scripts/rollout --brokers 3 --sets 1 --load 300 --gate balanced --max-gap 10s --max-p99 1500ms");
  }

  @Test
  void refusesATimeWithoutAUnitForEachLimit() {
    assertThatThrownBy(() -> parse(List.of("--max-gap", "10", "--max-p99=0s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--max-gap: must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got '10'; write for example 8s;"
                + " --max-p99: must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got '0s'; write for example 8s; ");
  }

  @Test
  void writesTheReportWhereTheCallerSaysFromWhereTheCallerIs() {
    assertThat(parse(List.of("--output", "r/x.html")).output())
        .isEqualTo(Path.of("/home/somebody/r/x.html"));
    assertThat(parse(List.of("--output", "/tmp/x.html")).output())
        .isEqualTo(Path.of("/tmp/x.html"));
    assertThatThrownBy(() -> parse(List.of("--output", "r/")))
        .hasMessageStartingWith("--output: must be a file, got 'r/'; ");
  }

  @Test
  void refusesAnOutputThatCannotBeWrittenBeforeAnythingIsRolled(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    for (Path impossible :
        List.of(folder, file.resolve("x.html"), Path.of("/proc/nothing/x.html"))) {
      assertThatThrownBy(() -> Rollout.requireWritable(impossible))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "--output: must be a file that can be written, got '" + impossible);
    }
    assertThatCode(() -> Rollout.requireWritable(folder.resolve("new/x.html")))
        .doesNotThrowAnyException();
  }
}
