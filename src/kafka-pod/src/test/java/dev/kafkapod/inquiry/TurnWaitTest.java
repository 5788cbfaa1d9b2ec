package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnWaitTest {

  private static final StopReport NO =
      report(new Verdict.No(List.of("under-min-ISR 1 (orders-0)")));

  private final FakeTurnLog log = new FakeTurnLog();
  private final TurnTaking taking =
      new TurnTaking(
          new TurnTaking.WaitSetting(
              "await-safe-stop",
              Duration.ofSeconds(8),
              Duration.ofMinutes(10),
              Duration.ofMinutes(5),
              () -> Set.of(3),
              new TurnTaking.Waiter(Optional::empty, "kafka-3")),
          (deadline, ahead) -> new StopInquiry.Heard(NO, Optional.empty()),
          log::open,
          verdict -> verdict,
          log);

  private TurnWait wait(boolean stopsAnyway) {
    return new TurnWait(taking, stopsAnyway, Deadline.in(Duration.ofSeconds(8)));
  }

  private static StopReport report(Verdict verdict) {
    return new StopReport("await-safe-stop", verdict, List.of(), false, List.of());
  }

  private StopReport waits(StopReport end) {
    taking.ask(Deadline.in(Duration.ofSeconds(8)), false);
    return end;
  }

  private void assertGoes() {
    assertThat(log.queue().requests()).singleElement().matches(it -> it.request().letGo());
  }

  @Test
  void ofAHookThatEndsWithoutAYesTheLogHearsThatTheNodeGoes() {
    wait(true).ended(() -> waits(NO));

    assertGoes();
  }

  /** A script tries again, and would hold others up with a stop that doesn't happen. */
  @Test
  void whereTheNodeGoesOnItsPlaceIsGivenBack() {
    wait(false).ended(() -> waits(NO));

    assertThat(log.entries).hasSize(3);
    assertThat(log.queue().requests()).isEmpty();
  }

  @Test
  void whoeverIsLetGoByAnOverrideGoes() {
    wait(false).ended(() -> waits(report(new Verdict.Yes("not waited for: an override"))));

    assertGoes();
  }

  @Test
  void saysWhenNobodyCouldBeTold() {
    log.readOnly = true;

    StopReport report =
        wait(false).ended(() -> report(new Verdict.Yes("not waited for: an override")));

    assertThat(report.notes())
        .containsExactly(
            "turns: whether others know that this node stops isn't known: not enough in-sync replicas");
  }

  @Test
  void ofAHookThatFailsTheLogHearsThatTheNodeGoes() {
    assertThatThrownBy(
            () ->
                wait(true)
                    .ended(
                        () -> {
                          waits(NO);
                          throw new Misconfigured("there is no file /x");
                        }))
        .isInstanceOf(Misconfigured.class);

    assertGoes();
  }

  @Test
  void ofAHookWithoutMemoryTheLogHearsThatTheNodeGoes() {
    assertThatThrownBy(
            () ->
                wait(true)
                    .ended(
                        () -> {
                          waits(NO);
                          throw new OutOfMemoryError("Java heap space");
                        }))
        .isInstanceOf(OutOfMemoryError.class);

    assertGoes();
  }
}
