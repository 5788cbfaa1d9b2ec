package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.rollout.Setting.Gate;
import dev.kafkapod.rollout.Setting.Replicas;
import dev.kafkapod.rollout.Setting.Stops;
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
                3,
                1,
                new Replicas(3, 2),
                300,
                Gate.BALANCED,
                Stops.AT_ONCE,
                Limits.NONE,
                1,
                Path.of("target/rollout-balanced.html")));
  }

  @Test
  void rollsSixInTwoSetsWithSixReplicas() {
    Setting setting = parse(List.of("--sets=2", "--gate", "none", "--load", "10"));

    assertThat(setting)
        .isEqualTo(
            new Setting(
                6,
                2,
                new Replicas(6, 3),
                10,
                Gate.NONE,
                Stops.AT_ONCE,
                Limits.NONE,
                1,
                Path.of("target/rollout-none.html")));
    assertThat(setting.setOf(2)).isZero();
    assertThat(setting.setOf(3)).isEqualTo(1);
  }

  @Test
  void hasThreeReplicasOfWhichTwoMustBeInSyncInOneSet() {
    assertThat(parse(List.of("--brokers=5")).replicas()).isEqualTo(new Replicas(3, 2));
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
            "there is no option '--speed'; choose from --brokers, --sets, --replication-factor, --min-isr, --load, --gate, --hook, --turns, --controllers, --max-gap, --max-p99, --runs, --output; --load is given twice; --brokers: must be an even number for two sets, got 5; --gate: must be startup, balanced, strict or none, got 'loose'; --output: must be a file, got ''; write for example --brokers 6 --sets 2 --load 300 --gate balanced --max-gap 10s --output target/rollout.html");
  }

  @Test
  void spreadsFourReplicasOverBothSetsSoThatTurnsSpareThem() {
    Setting setting =
        parse(
            List.of("--sets=2", "--replication-factor=4", "--min-isr=2", "--turns=on", "--runs=3"));

    assertThat(setting.replicas()).isEqualTo(new Replicas(4, 2));
    assertThat(setting.stops()).isEqualTo(new Stops(true, true, 0));
    assertThat(setting.assignment(24))
        .hasSize(24)
        .containsEntry(0, List.of(0, 3, 1, 4))
        .allSatisfy(
            (partition, brokers) ->
                assertThat(brokers)
                    .doesNotHaveDuplicates()
                    .filteredOn(broker -> setting.setOf(broker) == 0)
                    .hasSize(2));
    assertThat(setting.rackOf(2)).isEqualTo("zone-2/set-0");
    assertThat(setting.rackOf(5)).isEqualTo("zone-2/set-1");
    assertThat(setting.command())
        .isEqualTo(
            "scripts/rollout --brokers 6 --sets 2 --replication-factor 4 --min-isr 2 --load 150 --gate balanced --turns on");
    assertThat(setting.describe()).endsWith(", stops: after await-safe-stop, in turns");
    assertThat(parse(List.of("--sets=2", "--brokers=4", "--replication-factor=4")).replicas())
        .isEqualTo(new Replicas(4, 3));
  }

  @Test
  void rollsControllersInASetOfTheirOwnAfterTheirHooks() {
    Setting setting = parse(List.of("--controllers=3"));

    assertThat(setting.stops()).isEqualTo(new Stops(true, false, 3));
    assertThat(setting.setOf(100)).isEqualTo(1);
    assertThat(setting.nameOf(100)).isEqualTo("controller 100");
    assertThat(setting.nameOf(2)).isEqualTo("broker 2");
    assertThat(setting.command()).endsWith(" --gate balanced --controllers 3");
    assertThat(parse(List.of("--controllers=3", "--gate=none")).stops())
        .isEqualTo(new Stops(false, false, 3));
    assertThat(parse(List.of("--hook=on")).command()).endsWith(" --gate balanced --hook on");
  }

  @Test
  void reportsEveryCombinationThatCannotBe() {
    assertThatThrownBy(
            () ->
                parse(
                    List.of(
                        "--replication-factor=4",
                        "--min-isr=3",
                        "--gate=none",
                        "--turns=on",
                        "--controllers=2",
                        "--runs=0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--replication-factor: must be a whole number from 2 to 3, got '4';"
                + " --min-isr: must be less than the replication factor, 3, because each partition is without one replica while its broker restarts, got 3;"
                + " --controllers: must be 0, or 3 to 5, because a smaller quorum can't spare a controller while it restarts, got 2;"
                + " --gate: none is without kafka-pod, and so without its hook and its turns; leave out --turns on;"
                + " --runs: must be a whole number from 1 to 100, got '0'; ");
    assertThatThrownBy(() -> parse(List.of("--turns=on", "--hook=off")))
        .hasMessageStartingWith(
            "--hook: off is without turns, because the hook takes them; leave out one; ");
    assertThatThrownBy(() -> parse(List.of("--turns=yes", "--hook")))
        .hasMessageStartingWith(
            "--turns: must be on or off, got 'yes'; --hook: must be on or off, got ''; ");
  }

  @Test
  void writesAPageForEachOfSeveralRuns() {
    assertThat(parse(List.of("--runs=2")).outputOf(2))
        .isEqualTo(Path.of("target/rollout-balanced-2.html"));
    assertThat(parse(List.of("--runs=2", "--output=/tmp/x")).outputOf(1))
        .isEqualTo(Path.of("/tmp/x-1"));
    assertThat(parse(List.of("--output=/tmp/x.html")).outputOf(1))
        .isEqualTo(Path.of("/tmp/x.html"));
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
