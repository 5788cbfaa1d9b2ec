package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.override;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import org.junit.jupiter.api.Test;

/** Times are any numbers, and overflow between the judgements. */
class ClearSinceTest {

  private static final long BEGIN = Long.MAX_VALUE - 5;

  private final ClearSince clearSince = new ClearSince();
  private Assessment last;

  private void note(long time, ObservationBuilder observation) {
    last = ReadinessPolicy.of(GatePreset.BALANCED).assess(observation.build(), true);
    clearSince.note(last, BEGIN + time);
  }

  private long since(long time, String... words) {
    return clearSince.since(override(words), last, BEGIN + time) - BEGIN;
  }

  private static ObservationBuilder atMinIsr() {
    return anObservation().in(aCluster().with(aPartition("orders", 0).isr(1, 2)));
  }

  @Test
  void beginsWithTheFirstJudgementThatFindsNothing() {
    note(0, anObservation());
    note(10, anObservation());

    assertThat(since(10, "readiness", "evaluate")).isZero();
  }

  @Test
  void leavesOutWhatTheOverrideIgnores() {
    note(0, atMinIsr());
    note(10, atMinIsr());

    assertThat(since(10, "ignore", "at-min-isr")).isZero();
    assertThat(since(10, "ignore", "offline")).isEqualTo(10);
    assertThat(since(10, "ignore", "unknown")).isEqualTo(10);
  }

  @Test
  void beginsAnewAfterEachReasonThatCounts() {
    note(0, anObservation());
    note(5, anObservation().in(aCluster().with(aPartition("orders", 0).leaderless())));
    note(7, anObservation());
    note(10, anObservation());

    assertThat(since(10, "ignore", "at-min-isr")).isEqualTo(7);
  }

  @Test
  void takesWhatIsUnknownForAReasonUnlessThatIsIgnored() {
    note(0, anObservation());
    note(8, anObservation().clusterUnknown("nobody answers"));
    note(10, anObservation().clusterUnknown("nobody answers"));

    assertThat(since(10, "ignore", "at-min-isr")).isEqualTo(10);
    assertThat(since(10, "ignore", "unknown")).isZero();
  }

  @Test
  void forgetsEverythingWhereNobodyHasJudged() {
    note(0, anObservation());
    clearSince.clear();

    assertThat(since(10, "readiness", "evaluate")).isEqualTo(10);
    note(12, anObservation());
    assertThat(since(14, "readiness", "evaluate")).isEqualTo(12);
  }

  @Test
  void knowsNothingOfAnOverrideThatIgnoresEverything() {
    note(0, anObservation());

    assertThat(since(10, "ignore", String.join(", ", Condition.optionNames()))).isEqualTo(10);
  }
}
