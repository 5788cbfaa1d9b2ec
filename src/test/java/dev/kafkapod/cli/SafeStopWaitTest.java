package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.StopAssessment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Waits on a clock that goes on only when somebody waits. */
class SafeStopWaitTest {

  private static final Verdict YES = new Verdict.Yes("nothing breaks");
  private static final Verdict CANNOT_TELL = new Verdict.CannotTell(List.of("no answer in time"));
  private static final Verdict NO = new Verdict.No(List.of("under-min-ISR 1 (a-0)"));

  @Test
  void endsWithTheSecondOfTwoAnswersThatAreFarEnoughApart() {
    World world = new World(second -> YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.askedAt).containsExactly(0L, 6000L);
    assertThat(world.told)
        .containsExactly(
            "can stop: nothing breaks; asking once more, for another broker may have asked just now");
  }

  @Test
  void saysWhatItWaitsForWheneverThatChanges() {
    World world =
        new World(
            second ->
                second < 10
                    ? new Verdict.CannotTell(List.of("broker 2 is " + second + ".0 s behind"))
                    : second < 20 ? NO : YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.told)
        .containsExactly(
            "waiting: cannot tell: broker 2 is 0.0 s behind",
            "waiting: cannot stop: under-min-ISR 1 (a-0)",
            "can stop: nothing breaks; asking once more, for another broker may have asked just now");
  }

  @Test
  void aNoInBetweenMakesItBeginAnew() {
    World world = new World(second -> second == 6 ? NO : YES);

    assertThat(world.wait("60s").verdict()).isEqualTo(YES);
    assertThat(world.askedAt).containsExactly(0L, 6000L, 8400L, 14_400L);
  }

  @Test
  void endsWithTheLastAnswerBeforeTheTimeIsOver() {
    World world = new World(second -> NO);

    assertThat(world.wait("15s").verdict()).isEqualTo(NO);
    assertThat(world.now).isBetween(12_000L, 15_000L);
  }

  @Test
  void aYesThatIsSaidOnceIsNone() {
    World world = new World(second -> second < 9 ? NO : YES);

    assertThat(world.wait("15s").line())
        .isEqualTo(
            "cannot tell: it was safe once, and --max-wait left no time to ask again: can stop: nothing breaks");
  }

  @Test
  void endsInTimeIfNobodyAnswers() {
    World world = new World(second -> null);

    assertThat(world.wait("15s").line())
        .isEqualTo("cannot tell: nobody has answered within --max-wait");
    assertThat(world.now).isEqualTo(15_000);
  }

  @Test
  void keepsTheLastAnswerWhereTheTimeWasTooShortForAnother() {
    World world = new World(second -> second < 14 ? NO : CANNOT_TELL);

    assertThat(world.wait("15s").verdict()).isEqualTo(NO);
    assertThat(world.askedAt).contains(14_400L);
    assertThat(world.told).containsExactly("waiting: cannot stop: under-min-ISR 1 (a-0)");
  }

  @Test
  void saysThatItCannotTellWhereThereWasTimeToFindOut() {
    World world = new World(second -> second < 5 ? NO : CANNOT_TELL);

    assertThat(world.wait("30s").verdict()).isEqualTo(CANNOT_TELL);
  }

  @Test
  void saysWhyItCannotTellIfThatIsAllItEverHeard() {
    World world = new World(second -> CANNOT_TELL);

    assertThat(world.wait("15s").verdict()).isEqualTo(CANNOT_TELL);
  }

  @Test
  void aYesThatNobodyConfirmsInTimeIsNone() {
    World world = new World(second -> second < 5 ? YES : null);

    assertThat(world.wait("15s").line())
        .isEqualTo(
            "cannot tell: it was safe once, and --max-wait left no time to ask again: can stop: nothing breaks");
  }

  @Test
  void letsGoWhileItPausesAsSoonAsSomebodySaysSo() {
    World world = new World(second -> NO);
    world.letGoAtMillis = 3000;

    assertThat(world.wait("60s").line()).isEqualTo("can stop: not waited for: INC-4711");
    assertThat(world.now).isBetween(3000L, 3500L);
  }

  @Test
  void letsGoWhileNobodyAnswersAsSoonAsSomebodySaysSo() {
    World world = new World(second -> null);
    world.letGoAtMillis = 700;

    assertThat(world.wait("60s").verdict()).isInstanceOf(Verdict.Yes.class);
    assertThat(world.now).isBetween(700L, 1200L);
  }

  /** Answers at once with what is true at that second, or never with null. */
  private static final class World implements SafeStopWait.World {

    private final LongFunction<Verdict> truth;
    private final List<Long> askedAt = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long letGoAtMillis = Long.MAX_VALUE;
    private long now;

    World(LongFunction<Verdict> truth) {
      this.truth = truth;
    }

    StopReport wait(String seconds) {
      Duration maxWait = Duration.parse("PT" + seconds);
      return new SafeStopWait(this, "await-safe-stop", maxWait, Duration.ofSeconds(8)).end();
    }

    @Override
    public SafeStopWait.Asked ask(Duration atMost) {
      askedAt.add(now);
      Verdict verdict = truth.apply(now / 1000);
      return time -> {
        if (verdict == null) {
          now += time.toMillis();
          return Optional.empty();
        }
        StopAssessment stop = new StopAssessment(verdict, Optional.empty());
        return Optional.of(
            new StopReport("await-safe-stop", stop.verdict(), List.of(), false, List.of()));
      };
    }

    @Override
    public Optional<String> letGo() {
      return now >= letGoAtMillis ? Optional.of("INC-4711") : Optional.empty();
    }

    @Override
    public void sleep(Duration time) {
      now += time.toMillis();
    }

    @Override
    public long nanoTime() {
      return now * 1_000_000;
    }

    @Override
    public double chance() {
      return 0.2;
    }

    @Override
    public void tell(String line) {
      told.add(line);
    }
  }
}
