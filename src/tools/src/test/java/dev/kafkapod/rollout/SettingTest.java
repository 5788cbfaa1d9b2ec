package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.rollout.Setting.Gate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void rollsThreeBrokersInOneSetByDefault() {
    assertThat(Setting.parse(List.of()))
        .isEqualTo(new Setting(3, 1, 300, Gate.BALANCED, Path.of("target/rollout-balanced.html")));
  }

  @Test
  void rollsSixInTwoSetsWithSixReplicas() {
    Setting setting = Setting.parse(List.of("--sets=2", "--gate", "none", "--load", "10"));

    assertThat(setting)
        .isEqualTo(new Setting(6, 2, 10, Gate.NONE, Path.of("target/rollout-none.html")));
    assertThat(setting.replicationFactor()).isEqualTo(6);
    assertThat(setting.minIsr()).isEqualTo(3);
    assertThat(setting.setOf(2)).isZero();
    assertThat(setting.setOf(3)).isEqualTo(1);
  }

  @Test
  void hasThreeReplicasOfWhichTwoMustBeInSyncInOneSet() {
    Setting setting = Setting.parse(List.of("--brokers=5"));

    assertThat(setting.replicationFactor()).isEqualTo(3);
    assertThat(setting.minIsr()).isEqualTo(2);
  }

  @Test
  void reportsEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                Setting.parse(
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
            "there is no option '--speed'; choose from --brokers, --sets, --load, --gate, --output; --load is given twice; --brokers: must be an even number for two sets, got 5; --gate: must be startup, balanced, strict or none, got 'loose'; --output: must be a file, got ''; write for example --brokers 6 --sets 2 --load 300 --gate balanced --output target/rollout.html");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> Setting.parse(List.of("--brokers", "10", "--sets", "x", "--load")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--sets: must be a whole number from 1 to 2, got 'x'; --brokers: must be a whole number from 2 to 9, got '10'; --load: must be a whole number from 1 to 5000, got ''; ");
  }
}
