package dev.kafkapod.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnStepTest {

  @ParameterizedTest
  @CsvSource({
    "false, NO, false, WAIT",
    "false, CANNOT_TELL, false, WAIT",
    "false, NO, true, WAIT",
    "false, YES, false, GO",
    "false, YES, true, GO",
    "true, NO, false, TAKE_BACK",
    "true, NO, true, TAKE_BACK",
    "true, CANNOT_TELL, true, WAIT",
    "true, YES, false, CONFIRM",
    "true, YES, true, LET_GO"
  })
  void onlyASecondYesWithTheSameLockLetsGo(
      boolean goes, Verdict.Kind verdict, boolean saidBefore, TurnStep step) {
    assertThat(TurnStep.next(goes, verdict, saidBefore)).isEqualTo(step);
  }
}
