package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.Holds;
import dev.kafkapod.readiness.Finding.HoldsFor;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionResultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | at-min-ISR 1 (orders-0)",
        "3 | at-min-ISR 3 (orders-0, orders-1, orders-2)",
        "4 | at-min-ISR 4 (orders-0, orders-1, orders-2, …)",
        "12 | at-min-ISR 12 (orders-0, orders-1, orders-2, …)"
      })
  void namesAtMostThreePartitions(int count, String description) {
    assertThat(result(Condition.AT_MIN_ISR, partitions(count)).describe()).isEqualTo(description);
  }

  @Test
  void describesWhatHoldsByItsDetail() {
    assertThat(result(Condition.BROKER_STATE, new Holds("RECOVERY")).describe())
        .isEqualTo("broker state RECOVERY");
  }

  @Test
  void describesWhatDoesNotHoldAsNone() {
    assertThat(result(Condition.OFFLINE, new Clear()).describe()).isEqualTo("offline 0");
  }

  @Test
  void countsPartitions() {
    assertThat(result(Condition.OFFLINE, partitions(2)).count()).isEqualTo(2);
  }

  @Test
  void countsOneForWhatHoldsWithoutPartitions() {
    assertThat(result(Condition.LOG_DIR, new Holds("2")).count()).isEqualTo(1);
  }

  @Test
  void countsNothingOfWhatIsNotKnown() {
    assertThat(result(Condition.LOG_DIR, new Unknown("no JMX")).count()).isZero();
  }

  @Test
  void listsThePartitionsThatItHoldsFor() {
    assertThat(result(Condition.OFFLINE, partitions(2)).partitions())
        .extracting(PartitionState::name)
        .containsExactly("orders-0", "orders-1");
  }

  @Test
  void listsNoPartitionsOfWhatHasNone() {
    assertThat(result(Condition.LOG_DIR, new Holds("2")).partitions()).isEmpty();
  }

  @Test
  void holdsWhetherOrNotItCounts() {
    assertThat(new ConditionResult(Condition.LOG_DIR, Gate.OFF, false, 0, new Holds("2")).holds())
        .isTrue();
  }

  @Test
  void doesNotHoldForAProcessThatItHasNoMeaningFor() {
    assertThat(result(Condition.QUORUM, new NotApplicable("no controller")).holds()).isFalse();
  }

  @ParameterizedTest(name = "in force {0}, threshold {1}, {2} partitions: blocks {3}")
  @CsvSource({
    "true,  0, 1, true",
    "true,  1, 1, false",
    "true,  1, 2, true",
    "true,  2, 1, false",
    "false, 0, 1, false",
    "false, 1, 2, false"
  })
  void blocksBeyondItsThresholdWhileInForce(
      boolean inForce, int threshold, int count, boolean blocks) {
    ConditionResult result =
        new ConditionResult(Condition.OFFLINE, Gate.STARTUP, inForce, threshold, partitions(count));

    assertThat(result.blocks()).isEqualTo(blocks);
  }

  @Test
  void isUnknownWhileInForceAndNobodyCanTell() {
    assertThat(result(Condition.OFFLINE, new Unknown("no cluster")).isUnknown()).isTrue();
  }

  @Test
  void isNotUnknownOnceItNoLongerCounts() {
    ConditionResult result =
        new ConditionResult(Condition.OFFLINE, Gate.STARTUP, false, 0, new Unknown("no cluster"));

    assertThat(result.isUnknown()).isFalse();
  }

  @Test
  void isUnknownWhileItMayHoldForMorePartitionsThanAllowed() {
    assertThat(upTo(2, partlySeen(2)).isUnknown()).isTrue();
  }

  @Test
  void isNotUnknownOnceItHoldsForMorePartitionsThanAllowed() {
    assertThat(upTo(1, partlySeen(2)).isUnknown()).isFalse();
  }

  @Test
  void saysWhyItMayHoldForMorePartitions() {
    assertThat(upTo(2, partlySeen(2)).unknownBecause()).contains("topics are hidden");
  }

  @Test
  void saysWhyNobodyCanTell() {
    assertThat(result(Condition.OFFLINE, new Unknown("no cluster")).unknownBecause())
        .contains("no cluster");
  }

  @Test
  void hasNoDoubtAboutWhatWasSeenCompletely() {
    assertThat(upTo(2, partitions(2)).unknownBecause()).isEmpty();
  }

  @Test
  void hasNoDoubtAboutWhatHoldsWithoutPartitions() {
    assertThat(result(Condition.LOG_DIR, new Holds("2")).unknownBecause()).isEmpty();
  }

  private static ConditionResult upTo(int threshold, Finding finding) {
    return new ConditionResult(Condition.OFFLINE, Gate.ALWAYS, true, threshold, finding);
  }

  private static Finding partlySeen(int count) {
    return partitions(count).incomplete("topics are hidden");
  }

  @Test
  void isNotUnknownWhenItIsClear() {
    assertThat(result(Condition.OFFLINE, new Clear()).isUnknown()).isFalse();
  }

  private static ConditionResult result(Condition condition, Finding finding) {
    return new ConditionResult(condition, Gate.ALWAYS, true, 0, finding);
  }

  private static Finding partitions(int count) {
    List<PartitionState> partitions =
        IntStream.range(0, count).mapToObj(i -> aPartition("orders", i).build()).toList();
    return new HoldsFor(partitions);
  }
}
