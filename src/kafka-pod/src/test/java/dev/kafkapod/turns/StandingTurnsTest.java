package dev.kafkapod.turns;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StandingTurnsTest {

  private static final Duration TEN = Duration.ofSeconds(10);

  private static StandingTurns after(Duration elapsed, LoggedEntry... records) {
    Instant now = NOW.plus(elapsed);
    return StandingTurns.of(
        TurnQueue.EMPTY.then(List.of(records)), new QueueClock(now, now, Map.of()));
  }

  @Test
  void countsWhoAsksAndWhoGoes() {
    StandingTurns turns =
        after(TEN, aRequest(1).goes().at(0), aRequest(2).at(1), aRequest(3).letGo().at(2));

    assertThat(turns.asking()).isEqualTo(1);
    assertThat(turns.going()).isEqualTo(2);
  }

  @Test
  void whoAsksWaitsOnAndWhoGoesHasWaited() {
    StandingTurns turns = after(TEN, aRequest(1).goes().at(0), aRequest(2).at(1));

    assertThat(turns.turns())
        .extracting(StandingTurns.Turn::waited)
        .containsExactly(Duration.ofSeconds(40), Duration.ofSeconds(50));
    assertThat(turns.longestWait()).isEqualTo(Duration.ofSeconds(50));
    assertThat(turns.after(TEN).longestWait()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void nobodyWhoAsksHasWaited() {
    assertThat(after(TEN, aRequest(1).goes().at(0)).longestWait()).isZero();
    assertThat(StandingTurns.NONE.longestWait()).isZero();
  }

  @Test
  void whatIsOverIsNotInIt() {
    assertThat(after(Duration.ofSeconds(59), aRequest(1).at(0)).turns()).hasSize(1);
    assertThat(after(Duration.ofSeconds(60), aRequest(1).at(0)).turns()).isEmpty();
  }

  @Test
  void whatEndsAfterTheReadingIsNotInItThen() {
    StandingTurns turns = after(TEN, aRequest(1).at(0), aRequest(2).goes().at(1));

    assertThat(turns.after(Duration.ofSeconds(49)).turns()).hasSize(2);
    assertThat(turns.after(Duration.ofSeconds(50)).turns()).hasSize(1);
    assertThat(turns.after(Duration.ofMinutes(6)).turns()).isEmpty();
  }

  @Test
  void whoGoesCountsUntilItsRecordIsOver() {
    assertThat(after(TEN, aRequest(1).goes().at(0)).turns().get(0).until())
        .isEqualTo(NOW.plusSeconds(360));
  }

  @Test
  void whoAsksWaitsUntilItsOwnEnd() {
    assertThat(after(TEN, aRequest(1).at(0)).turns().get(0).until())
        .isEqualTo(NOW.plusSeconds(3600));
  }

  @Test
  void clocksThatAreWrongMakeNoWaitNegativeOrEndless() {
    assertThat(after(TEN, aRequest(1).since(NOW.plusSeconds(5)).at(0)).longestWait())
        .isEqualTo(TEN);
    assertThat(after(TEN, aRequest(1).since(Instant.MIN).at(0)).longestWait())
        .isEqualTo(Duration.ofDays(366).plus(TEN));
    assertThat(
            after(TEN, aRequest(1).since(Instant.MIN).written(Instant.MAX).at(0))
                .turns()
                .get(0)
                .left())
        .isEqualTo(Duration.ofMinutes(1));
  }

  private static LoggedEntry aTearDown() {
    return new LoggedEntry(
        0, NOW, new TurnEntry.TearDown("id", "jane", "moving", NOW, Duration.ofMinutes(1)));
  }

  @Test
  void aTearDownHoldsUntilItIsOver() {
    StandingTurns turns = after(TEN, aTearDown());

    assertThat(turns.tearDown()).isPresent();
    assertThat(turns.tearDown().get().left()).isEqualTo(Duration.ofSeconds(50));
    assertThat(turns.tearDown().get().until()).isEqualTo(NOW.plusSeconds(60));
    assertThat(turns.after(Duration.ofSeconds(49)).tearDown()).isPresent();
    assertThat(turns.after(Duration.ofSeconds(50)).tearDown()).isEmpty();
    assertThat(after(Duration.ofSeconds(60), aTearDown()).tearDown()).isEmpty();
  }

  @Test
  void aTearDownThatWasTakenBackIsOver() {
    assertThat(
            after(
                    TEN,
                    aTearDown(),
                    new LoggedEntry(
                        1, NOW, new TurnEntry.NoTearDown("jane", Optional.of("INC-1 it stays"))))
                .tearDown())
        .isEmpty();
  }

  @Test
  void whatCannotBeReadCountsForAQuarterOfAnHour() {
    LoggedEntry unreadable =
        new LoggedEntry(0, NOW, new TurnEntry.UnreadableRecord(OptionalInt.of(7), "no JSON"));

    StandingTurns turns = after(Duration.ofMinutes(14), unreadable);

    assertThat(turns.unreadable())
        .containsExactly(
            new StandingTurns.Unread(
                new TurnEntry.UnreadableRecord(OptionalInt.of(7), "no JSON"),
                Duration.ofMinutes(1)));
    assertThat(turns.after(Duration.ofMinutes(1)).unreadable()).isEmpty();
    assertThat(after(Duration.ofMinutes(15), unreadable).unreadable()).isEmpty();
  }
}
