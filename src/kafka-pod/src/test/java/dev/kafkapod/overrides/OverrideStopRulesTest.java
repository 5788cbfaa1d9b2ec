package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.inForce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an override makes of a verdict on a stop. */
class OverrideStopRulesTest {

  private static final Verdict YES = new Verdict.Yes("nothing breaks");
  private static final Verdict NO = new Verdict.No(List.of("under-min-ISR 1 (orders-0)"));
  private static final Verdict UNKNOWN = new Verdict.CannotTell(List.of("no controller answers"));

  private static Verdict ofStop(Verdict verdict, String... override) {
    return OverrideRules.ofStop(inForce(override).inForce().orElseThrow(), verdict);
  }

  @Test
  void makesAYesOfWhatTheClusterCannotTellIfToldToIgnoreThat() {
    assertThat(ofStop(UNKNOWN, "ignore", "unknown"))
        .isEqualTo(
            new Verdict.Yes(
                "override until 18:00Z by jane: INC-4711; ignores unknown; hides: unknown: no controller answers"));
  }

  @Test
  void leavesWhatIsKnownAsItIs() {
    assertThat(ofStop(NO, "ignore", "unknown")).isEqualTo(NO);
    assertThat(ofStop(YES, "ignore", "unknown")).isEqualTo(YES);
  }

  @Test
  void takesConditionsForNothingThatAStopWouldDo() {
    String all = String.join(", ", Condition.optionNames());

    assertThat(ofStop(NO, "ignore", all)).isEqualTo(NO);
    assertThat(ofStop(UNKNOWN, "ignore", all)).isEqualTo(UNKNOWN);
  }
}
