package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A quorum is played through, millisecond by millisecond, while its leader's clock is moved and
 * followers die; then it is looked at as the agent does, and as a command that asks once.
 */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class MovedClockPropertyTest {

  private static final int END = 60_000;
  private static final int RECORD_EVERY = 500;
  private static final int FETCH_EVERY = 40;
  private static final int NEVER = Integer.MAX_VALUE;

  /** What a voter may be behind. */
  private static final int LIMIT = 2_000;

  /**
   * After what time one look doubts a dead follower whose last time the clock has just reached:
   * that of eight records, and one on its way.
   */
  private static final int IN_DOUBT = 10 * RECORD_EVERY;

  /**
   * What happens.
   *
   * @param movedAt when the leader's clock is moved
   * @param by by how much, in milliseconds; negative is back
   * @param deaths when each follower dies
   */
  private record Story(int movedAt, int by, List<Integer> deaths) {}

  /** A follower as its leader knows it. */
  private static final class Known {
    private long caughtUp = -1;
    private long logEnd;
  }

  /** What the leader says at each of some moments, in order. */
  private static List<Quorum> play(Story story, List<Integer> moments) {
    List<Known> followers = new ArrayList<>();
    story.deaths().forEach(it -> followers.add(new Known()));
    List<Quorum> said = new ArrayList<>();
    long logEnd = 1;
    for (int time = 0; time <= END; time++) {
      long clock = 1_750_000_000_000L + time + (time >= story.movedAt() ? story.by() : 0);
      if (time % RECORD_EVERY == 0) {
        logEnd++;
      }
      for (int i = 0; i < followers.size(); i++) {
        Known it = followers.get(i);
        if (time < story.deaths().get(i) && (time + 7 * i) % FETCH_EVERY == 0) {
          // it fetches by what it has, and gets the rest; the next fetch shows that it has got it
          if (it.logEnd == logEnd) {
            it.caughtUp = Math.max(it.caughtUp, clock);
          }
          it.logEnd = logEnd;
        }
      }
      for (int moment : moments) {
        if (moment == time) {
          said.add(quorum(clock, logEnd, followers));
        }
      }
    }
    return said;
  }

  private static Quorum quorum(long clock, long logEnd, List<Known> followers) {
    List<Follower> voters = new ArrayList<>();
    voters.add(new Follower(0, Optional.empty(), OptionalLong.of(clock), logEnd));
    for (Known it : followers) {
      voters.add(
          new Follower(
              voters.size(),
              Optional.empty(),
              it.caughtUp < 0 ? OptionalLong.empty() : OptionalLong.of(it.caughtUp),
              it.logEnd));
    }
    return new Quorum(0, 1, voters, List.of());
  }

  /** As a command asks: once, and again a second later where that is worth it. */
  private static Quorum asked(Story story, int at) {
    List<Quorum> looks = play(story, List.of(at, at + 1_000));
    return looks.get(0).isWorthAnotherLook()
        ? looks.get(1).after(looks.get(0), Duration.ofSeconds(1))
        : looks.get(0);
  }

  /** As the agent asks: every five seconds, and once more where that is worth it. */
  private static Quorum watched(Story story, int at) {
    List<Quorum> looks = play(story, List.of(at - 5_000, at, at + 1_000));
    Quorum second = looks.get(1).after(looks.get(0), Duration.ofSeconds(5));
    return second.isWorthAnotherLook()
        ? looks.get(2).after(looks.get(1), Duration.ofSeconds(1))
        : second;
  }

  @Property
  void theDeadAreNeverTakenForCaughtUp(@ForAll("stories") Story story, @ForAll("moments") int at) {
    for (Quorum quorum : List.of(asked(story, at), watched(story, at))) {
      for (int i = 0; i < story.deaths().size(); i++) {
        Follower voter = quorum.voters().get(i + 1);
        if (at - story.deaths().get(i) > (story.by() < 0 ? IN_DOUBT : LIMIT + RECORD_EVERY)) {
          assertThat(quorum.isWithin(voter, Duration.ofMillis(LIMIT)))
              .as("%s of %s at %d ms", voter, story, at)
              .isFalse();
        }
      }
    }
  }

  @Property
  void theLivingAreAlwaysTakenForCaughtUp(
      @ForAll("stories") Story story, @ForAll("moments") int at) {
    for (Quorum quorum : List.of(asked(story, at), watched(story, at))) {
      for (int i = 0; i < story.deaths().size(); i++) {
        Follower voter = quorum.voters().get(i + 1);
        boolean alive = story.deaths().get(i) == NEVER;
        boolean justMoved = story.by() > 0 && at >= story.movedAt() && at - story.movedAt() < 600;
        if (alive && !justMoved) {
          assertThat(quorum.isWithin(voter, Duration.ofMillis(LIMIT)))
              .as("%s of %s at %d ms", voter, story, at)
              .isTrue();
        }
      }
    }
  }

  @Property
  void aClockThatGoesRightIsLookedAtOnce(@ForAll("moments") int at) {
    Story story = new Story(NEVER, 0, List.of(NEVER, NEVER));

    assertThat(play(story, List.of(at)).get(0).isWorthAnotherLook()).isFalse();
  }

  @Provide
  Arbitrary<Story> stories() {
    Arbitrary<Integer> deaths =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(NEVER)),
            Tuple.of(2, Arbitraries.integers().between(1_000, 50_000)));
    return Combinators.combine(
            Arbitraries.integers().between(1_000, 55_000),
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(-40_000, 0)),
                Tuple.of(1, Arbitraries.integers().between(-3_600_000, 3_600_000))),
            deaths.list().ofSize(2))
        .as(Story::new);
  }

  @Provide
  Arbitrary<Integer> moments() {
    return Arbitraries.integers().between(6_000, END - 1_000);
  }
}
