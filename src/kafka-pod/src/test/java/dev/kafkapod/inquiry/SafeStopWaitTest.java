package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits on a clock that goes on only when somebody waits. */
class SafeStopWaitTest {

  private static final Verdict YES = new Verdict.Yes("nothing breaks");
  private static final Verdict CANNOT_TELL = new Verdict.CannotTell(List.of("no answer in time"));
  private static final Verdict NO = new Verdict.No(List.of("under-min-ISR 1 (a-0)"));

  @Test
  void endsWithTheSecondOfTwoAnswersThatAreFarEnoughApart() {
    FakeStopWorld world = new FakeStopWorld(second -> YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.askedAt).containsExactly(0L, 6000L);
    assertThat(world.told)
        .containsExactly(
            "can stop: nothing breaks; asking once more, because another broker may have asked just now");
  }

  @Test
  void saysWhatItWaitsForWheneverThatChanges() {
    FakeStopWorld world =
        new FakeStopWorld(
            second ->
                second < 10
                    ? new Verdict.CannotTell(List.of("broker 2 is " + second + ".0 s behind"))
                    : second < 20 ? NO : YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.told)
        .containsExactly(
            "waiting: cannot tell: broker 2 is 0.0 s behind",
            "waiting: cannot stop: under-min-ISR 1 (a-0)",
            "can stop: nothing breaks; asking once more, because another broker may have asked just now");
  }

  /** Of two causes only people can tell whether they are the same with another number. */
  @Test
  void saysNowAndThenWhatItWaitsForWhereOnlyTheWordsChange() {
    FakeStopWorld world =
        new FakeStopWorld(
            second ->
                new Verdict.No(List.of("recovering its logs, %d are left".formatted(90 - second))));

    world.wait("60s");

    assertThat(world.told)
        .hasSizeBetween(3, 6)
        .first(InstanceOfAssertFactories.STRING)
        .isEqualTo("waiting: cannot stop: recovering its logs, 90 are left");
  }

  @Test
  void saysAtOnceWhatElseIsConfiguredWrong() {
    FakeStopWorld world =
        new FakeStopWorld(
            second -> new Verdict.CannotTell(List.of(second < 5 ? "no /x" : "no /y")));
    world.wrong =
        second -> Optional.of(new Misconfigured("there is no file " + (second < 5 ? "/x" : "/y")));

    assertThatThrownBy(() -> world.wait("15s")).hasMessage("there is no file /y");
    assertThat(world.told)
        .containsExactly("waiting: cannot tell: no /x", "waiting: cannot tell: no /y");
  }

  /** An inquiry takes the most memory of all: it must not come every half second. */
  @Test
  void asksLessOftenWhileMemoryStaysShort() {
    FakeStopWorld world = new FakeStopWorld(second -> NO);
    world.shortage = second -> "answer";

    assertThatThrownBy(() -> world.wait("30s")).hasMessageContaining("Java heap space");
    assertThat(world.askedAt).startsWith(0L, 500L, 1500L, 3500L, 5500L).hasSizeLessThan(20);
  }

  @Test
  void aNoInBetweenMakesItBeginAnew() {
    FakeStopWorld world = new FakeStopWorld(second -> second == 6 ? NO : YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.askedAt).containsExactly(0L, 6000L, 8400L, 14_400L);
  }

  @Test
  void endsWithTheLastAnswerBeforeTheTimeIsOver() {
    FakeStopWorld world = new FakeStopWorld(second -> NO);

    assertThat(world.wait("15s").verdict()).isEqualTo(NO);
    assertThat(world.now).isEqualTo(15_000);
  }

  /** A machine may be suspended, with the answer already there. */
  @Test
  void aYesThatIsLookedAtTooLateIsNone() {
    FakeStopWorld world =
        new FakeStopWorld(second -> YES, second -> Duration.ofSeconds(second == 6 ? 60 : 0));

    assertThat(world.wait("300s").verdict()).isEqualTo(YES);
    assertThat(world.askedAt).hasSize(4).startsWith(0L, 6000L);
    assertThat(world.told)
        .contains(
            "waiting: cannot tell: this process stood still, and only 60.0 s after its question has it looked at the answer, which may be old");
  }

  @Test
  void aYesThatIsSaidOnceIsNone() {
    FakeStopWorld world = new FakeStopWorld(second -> second < 9 ? NO : YES);

    assertThat(world.wait("15s").line())
        .isEqualTo(
            "cannot tell: it was safe once, and --max-wait left no time to ask again: can stop: nothing breaks");
  }

  @Test
  void endsInTimeIfNobodyAnswers() {
    FakeStopWorld world = new FakeStopWorld(second -> null);

    assertThat(world.wait("15s").line()).isEqualTo("cannot tell: no answer within --max-wait");
    assertThat(world.now).isEqualTo(15_000);
  }

