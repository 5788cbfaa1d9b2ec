package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.turns.Ahead;
import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Several waitings at one log, whose clocks and failures the test makes. */
class TurnTakingTest {

  private static final Duration APART = Duration.ofSeconds(7);
  private static final Verdict YES = new Verdict.Yes("nothing breaks");
  private static final Verdict NO = new Verdict.No(List.of("under-min-ISR 1 (a-0)"));

  private final FakeTurnLog log = new FakeTurnLog();

  /** Any two that are stopped do harm. */
  private Predicate<Ahead> harm = ahead -> !ahead.isEmpty();

  private Verdict alone = YES;
  private Optional<String> askedCluster = Optional.of("cluster");
  private Verdict relaxed;
  private Runnable meanwhile = () -> {};

  private TurnTaking waiting(int... nodes) {
    Set<Integer> ids = Arrays.stream(nodes).boxed().collect(Collectors.toSet());
    return new TurnTaking(
        new TurnTaking.WaitSetting(
            "await-safe-stop",
            Duration.ofSeconds(8),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            () -> ids,
            new TurnTaking.Waiter(
                () -> Optional.of(new ProcessIdentity("boot", 1, 100)), "kafka-" + nodes[0])),
        (deadline, ahead) -> heard(ahead),
        log::open,
        verdict -> relaxed == null ? verdict : relaxed,
        log);
  }

  private StopInquiry.Heard heard(Ahead ahead) {
    meanwhile.run();
    Verdict verdict = alone.isYes() && harm.test(ahead) ? NO : alone;
    WaitsFor waitsFor =
        verdict.isYes() ? WaitsFor.NOTHING : alone.isYes() ? WaitsFor.TURN : WaitsFor.CLUSTER;
    return new StopInquiry.Heard(
        new StopReport("await-safe-stop", verdict, List.of(), false, List.of()),
        Optional.empty(),
        waitsFor,
        askedCluster);
  }

  private static Verdict ask(TurnTaking waiting, boolean saidBefore) {
    return waiting.ask(Deadline.in(Duration.ofSeconds(8)), saidBefore).report().verdict();
  }

  private void letGo(TurnTaking waiting) {
    assertThat(ask(waiting, false).isYes()).isTrue();
    log.pass(APART);
    assertThat(ask(waiting, true).isYes()).isTrue();
    assertThat(waiting.isLetGo()).isTrue();
  }

  private StandingRequest only() {
    assertThat(log.queue().requests()).hasSize(1);
    return log.queue().requests().get(0);
  }

  @Test
  void aLoneOneAsksGoesAndIsLetGo() {
    letGo(waiting(3));

    assertThat(log.entries)
        .extracting(it -> ((TurnRequest) it.entry()).kind())
        .containsExactly(
            TurnRequest.TurnKind.ASKS, TurnRequest.TurnKind.GOES, TurnRequest.TurnKind.GOES);
    assertThat(only())
        .satisfies(
            it -> {
              assertThat(it.place()).isZero();
              assertThat(it.goesFrom()).isEqualTo(1);
              assertThat(it.request().letGo()).isTrue();
              assertThat(it.request().process()).contains(new ProcessIdentity("boot", 1, 100));
            });
  }

  @Test
  void ofTwoTheSecondWaitsUntilTheFirstIsReleased() {
    TurnTaking first = waiting(0);
    TurnTaking second = waiting(1);
    assertThat(ask(first, false).isYes()).isTrue();

    assertThat(ask(second, false)).isEqualTo(NO);
    log.pass(APART);
    assertThat(ask(first, true).isYes()).isTrue();
    assertThat(ask(second, false)).isEqualTo(NO);
    log.add(new TurnEntry.Release(0, Optional.empty(), "its agent", "it is ready"));

    letGo(second);
  }

  /** Both have asked before either reads. */
  @Test
  void whoeverAskedFirstIsFirst() {
    TurnTaking first = waiting(0);
    TurnTaking second = waiting(1);
    alone = NO;
    ask(first, false);
    ask(second, false);
    alone = YES;

    assertThat(ask(second, false)).isEqualTo(NO);
    letGo(first);
  }

  @Test
  void whoeverIsStuckLetsOthersPass() {
    TurnTaking stuck = waiting(0);
    TurnTaking other = waiting(1);
    alone = NO;
    for (int i = 0; i < 13; i++) {
      assertThat(ask(stuck, false)).isEqualTo(NO);
      log.pass(Duration.ofSeconds(5));
    }
    alone = YES;

    letGo(other);
  }

  @Test
  void aDeadWaitingBlocksNobodyForLong() {
    TurnTaking dead = waiting(0);
    TurnTaking other = waiting(1);
    alone = NO;
    ask(dead, false);
    alone = YES;
    assertThat(ask(other, false)).isEqualTo(NO);
    log.pass(Duration.ofSeconds(76));

    letGo(other);
  }

