package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.Confirmation;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** When a waiting ends, whatever is answered and however long that takes. */
class SafeStopWaitPropertyTest {

  private static final Verdict YES = new Verdict.Yes("nothing breaks");
  private static final Verdict NO = new Verdict.No(List.of("under-min-ISR 1 (a-0)"));
  private static final Verdict CANNOT_TELL = new Verdict.CannotTell(List.of("no answer in time"));

  /** Longer than the tests wait from one second's answer to the last. */
  private static final int LONGEST_WAIT_S = 120;

  /**
   * What a question that is put at a second meets.
   *
   * @param verdict null where nobody answers
   */
  record Moment(Verdict verdict, int millis) {}

  @Provide
  Arbitrary<List<Moment>> moments() {
    return Combinators.combine(
            Arbitraries.of(YES, NO, CANNOT_TELL).injectNull(0.1),
            Arbitraries.integers().between(0, 12_000))
        .as(Moment::new)
        .list()
        .ofSize(LONGEST_WAIT_S + 1);
  }

  @Property(tries = 2000)
  void endsWhenTheTimeIsOverAndNoSoonerUnlessItHasHeardTwoYes(
      @ForAll("moments") List<Moment> moments,
      @ForAll @IntRange(min = 15, max = LONGEST_WAIT_S) int maxWait,
      @ForAll @DoubleRange(min = 0, max = 1) double chance) {
    FakeStopWorld world =
        new FakeStopWorld(
            second -> moments.get((int) second).verdict(),
            second -> Duration.ofMillis(moments.get((int) second).millis()));
    world.chance = chance;

    StopReport report = world.wait(maxWait + "s");

    if (report.verdict() instanceof Verdict.Yes) {
      assertThat(world.now).isLessThanOrEqualTo(maxWait * 1000L);
      List<Long> yes = world.yesAt.subList(world.yesAt.size() - 2, world.yesAt.size());
      assertThat(yes.get(1) - yes.get(0)).isGreaterThanOrEqualTo(Confirmation.APART.toMillis());
    } else {
      assertThat(world.now).isEqualTo(maxWait * 1000L);
    }
  }

  /** From when on a yes that comes quickly is confirmed: two quick answers, and 5 s between. */
  private static final int LAST_CHANCE_MS = 9000;

  @Property(tries = 2000)
  void hearsEveryYesThatBeginsEarlyEnoughForTwoQuestions(
      @ForAll @IntRange(max = 1000) int quick,
      @ForAll @IntRange(min = 15, max = LONGEST_WAIT_S) int maxWait,
      @ForAll @DoubleRange(min = 0, max = 1) double chance) {
    long from = (maxWait * 1000L - LAST_CHANCE_MS) / 1000;
    FakeStopWorld world =
        new FakeStopWorld(second -> second < from ? NO : YES, second -> Duration.ofMillis(quick));
    world.chance = chance;

    assertThat(world.wait(maxWait + "s").verdict()).isEqualTo(YES);
  }
}
