package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionTest {

  @Test
  void isListedInTheOrderOfTheDocumentedTable() {
    assertThat(Condition.optionNames())
        .containsExactly(
            "broker-state",
            "listener",
            "fenced",
            "log-dir",
            "offline",
            "under-min-isr",
            "at-min-isr",
            "out-of-sync",
            "under-replicated",
            "quorum",
            "at-min-quorum");
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsOptionName(Condition condition) {
    assertThat(Condition.named(condition.optionName())).contains(condition);
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThat(Condition.named("AT_MIN_ISR")).isEmpty();
  }

  @Test
  void countsPartitionsWhereAThresholdMakesSense() {
    assertThat(Arrays.stream(Condition.values()).filter(Condition::countsPartitions))
        .containsExactly(
            Condition.OFFLINE,
            Condition.UNDER_MIN_ISR,
            Condition.AT_MIN_ISR,
            Condition.OUT_OF_SYNC,
            Condition.UNDER_REPLICATED);
  }

  @Test
  void saysInOnePhraseWhenItHolds() {
    assertThat(Condition.FENCED.meaning()).isEqualTo("the controller has fenced this broker");
  }
}
