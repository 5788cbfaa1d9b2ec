package dev.kafkapod.turns;

import static dev.kafkapod.turns.ModelConfig.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.turns.ModelConfig.Fault;
import dev.kafkapod.turns.ModelConfig.Grain;
import dev.kafkapod.turns.ModelConfig.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All orders in which stops can be mixed with each other and with faults: in none of them do those
 * that are let go do harm together, and from everywhere all get their turn. The rules are the
 * product's own. The times at which records are over may come at any moment, in every state.
 */
class TurnsModelTest {

  private static final Group ONE_OF_TWO = group(1, 0, 1);
  private static final ModelConfig PAIR = ModelConfig.of(List.of(ONE_OF_TWO), 2, 0, 1);

  /** A partition with min ISR 2 of three replicas; the same is a quorum of three. */
  private static final ModelConfig THREE = ModelConfig.of(List.of(group(2, 0, 1, 2)), 3, 0, 1, 2);

  private static final ModelConfig QUORUM_OF_FIVE =
      ModelConfig.of(List.of(group(3, 0, 1, 2, 3, 4)), 5, 0, 1, 2);

  private static final ModelConfig FOUR_REPLICAS =
      ModelConfig.of(List.of(group(2, 0, 1, 2, 3)), 4, 0, 1, 2);

  private static final ModelConfig ALL_OF_FOUR =
      ModelConfig.of(List.of(group(2, 0, 1, 2, 3)), 4, 0, 1, 2, 3);

  private static final ModelConfig OVERLAPPING =
      ModelConfig.of(List.of(group(2, 0, 1, 3), group(2, 1, 2, 3)), 4, 0, 1, 2);

  private static final ModelConfig ONE_NODE_TWICE = ModelConfig.of(List.of(ONE_OF_TWO), 2, 0, 0, 1);

  /** With {@code -Dturns.model=large} what takes minutes, too. */
  static Stream<Arguments> configurations() {
    return "large".equals(System.getProperty("turns.model"))
        ? Stream.concat(everyday(), large())
        : everyday();
  }

  private static Stream<Arguments> large() {
    return Stream.of(
        Arguments.of(
            "two, two writes that go wrong", PAIR.with(Fault.WRITE, 2).in(Grain.COARSE), 50_000),
        Arguments.of("three, in finer steps", THREE.with(Fault.END, 1), 70_000),
        Arguments.of("four of four replicas", ALL_OF_FOUR.in(Grain.COARSE), 100_000),
        Arguments.of(
            "four, one of which ends", ALL_OF_FOUR.in(Grain.COARSE).with(Fault.END, 1), 1_000_000));
  }

