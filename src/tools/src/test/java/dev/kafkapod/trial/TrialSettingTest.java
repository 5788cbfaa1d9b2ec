package dev.kafkapod.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.trial.TrialSetting.Faults;
import dev.kafkapod.trial.TrialSetting.Kind;
import dev.kafkapod.trial.TrialSetting.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialSettingTest {

  @Test
  void triesTenPairsOfBrokersByDefault() {
    assertThat(TrialSetting.parse(List.of("--seed=7")))
        .isEqualTo(new TrialSetting(10, 0, 0, 3, 2, Kind.BROKERS, true, Faults.NONE, 1, 7));
    assertThat(TrialSetting.parse(List.of("--triples=2")).pairs()).isZero();
  }

  @Test
  void drawsTheSameRoundsFromTheSameSeed() {
    List<String> args = List.of("--pairs=20", "--triples=5", "--replication-factor=4", "--seed=7");
    List<Plan> plans = TrialSetting.parse(args).plans();

    assertThat(plans).isEqualTo(TrialSetting.parse(args).plans()).hasSize(25);
    assertThat(plans).extracting(Plan::number).startsWith(1, 2, 3).doesNotHaveDuplicates();
    assertThat(plans).filteredOn(it -> it.stops() == 3).hasSize(5);
    assertThat(plans)
        .allSatisfy(
            plan -> {
              assertThat(plan.order()).containsExactlyInAnyOrder(0, 1, 2, 3);
              assertThat(plan.faultAfter())
                  .isBetween(Duration.ofMillis(500), Duration.ofSeconds(7));
            });
  }

  @Test
  void stopsControllersOfAQuorumOfThree() {
    assertThat(TrialSetting.parse(List.of("--kind=controllers")).nodes())
        .containsExactly(100, 101, 102);
  }

  @Test
  void saysTheCommandThatDoesItAgain() {
    List<String> args =
        List.of(
            "--pairs=2",
            "--kind=controllers",
            "--faults=leader-kill",
            "--turns=off",
            "--clusters=2",
            "--seed=7");

    assertThat(TrialSetting.parse(args).command())
        .isEqualTo(
            "scripts/turns-trial --pairs 2 --triples 0 --lone 0 --replication-factor 3 --min-isr 2"
                + " --kind controllers --turns off --faults leader-kill --clusters 2 --seed 7");
  }

  @Test
  void reportsEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                TrialSetting.parse(
                    List.of(
                        "--pairs=-1",
                        "--triples=1",
                        "--min-isr=3",
                        "--kind=zookeeper",
                        "--turns=maybe",
                        "--faults=leader-stop",
                        "--speed=2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no option '--speed'; choose from --pairs, --triples, --lone, --replication-factor, --min-isr, --kind, --turns, --faults, --clusters, --seed;"
                + " --pairs: must be a whole number from 0 to 1000, got '-1';"
                + " --kind: must be brokers or controllers, got 'zookeeper';"
                + " --turns: must be on or off, got 'maybe';"
                + " --min-isr: must be less than the replication factor, 3, because each partition is without one replica while its broker restarts, got 3;"
                + " --triples: three brokers can't stop while a fourth is disturbed if there are three; write --replication-factor 4;"
                + " write for example --pairs 20 --triples 5 --replication-factor 4 --min-isr 2 --turns on --faults none --clusters 2");
    assertThatThrownBy(() -> TrialSetting.parse(List.of("--pairs=0")))
        .hasMessageStartingWith("--pairs, --triples, --lone: one of them must be more than 0; ");
  }
}
