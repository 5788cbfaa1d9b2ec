package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnRequestsTest {

  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  private static final TurnClocks CLOCKS =
      new TurnClocks() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public Instant wall() {
          return TIME;
        }
      };

  private final OwnRequests own =
      new OwnRequests(
          new TurnTaking.Waiter(Optional::empty, "pod-1"),
          TIME,
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));
  private TurnQueue queue = TurnQueue.EMPTY;
  private long end;

  private TurnRequest written(TurnRequest request) {
    queue = queue.then(new LoggedEntry(end++, TIME, request));
    StandingRequest standing = queue.request(request.node(), request.id()).orElseThrow();
    own.placed(standing);
    return request;
  }

  @Test
  void whatIsLetGoNamesItsLock() {
    begin();
    own.beginGo(Duration.ofSeconds(10), CLOCKS);
    written(own.goes(CLOCKS).get(0));

    assertThat(written(own.letGo(CLOCKS).get(0)).goesFrom()).hasValue(1);
  }

  @Test
  void whoGoesAnewWithoutTakingItBackNamesNoLock() {
    begin();
    own.beginGo(Duration.ofSeconds(10), CLOCKS);
    written(own.goes(CLOCKS).get(0));
    own.beginGo(Duration.ofSeconds(10), CLOCKS);

    assertThat(own.goes(CLOCKS).get(0).goesFrom()).isEqualTo(OptionalLong.empty());
  }

  private void begin() {
    own.begin(Set.of(1));
    written(own.asks(WaitsFor.NOTHING, "", CLOCKS).get(0));
  }
}
