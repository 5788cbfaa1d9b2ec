package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaLagTest {

  private static final long NOW = 1_750_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest(name = "a time {0} ms in the leader''s future: set back {1}")
  @CsvSource({"-100, false", "0, false", "500, false", "501, true", "3600000, true"})
  void noticesAClockThatWasSetBack(long ahead, boolean setBack) {
    Quorum quorum = quorum(leader(1000), replica(102, NOW + ahead, 1000));

    assertThat(quorum.clockSetBack())
        .isEqualTo(setBack ? Optional.of(Duration.ofMillis(ahead)) : Optional.empty());
    assertThat(quorum.isWorthAnotherLook()).isEqualTo(setBack);
  }

  @Test
  void noticesAClockThatWasSetBackByABrokersTimeToo() {
    Quorum quorum =
        new Quorum(101, 7, List.of(leader(1000)), List.of(replica(1, NOW + HOUR, 1000)));

    assertThat(quorum.clockSetBack()).contains(Duration.ofHours(1));
  }

  @Test
  void tellsNothingByTimesOnceTheClockWasSetBack() {
    // 103 died ten seconds before the clock was set back by nine
    Quorum quorum =
        quorum(leader(1000), replica(102, NOW + 9_000, 1000), replica(103, NOW - 1_000, 980));

    assertThat(lag(quorum, 102)).isEmpty();
    assertThat(lag(quorum, 103)).isEmpty();
    assertThat(lag(quorum, 101)).contains(Duration.ZERO);
    assertThat(quorum.hasMajorityWithin(Freshness.BROKER_LAG)).isFalse();
    assertThat(quorum.isToldByOffsets()).isFalse();
  }

  @ParameterizedTest(name = "it had {0} of 1000, has {1} of 1002: follows {2}")
  @CsvSource({
    "1000, 1002, true",
    "1000, 1001, true",
    "1000, 1000, false", // died with all of it
    "999,  1000, true",
    "999,  999,  false",
    "990,  999,  false", // fetches, but is behind
    "1000, -1,   false"
  })
  void tellsByOffsetsOnceTheClockWasSetBack(long then, long now, boolean follows) {
    Quorum before = quorum(leader(1000), replica(102, NOW + HOUR, then));
    Quorum quorum = quorum(leader(1002), replica(102, NOW + HOUR, now)).after(before, SECOND);

    assertThat(lag(quorum, 102)).isEqualTo(follows ? Optional.of(SECOND) : Optional.empty());
    assertThat(quorum.isToldByOffsets()).isTrue();
    assertThat(quorum.isWorthAnotherLook()).as("each time").isTrue();
  }

  @Test
  void tellsNothingByALogThatHasNotGrown() {
    Quorum before = quorum(leader(1000), replica(102, NOW + HOUR, 1000));
    Quorum quorum = before.after(before, SECOND);

    assertThat(lag(quorum, 102)).isEmpty();
    assertThat(quorum.isToldByOffsets()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"102, 7", "101, 8"})
  void tellsNothingByWhatAnotherLeaderSaid(int leader, long epoch) {
    List<Follower> then = List.of(leader(1000), replica(102, NOW + HOUR, 1000));
    Quorum quorum =
        quorum(leader(1002), replica(102, NOW + HOUR, 1002))
            .after(new Quorum(leader, epoch, then, List.of()), SECOND);

    assertThat(quorum.earlier()).isEmpty();
    assertThat(lag(quorum, 102)).isEmpty();
  }

  @Test
  void tellsNothingByALookThatWasJustBefore() {
    Quorum before = quorum(leader(1000), replica(102, NOW + HOUR, 1000));
    Quorum quorum =
        quorum(leader(1002), replica(102, NOW + HOUR, 1002)).after(before, Duration.ofMillis(899));

    assertThat(lag(quorum, 102)).isEmpty();
  }

  @Test
  void neverTakesTheOffsetsOfALostDiskForThoseOfTheNewOne() {
    Follower lost = disk("old", NOW + HOUR, 1000);
    Follower found = disk("new", NOW + HOUR, 1002);
    Quorum quorum = quorum(leader(1002), found).after(quorum(leader(1000), lost), SECOND);

    assertThat(quorum.lag(found)).isEmpty();
  }

  @Test
  void takesTheDeadForDeadThoughTheClockHasJustReachedTheirLastTime() {
    Quorum before = quorum(leader(1000), replica(102, NOW, 1000), replica(103, NOW, 900));
    Quorum quorum =
        quorum(leader(1010), replica(102, NOW, 1010), replica(103, NOW, 900))
            .after(before, Duration.ofSeconds(5));

    assertThat(quorum.clockSetBack()).isEmpty();
    assertThat(lag(quorum, 103)).isEmpty();
    assertThat(lag(quorum, 102)).contains(Duration.ZERO);
    assertThat(quorum.isWorthAnotherLook()).as("it has its second look").isFalse();
  }

  @Test
  void saysHowFarBehindTheDeadAreWhereTheClockTells() {
    Quorum before = quorum(leader(1000), replica(103, NOW - 6_000, 990));
    Quorum quorum =
        quorum(leader(1010), replica(103, NOW - 6_000, 990)).after(before, Duration.ofSeconds(5));

    assertThat(lag(quorum, 103)).contains(Duration.ofSeconds(6));
  }

  @Test
  void believesATimeWhileWhatIsMissingIsOnItsWay() {
    Quorum before = quorum(leader(1000), replica(102, NOW, 999), replica(103, NOW, 1000));
    Quorum quorum =
        quorum(leader(1010), replica(102, NOW - 3, 1000), replica(103, NOW - 900, 1000))
            .after(before, SECOND);

    assertThat(lag(quorum, 102)).contains(Duration.ofMillis(3));
    assertThat(lag(quorum, 103)).contains(Duration.ofMillis(900));
  }

  @ParameterizedTest(name = "{0} records behind, {1} ms ago: {2}")
  @CsvSource({
    "8,   0,    false",
    "9,   0,    true",
    "500, 5000, true",
    "500, 5001, false", // it isn't taken for caught up
    "0,   0,    false"
  })
  void looksAgainWhereWhoSeemsToHaveCaughtUpLacksMuch(long records, long ago, boolean again) {
    Quorum quorum = quorum(leader(1000), replica(102, NOW - ago, 1000 - records));

    assertThat(quorum.isWorthAnotherLook()).isEqualTo(again);
  }

  @Test
  void doesNotLookAgainForWhomTheLeaderHasNeverSeenCaughtUp() {
    Follower never = new Follower(102, Optional.empty(), OptionalLong.empty(), -1);

    assertThat(quorum(leader(1000), never).isWorthAnotherLook()).isFalse();
  }

  private static Optional<Duration> lag(Quorum quorum, int voter) {
    return quorum.voters().stream().filter(it -> it.id() == voter).findFirst().flatMap(quorum::lag);
  }

  private static Quorum quorum(Follower... voters) {
    return new Quorum(101, 7, Arrays.asList(voters), List.of());
  }

  private static Follower leader(long logEnd) {
    return replica(101, NOW, logEnd);
  }

  private static Follower replica(int id, long caughtUp, long logEnd) {
    return new Follower(id, Optional.empty(), OptionalLong.of(caughtUp), logEnd);
  }

  private static Follower disk(String directory, long caughtUp, long logEnd) {
    return new Follower(102, Optional.of(directory), OptionalLong.of(caughtUp), logEnd);
  }
}