  @Test
  void keepsTheLastAnswerWhereTheTimeWasTooShortForAnother() {
    FakeStopWorld world =
        new FakeStopWorld(
            second -> second < 13 ? NO : CANNOT_TELL,
            second -> Duration.ofMillis(second < 13 ? 0 : 600));

    assertThat(world.wait("15s").verdict()).isEqualTo(NO);
    assertThat(world.askedAt).last().satisfies(it -> assertThat(it).isBetween(13_000L, 15_000L));
    assertThat(world.told).containsExactly("waiting: cannot stop: under-min-ISR 1 (a-0)");
  }

  @Test
  void saysThatItCannotTellWhereThereWasTimeToFindOut() {
    FakeStopWorld world = new FakeStopWorld(second -> second < 5 ? NO : CANNOT_TELL);

    assertThat(world.wait("30s").verdict()).isEqualTo(CANNOT_TELL);
  }

  @Test
  void saysWhyItCannotTellIfThatIsAllItEverHeard() {
    FakeStopWorld world = new FakeStopWorld(second -> CANNOT_TELL);

    assertThat(world.wait("15s").verdict()).isEqualTo(CANNOT_TELL);
  }

  @Test
  void aYesThatNobodyConfirmsInTimeIsNone() {
    FakeStopWorld world = new FakeStopWorld(second -> second < 5 ? YES : null);

    assertThat(world.wait("15s").line())
        .isEqualTo(
            "cannot tell: it was safe once, and --max-wait left no time to ask again: can stop: nothing breaks");
  }

  @Test
  void letsGoWhileItPausesAsSoonAsSomebodySaysSo() {
    FakeStopWorld world = new FakeStopWorld(second -> NO);
    world.letGoAtMillis = 3000;

    assertThat(world.wait("60s").line()).isEqualTo("can stop: not waited for: INC-4711");
    assertThat(world.now).isBetween(3000L, 3500L);
  }

  @Test
  void letsGoWhileNobodyAnswersAsSoonAsSomebodySaysSo() {
    FakeStopWorld world = new FakeStopWorld(second -> null);
    world.letGoAtMillis = 700;

    assertThat(world.wait("60s").verdict()).isInstanceOf(Verdict.Yes.class);
    assertThat(world.now).isBetween(700L, 1200L);
  }

  @Test
  void goesOnAskingUntilTheTimeIsOverHoweverSlowTheAnswersAre() {
    FakeStopWorld world = new FakeStopWorld(second -> CANNOT_TELL, second -> Duration.ofSeconds(8));

    assertThat(world.wait("40s").verdict()).isEqualTo(CANNOT_TELL);
    assertThat(world.now).isEqualTo(40_000);
    assertThat(world.askedAt).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void hearsAYesThatComesLateAfterSlowAnswers() {
    FakeStopWorld world =
        new FakeStopWorld(
            second -> second < 20 ? CANNOT_TELL : YES,
            second -> Duration.ofMillis(second < 20 ? 8000 : 300));

    assertThat(world.wait("30s").verdict()).isEqualTo(YES);
  }

  @Test
  void asksNobodyAtTheVeryEndAndStillWaitsForIt() {
    FakeStopWorld world = new FakeStopWorld(second -> NO, second -> Duration.ofMillis(14_700));

    assertThat(world.wait("15s").verdict()).isEqualTo(NO);
    assertThat(world.askedAt).containsExactly(0L);
    assertThat(world.now).isEqualTo(15_000);
  }

  @Test
  void whatMayHealIsAskedAgainAndIsTheLastWordIfItDoesNot() {
    FakeStopWorld world = new FakeStopWorld(second -> CANNOT_TELL);
    world.wrong = second -> Optional.of(new Misconfigured("there is no file /x"));

    assertThatThrownBy(() -> world.wait("15s")).hasMessage("there is no file /x");
    assertThat(world.now).isEqualTo(15_000);
  }

  @Test
  void whatHasHealedCountsNoMore() {
    FakeStopWorld world = new FakeStopWorld(second -> second < 10 ? CANNOT_TELL : YES);
    world.wrong =
        second ->
            second < 10 ? Optional.of(new Misconfigured("there is no file /x")) : Optional.empty();

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
  }

  /** It is short wherever this thread happens to need some while another one asks. */
  @ParameterizedTest
  @ValueSource(strings = {"ask", "answer", "letGo", "tell"})
  void memoryThatIsShortForAWhileDoesNotEndIt(String who) {
    FakeStopWorld world = new FakeStopWorld(second -> second < 8 ? NO : YES);
    world.shortage = second -> second >= 2 && second < 7 ? who : "";

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.yesAt).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ask", "answer", "letGo"})
  void memoryThatStaysShortIsNamedWhenTheTimeIsOver(String who) {
    FakeStopWorld world = new FakeStopWorld(second -> NO);
    world.shortage = second -> second >= 2 ? who : "";

    assertThatThrownBy(() -> world.wait("15s")).hasMessageContaining("Java heap space");
    assertThat(world.now).isEqualTo(15_000);
  }

  @Test
  void aYesFromBeforeMemoryWasShortIsNotConfirmedByOneAfter() {
    FakeStopWorld world = new FakeStopWorld(second -> YES);
    world.shortage = second -> second == 4 ? "letGo" : "";

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.yesAt).containsExactly(0L, 4500L, 5000L, 11_000L);
  }
}