  @Test
  void oneThatWentIsReckonedWithUntilItsTimeIsOver() {
    letGo(waiting(0));
    TurnTaking other = waiting(1);
    for (int i = 0; i < 35; i++) {
      assertThat(ask(other, false)).isEqualTo(NO);
      log.pass(Duration.ofSeconds(10));
    }
    log.pass(Duration.ofSeconds(20));

    letGo(other);
  }

  @Test
  void aGoThatWasPausedIsNone() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    log.pass(Duration.ofHours(3));

    assertThat(ask(waiting, true).isUnknown()).isTrue();
    assertThat(waiting.isLetGo()).isFalse();
    letGo(waiting);
  }

  /** A suspended machine's own clocks may both have stood still. */
  @Test
  void theLogsClockAloneShowsThatItWasSuspended() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    log.logIsAhead = Duration.ofHours(3);

    assertThat(ask(waiting, true).isUnknown()).isTrue();
    assertThat(waiting.isLetGo()).isFalse();
  }

  @Test
  void aLeaderWhoseClockIsAheadEndsNobodysGo() {
    letGo(waiting(0));
    log.logIsAhead = Duration.ofHours(3);

    assertThat(ask(waiting(1), false)).isEqualTo(NO);
  }

  @Test
  void aMachineWhoseClockIsAheadEndsNobodysGo() {
    letGo(waiting(0));
    log.wallIsAhead = Duration.ofHours(3);

    assertThat(ask(waiting(1), false)).isEqualTo(NO);
  }

  @Test
  void clocksThatWereSetBackKeepNobodyWaitingForEver() {
    letGo(waiting(0));
    log.logIsAhead = Duration.ofHours(-3);
    log.wallIsAhead = Duration.ofHours(-3);
    TurnTaking other = waiting(1);
    assertThat(ask(other, false)).isEqualTo(NO);
    log.pass(Duration.ofSeconds(370));

    letGo(other);
  }

  @Test
  void oneThatAnOperatorReleasesBeginsAnew() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    log.add(new TurnEntry.Release(3, Optional.empty(), "jane", "it hangs"));

    assertThat(ask(waiting, true).isUnknown()).isTrue();
    letGo(waiting);
  }

  /** Between its question and the record that lets it go, somebody else has gone. */
  @Test
  void aReleaseInTheLastMomentTakesTheLockAway() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    meanwhile =
        () -> {
          meanwhile = () -> {};
          log.add(new TurnEntry.Release(3, Optional.empty(), "jane", "it hangs"));
          letGo(waiting(1));
        };

    assertThat(ask(waiting, true)).isEqualTo(NO);
    assertThat(waiting.isLetGo()).isFalse();
  }

  @Test
  void whatALateRetryWritesCountsForNothing() {
    TurnTaking first = waiting(0);
    ask(first, false);
    TurnEntry asked = log.entries.get(0).entry();
    log.pass(APART);
    assertThat(ask(first, true).isYes()).isTrue();
    log.add(asked);

    assertThat(ask(waiting(1), false)).isEqualTo(NO);
  }

  @Test
  void aLogThatDoesNotAnswerIsCannotTell() {
    TurnTaking waiting = waiting(3);
    ask(waiting, false);
    log.failure = Optional.of("reading topic kafka-pod-stops got no answer in time");

    assertThat(ask(waiting, true).reasons())
        .containsExactly("reading topic kafka-pod-stops got no answer in time");
    log.failure = Optional.empty();
    letGo(waiting);
  }

  /** A cluster that is slow once must not make it begin anew. */
  @Test
  void keepsItsLockWhileNobodyCanTell() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    alone = new Verdict.CannotTell(List.of("no answer in time"));
    assertThat(ask(waiting, true)).isEqualTo(alone);

    assertThat(only().request().goes()).isTrue();
    alone = YES;
    letGo(waiting);
    assertThat(only().goesFrom()).isEqualTo(1);
  }

  @Test
  void anOverrideThatIgnoresTheUnknownIgnoresTheLogsSilence() {
    log.failure = Optional.of("no answer");
    relaxed = new Verdict.Yes("ignored: no answer");

    assertThat(ask(waiting(3), false)).isEqualTo(relaxed);
    assertThat(ask(waiting(3), true)).isEqualTo(relaxed);
  }

  @Test
  void aTearDownLetsGo() {
    log.add(new TurnEntry.TearDown("cluster", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    TurnTaking waiting = waiting(3);
    ask(waiting, false);

    assertThat(waiting.letGo()).contains("the cluster is being torn down, says jane: INC-1");
  }

  @Test
  void aTearDownThatIsOverLetsNobodyGo() {
    log.add(new TurnEntry.TearDown("cluster", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    log.pass(Duration.ofHours(2));
    TurnTaking waiting = waiting(3);
    ask(waiting, false);

    assertThat(waiting.letGo()).isEmpty();
  }

  @Test
  void aTearDownOfAnotherClusterLetsNobodyGo() {
    log.add(new TurnEntry.TearDown("other", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    TurnTaking waiting = waiting(3);
    ask(waiting, false);

    assertThat(waiting.letGo()).isEmpty();
  }

  @Test
  void severalNodesAreCountedFromTheLastOfTheirRecordsOn() {
    TurnTaking both = waiting(0, 1);
    letGo(both);

    assertThat(log.queue().requests()).hasSize(2);
    assertThat(ask(waiting(2), false)).isEqualTo(NO);
  }

  @Test
  void whoeverGivesUpGivesItsPlaceBack() throws Unanswered {
    TurnTaking waiting = waiting(3);
    ask(waiting, false);
    waiting.release("interrupted", Deadline.in(Duration.ofSeconds(1)));

    assertThat(log.queue().requests()).isEmpty();
  }

  @Test
  void whoeverIsStoppedAllTheSameSaysSo() throws Unanswered {
    alone = NO;
    TurnTaking waiting = waiting(3);
    ask(waiting, false);
    waiting.announce(Deadline.in(Duration.ofSeconds(1)));

    assertThat(only().request().letGo()).isTrue();
  }

  /** An override lets it go before it has asked anybody. */
  @Test
  void whoeverIsStoppedAtOnceSaysSo() throws Unanswered {
    waiting(3).announce(Deadline.in(Duration.ofSeconds(1)));

    assertThat(only().request().letGo()).isTrue();
  }

  @Test
  void whoeverIsStoppedWhileItsConnectionIsBrokenSaysSo() throws Unanswered {
    alone = NO;
    TurnTaking waiting = waiting(3);
    ask(waiting, false);
    log.failure = Optional.of("no answer");
    ask(waiting, false);
    log.failure = Optional.empty();
    waiting.announce(Deadline.in(Duration.ofSeconds(1)));

    assertThat(only().request().letGo()).isTrue();
  }

  /** Nothing that the question still writes may take the last word back. */
  @Test
  void whoeverIsStoppedWhileItAsksSaysSo() {
    TurnTaking waiting = waiting(3);
    meanwhile = () -> told(() -> waiting.announce(Deadline.in(Duration.ofSeconds(1))));

    assertThat(ask(waiting, false).isUnknown()).isTrue();
    assertThat(only().request().letGo()).isTrue();
  }

  @Test
  void whoeverGivesUpWhileItAsksLeavesNothing() {
    TurnTaking waiting = waiting(3);
    meanwhile =
        () -> told(() -> waiting.release("interrupted", Deadline.in(Duration.ofSeconds(1))));

    assertThat(ask(waiting, false).isUnknown()).isTrue();
    assertThat(log.queue().requests()).isEmpty();
  }

  /** Two topics would be two locks. */
  @Test
  void turnsOfAnotherClusterAreNone() {
    askedCluster = Optional.of("another");
    TurnTaking waiting = waiting(3);

    for (int i = 0; i < 3; i++) {
      assertThat(ask(waiting, i > 0).reasons())
          .singleElement()
          .asString()
          .contains("cluster cluster's", "is another", "--turns-bootstrap-server");
      log.pass(APART);
    }
    assertThat(log.queue().requests()).isEmpty();
    assertThat(log.entries).as("it writes there once, and takes it back").hasSize(2);
    askedCluster = Optional.of("cluster");
    letGo(waiting);
  }

  @Test
  void aTearDownIsSeenBeforeAnythingIsWritten() {
    log.add(new TurnEntry.TearDown("cluster", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    log.readOnly = true;
    TurnTaking waiting = waiting(3);
    ask(waiting, false);

    assertThat(waiting.letGo()).isPresent();
    assertThat(log.entries).hasSize(1);
  }

  /** Its manifests were copied, with the address of the other one's brokers. */
  @Test
  void anotherClustersTearDownLetsNobodyGo() {
    log.add(new TurnEntry.TearDown("cluster", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    askedCluster = Optional.of("another");
    TurnTaking waiting = waiting(3);

    for (int i = 0; i < 3; i++) {
      assertThat(ask(waiting, i > 0).isUnknown()).isTrue();
      assertThat(waiting.letGo()).isEmpty();
    }
    assertThat(log.entries).hasSize(1);
  }

  @Test
  void aTearDownIsUnsureWhileTheClusterIsSilent() {
    log.add(new TurnEntry.TearDown("cluster", "jane", "INC-1", log.wall(), Duration.ofHours(1)));
    askedCluster = Optional.empty();
    TurnTaking waiting = waiting(3);
    ask(waiting, false);

    assertThat(waiting.letGo()).isEmpty();
    assertThat(waiting.isLogSilent()).as("the agent may be sure").isTrue();
    assertThat(waiting.mayObey("cluster", log.wall())).isTrue();
    askedCluster = Optional.of("cluster");
    ask(waiting, false);
    assertThat(waiting.letGo()).isPresent();
  }

  /** The agent's file may be older than the end that this waiting has read. */
  @Test
  void aTearDownThatIsOverIsNotBelievedOfAnybody() {
    Instant before = log.wall();
    log.pass(APART);
    TurnTaking waiting = waiting(3);
    ask(waiting, false);
    log.failure = Optional.of("no answer");
    ask(waiting, false);

    assertThat(waiting.isLogSilent()).isTrue();
    assertThat(waiting.mayObey("cluster", before)).isFalse();
    assertThat(waiting.mayObey("cluster", log.wall().plusSeconds(1))).isTrue();
    assertThat(waiting.mayObey("another", log.wall().plusSeconds(1))).isFalse();
  }

  @Test
  void aSilentLogHidesNoKnownHarm() {
    alone = NO;
    relaxed = new Verdict.Yes("ignored");
    log.readOnly = true;
    TurnTaking waiting = waiting(3);

    StopInquiry.Heard heard = waiting.ask(Deadline.in(Duration.ofSeconds(8)), false);

    assertThat(heard.report().verdict()).isEqualTo(NO);
    assertThat(heard.report().notes()).containsExactly("turns: not enough in-sync replicas");
    alone = YES;
    assertThat(ask(waiting, true)).isEqualTo(relaxed);
  }

  @Test
  void whoeverGoesIsReckonedWithWhenTheLogIsSilent() {
    relaxed = new Verdict.Yes("ignored");
    letGo(waiting(0));
    TurnTaking other = waiting(1);
    assertThat(ask(other, false)).isEqualTo(NO);
    log.failure = Optional.of("no answer");

    assertThat(ask(other, false)).isEqualTo(NO);
  }

  @Test
  void whoeverBeginsAnewLeavesNothingBehind() {
    TurnTaking both = waiting(0, 1);
    assertThat(ask(both, false).isYes()).isTrue();
    log.add(new TurnEntry.Release(0, Optional.empty(), "jane", "it hangs"));
    alone = NO;
    ask(both, true);

    assertThat(log.queue().requests()).hasSize(2).noneMatch(it -> it.request().goes());
  }

  @Test
  void aLogIsSilentOnlyWhereItCannotBeRead() {
    TurnTaking waiting = waiting(3);
    assertThat(waiting.isLogSilent()).isFalse();
    log.readOnly = true;
    ask(waiting, false);
    assertThat(waiting.isLogSilent()).as("it can't be written").isFalse();
    log.failure = Optional.of("no answer");
    ask(waiting, false);
    assertThat(waiting.isLogSilent()).isTrue();
    log.failure = Optional.empty();
    ask(waiting, false);
    assertThat(waiting.isLogSilent()).isFalse();
    log.pass(Duration.ofSeconds(17));
    assertThat(waiting.isLogSilent()).as("its question hangs").isTrue();
  }

  @Test
  void aQuestionThatHangsTakesNoOtherAlong() throws InterruptedException {
    TurnTaking waiting = waiting(3);
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    meanwhile =
        () -> {
          hangs.countDown();
          await(over);
        };
    Thread hanging = new Thread(() -> ask(waiting, false));
    hanging.start();
    assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();

    meanwhile = () -> {};
    StopInquiry.Heard other = waiting.ask(Deadline.in(Duration.ofSeconds(2)), false);
    over.countDown();
    hanging.join(10_000);

    assertThat(other.report().verdict().reasons()).singleElement().asString().contains("hangs");
    assertThat(other.report().notes())
        .containsExactly("the cluster could spare it now; only its turn isn't known");
  }

  private static void told(ThrowingCallable telling) {
    assertThatCode(telling).doesNotThrowAnyException();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysWhatMakesTheLogWeak() {
    log.weakness = Optional.of("topic kafka-pod-stops has 1 replica");

    assertThat(waiting(3).ask(Deadline.in(Duration.ofSeconds(8)), false).report().notes())
        .containsExactly("topic kafka-pod-stops has 1 replica");
  }

  @Test
  void aTopicThatWasMadeAnewIsBegunAnew() {
    TurnTaking waiting = waiting(3);
    assertThat(ask(waiting, false).isYes()).isTrue();
    log.makeAnew();

    assertThat(ask(waiting, true).isUnknown()).isTrue();
    letGo(waiting);
  }
}
