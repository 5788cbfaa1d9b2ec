package dev.kafkapod.common;

import static dev.kafkapod.readiness.Judging.cannotTell;
import static dev.kafkapod.readiness.Judging.no;
import static dev.kafkapod.readiness.Judging.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void yesSaysWhatItRestsOn() {
    assertThat(yes("broker 1, 3 brokers").summary()).isEqualTo("broker 1, 3 brokers");
  }

  @Test
  void noListsItsReasonsAsOneSentence() {
    assertThat(no("offline 1 (orders-0)", "at-min-ISR 1 (orders-1)").summary())
        .isEqualTo("offline 1 (orders-0), at-min-ISR 1 (orders-1)");
  }

  @Test
  void cannotTellListsItsCausesAsSentencesOfTheirOwn() {
    assertThat(cannotTell("the broker gave no answer in time", "no controller answers").summary())
        .isEqualTo("the broker gave no answer in time; no controller answers");
  }

  @Test
  void noNeedsAReason() {
    assertThatThrownBy(() -> no())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a verdict other than yes needs a reason");
  }

  @Test
  void cannotTellNeedsACause() {
    assertThatThrownBy(() -> cannotTell())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a verdict other than yes needs a reason");
  }

  @Test
  void keepsItsOwnCopyOfTheReasons() {
    List<String> reasons = new ArrayList<>(List.of("broker state RECOVERY"));
    Verdict verdict = new Verdict.No(reasons);

    reasons.add("listener closed");

    assertThat(verdict.summary()).isEqualTo("broker state RECOVERY");
  }

  @Test
  void aNoteFollowsAYesInParentheses() {
    Verdict noted = new Verdict.Yes("in order").noting("for now");

    assertThat(noted).isEqualTo(new Verdict.Yes("in order", List.of("for now")));
    assertThat(noted.noting("or not").line("ready"))
        .isEqualTo("ready: in order (for now) (or not)");
    assertThat(noted.noting("or not").summary()).isEqualTo("in order (for now) (or not)");
    assertThat(noted.isYes()).isTrue();
    assertThat(noted.reasons()).isEmpty();
  }

  @Test
  void aNoteMayBeAllThereIsToSayOfAYes() {
    assertThat(Verdict.Yes.noted("for now").line("ready")).isEqualTo("ready (for now)");
    assertThat(Verdict.Yes.noted("for now").summary()).isEqualTo("(for now)");
    assertThatThrownBy(() -> new Verdict.Yes("")).isInstanceOf(IllegalArgumentException.class);
  }

  /** What a summary begins with decides nothing. */
  @Test
  void aParenthesisIsNoNote() {
    assertThat(new Verdict.Yes("(so far)").line("ready")).isEqualTo("ready: (so far)");
    assertThat(new Verdict.No(List.of("(none) is no listener")).line("not ready"))
        .isEqualTo("not ready: (none) is no listener");
  }

  @Test
  void aNoteIsOneMoreReasonOfANo() {
    Verdict noted = new Verdict.No(List.of("fenced")).noting("for now");

    assertThat(noted).isEqualTo(new Verdict.No(List.of("fenced", "for now")));
    assertThat(noted.isNo()).isTrue();
    assertThat(noted.reasons()).containsExactly("fenced", "for now");
  }

  @Test
  void aNoteMakesNoAnswerOfWhatNobodyCanTell() {
    Verdict noted = new Verdict.CannotTell(List.of("silent")).noting("for now");

    assertThat(noted).isEqualTo(new Verdict.CannotTell(List.of("silent", "for now")));
    assertThat(noted.isUnknown()).isTrue();
    assertThat(noted.isYes()).isFalse();
    assertThat(noted.reasons()).containsExactly("silent", "for now");
  }
}