  private static Stream<Arguments> everyday() {
    return Stream.of(
        Arguments.of("two, in the finest steps", PAIR.in(Grain.FINE).lagging(), 3_000),
        Arguments.of(
            "two, and all faults but lost writes",
            PAIR.with(Fault.END, 1).with(Fault.RELEASE, 1).with(Fault.NODE, 1).with(Fault.FORCE, 1),
            10_000),
        Arguments.of(
            "two, writes that go wrong, and a release",
            PAIR.with(Fault.WRITE, 1).with(Fault.RELEASE, 1).with(Fault.END, 1).in(Grain.COARSE),
            10_000),
        Arguments.of(
            "two, and a cluster that is silent twice",
            PAIR.with(Fault.SILENCE, 2).with(Fault.END, 1).with(Fault.RELEASE, 1),
            5_000),
        Arguments.of("two for one node, and a third", ONE_NODE_TWICE.in(Grain.COARSE), 5_000),
        Arguments.of("three of a partition", THREE.in(Grain.COARSE).with(Fault.END, 1), 15_000),
        Arguments.of("three of four replicas", FOUR_REPLICAS.in(Grain.COARSE), 4_000),
        Arguments.of("three of a quorum of five", QUORUM_OF_FIVE.in(Grain.COARSE), 4_000),
        Arguments.of("overlapping partitions", OVERLAPPING.in(Grain.COARSE), 15_000));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void noOrderDoesHarmAndAllGetTheirTurn(
      String name, ModelConfig config, int atLeast, TestReporter reporter) {
    long begun = System.nanoTime();
    ModelSearch.Found found = ModelSearch.all(config, ModelRules.PRODUCTION);

    reporter.publishEntry(
        name,
        "%d states, %d logs, %d ms"
            .formatted(found.states(), found.logs(), (System.nanoTime() - begun) / 1_000_000));
    assertThat(found.harm()).isEmpty();
    assertThat(found.endless()).isEmpty();
    assertThat(found.states()).as(name).isGreaterThan(atLeast);
  }

  private static void assertHarm(ModelConfig config, ModelRules spoiled) {
    assertThat(ModelSearch.harm(config, spoiled).harm()).isPresent();
  }

  @Test
  void harmIsSeenWhereEarlierGoesAreIgnored() {
    assertHarm(
        PAIR,
        ModelRules.PRODUCTION.reckoning(
            (queue, clock, own) -> new Ahead(Set.of(), Ahead.of(queue, clock, own).waiting())));
  }

  @Test
  void harmIsSeenWhereThePlaceInTheLineIsTakenForTheLock() {
    assertHarm(
        PAIR,
        ModelRules.PRODUCTION.reckoning(
            (queue, clock, own) -> {
              List<StandingRequest> byPlace = new ArrayList<>();
              for (StandingRequest it : queue.requests()) {
                byPlace.add(locked(it, it.place()));
              }
              TurnQueue other =
                  new TurnQueue(
                      byPlace,
                      queue.tearDown(),
                      queue.unreadable(),
                      queue.clock(),
                      queue.released());
              return Ahead.of(
                  other, clock, own.stream().map(it -> locked(it, it.place())).toList());
            }));
  }

  private static StandingRequest locked(StandingRequest it, long from) {
    return new StandingRequest(
        it.request(), it.offset(), it.timestamp(), it.place(), from, it.stuckSince());
  }

  @Test
  void harmIsSeenWhereNobodyReadsBeyondHisOwnRecord() {
    assertHarm(PAIR.in(Grain.FINE), ModelRules.PRODUCTION.notReadingBeyondItsGoes());
  }

  @Test
  void harmIsSeenWhereARetryThatComesLateCounts() {
    assertHarm(
        PAIR.with(Fault.WRITE, 1),
        ModelRules.PRODUCTION.folding(
            (queue, logged) ->
                logged.entry() instanceof TurnRequest request
                    ? queue.then(
                        new LoggedEntry(
                            logged.offset(), logged.timestamp(), newest(request, queue)))
                    : queue.then(logged)));
  }

  private static TurnRequest newest(TurnRequest it, TurnQueue queue) {
    long sequence =
        queue.request(it.node(), it.id()).map(own -> own.request().sequence() + 1).orElse(1L);
    return new TurnRequest(
        it.id(),
        it.node(),
        it.kind(),
        it.letGo(),
        Math.max(sequence, it.sequence()),
        it.place(),
        it.goesFrom(),
        it.process(),
        it.host(),
        it.since(),
        it.until(),
        it.written(),
        it.lasts(),
        it.waitsFor(),
        it.why());
  }

  @Test
  void harmIsSeenWhereSomebodyIsLetGoAfterHisTime() {
    assertHarm(PAIR, ModelRules.PRODUCTION.notLookingAtTheTime());
  }

  @Test
  void harmIsSeenWhereGoesAnewKeepTheirOldPlace() {
    assertHarm(
        PAIR,
        ModelRules.PRODUCTION
            .folding(
                (queue, logged) ->
                    queue.then(
                        logged.entry() instanceof TurnRequest it && it.goes()
                            ? new LoggedEntry(
                                logged.offset(), logged.timestamp(), namingTheOld(it, queue))
                            : logged))
            .locking((queue, own, at) -> own.request().goes()));
  }

  private static TurnRequest namingTheOld(TurnRequest it, TurnQueue queue) {
    OptionalLong old =
        queue.request(it.node(), it.id()).stream().mapToLong(StandingRequest::goesFrom).findFirst();
    return new TurnRequest(
        it.id(),
        it.node(),
        it.kind(),
        it.letGo(),
        it.sequence(),
        it.place(),
        old,
        it.process(),
        it.host(),
        it.since(),
        it.until(),
        it.written(),
        it.lasts(),
        it.waitsFor(),
        it.why());
  }

  @Test
  void harmIsSeenWhereNobodyLooksWhetherHisGoesWasReleased() {
    assertHarm(
        PAIR.with(Fault.RELEASE, 1),
        ModelRules.PRODUCTION.locking((queue, own, at) -> own.request().goes()));
  }

  @Test
  void harmIsSeenWhereANoIsTakenForAYes() {
    assertHarm(
        PAIR,
        ModelRules.PRODUCTION.stepping(
            (goes, verdict, saidBefore) -> TurnStep.next(goes, Verdict.Kind.YES, saidBefore)));
  }

  @Test
  void endlessWaitingIsSeenWhereEverybodyIsAheadOfEverybody() {
    ModelConfig lagging = PAIR.lagging();

    assertThat(
            ModelSearch.all(
                    lagging,
                    ModelRules.PRODUCTION.reckoning(
                        (queue, clock, own) -> new Ahead(Set.of(0, 1), Set.of())))
                .endless())
        .isPresent();
  }
}
