package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.NOW;
import static dev.kafkapod.overrides.Writing.OWN;
import static dev.kafkapod.overrides.Writing.absent;
import static dev.kafkapod.overrides.Writing.byJane;
import static dev.kafkapod.overrides.Writing.inForce;
import static dev.kafkapod.overrides.Writing.own;
import static dev.kafkapod.overrides.Writing.terms;
import static dev.kafkapod.overrides.Writing.unreadable;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveVerdictTest {

  private static final String WARNING =
      "warning: override file /run/kafka-pod/override is a directory, and must be a file; write it anew or remove it; till then no override counts";

  private static Assessment assess(ObservationBuilder observation) {
    return ReadinessPolicy.of(GatePreset.BALANCED).assess(observation.build(), true);
  }

  private static EffectiveVerdict effective(Overrides overrides, ObservationBuilder observation) {
    Assessment assessment = assess(observation);
    Verdict relaxed =
        overrides
            .inForce()
            .map(it -> OverrideRules.verdict(it.override(), assessment))
            .orElse(assessment.verdict());
    return EffectiveVerdict.of(overrides, assessment.verdict(), relaxed, assessment);
  }

  private static ObservationBuilder fine() {
    return anObservation();
  }

  private static ClusterBuilder lagging() {
    return aCluster()
        .with(
            aPartition("orders", 0).isr(1, 2),
            aPartition("orders", 1).isr(1, 2),
            aPartition("orders", 2).isr(1, 2),
            aPartition("orders", 3).isr(1, 2));
  }

  private static ObservationBuilder atMinIsr() {
    return anObservation().in(lagging());
  }

  private static Verdict no(String... reasons) {
    return new Verdict.No(List.of(reasons));
  }

  @Test
  void withoutOverrideTheVerdictStands() {
    EffectiveVerdict effective = effective(Overrides.NONE, atMinIsr());

    assertThat(effective.verdict()).isEqualTo(effective.without());
    assertThat(effective).isEqualTo(EffectiveVerdict.none(assess(atMinIsr()).verdict()));
  }

  @Test
  void readyWhateverIsWrongAndSaysWhatItHides() {
    EffectiveVerdict effective = effective(inForce("readiness", "ready"), atMinIsr());

    assertThat(effective.verdict())
        .isEqualTo(
            Verdict.Yes.noted("override until 18:00Z by jane: INC-4711; hides: at-min-ISR 4"));
    assertThat(effective.without()).isEqualTo(no("at-min-ISR 4 (orders-0, orders-1, orders-2, …)"));
    assertThat(effective.hides()).containsExactly("at-min-ISR 4");
  }

  @Test
  void readyThoughNobodyCanTell() {
    assertThat(
            effective(
                    inForce("readiness", "ready"), anObservation().clusterUnknown("nobody answers"))
                .verdict())
        .isEqualTo(
            Verdict.Yes.noted(
                "override until 18:00Z by jane: INC-4711; hides: cannot tell: nobody answers"));
  }

  @Test
  void readyThatHidesNothing() {
    assertThat(effective(inForce("readiness", "ready"), fine()).verdict())
        .isEqualTo(
            new Verdict.Yes("broker 1, 3 brokers, 0 topics, 0 partitions")
                .noting("override until 18:00Z by jane: INC-4711; hides: nothing"));
  }

  @Test
  void readyHidesReasonsThatAreNoConditions() {
    Assessment assessment = assess(fine());

    assertThat(
            EffectiveVerdict.of(
                    inForce("readiness", "ready"),
                    no("nothing is wrong, but only for 3 s"),
                    assessment.verdict(),
                    assessment)
                .hides())
        .containsExactly("nothing is wrong, but only for 3 s");
  }

  @Test
  void notReadyThoughNothingIsWrong() {
    EffectiveVerdict effective = effective(inForce("readiness", "not-ready"), fine());

    assertThat(effective.verdict()).isEqualTo(no("override until 18:00Z by jane: INC-4711"));
    assertThat(effective.hides()).isEmpty();
  }

  @Test
  void ignoresExactlyWhatItNames() {
    Overrides overrides = inForce("ignore", "at-min-isr");

    assertThat(effective(overrides, atMinIsr()).verdict())
        .isEqualTo(
            Verdict.Yes.noted(
                "override until 18:00Z by jane: INC-4711; ignores at-min-isr; hides: at-min-ISR 4"));
    assertThat(
            effective(
                    overrides,
                    anObservation().in(lagging().with(aPartition("clicks", 0).leaderless())))
                .verdict())
        .isEqualTo(
            no(
                "offline 1 (clicks-0)",
                "override until 18:00Z by jane: INC-4711; ignores at-min-isr; hides: at-min-ISR 4"));
    assertThat(effective(overrides, anObservation().clusterUnknown("nobody answers")).verdict())
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "nobody answers",
                    "override until 18:00Z by jane: INC-4711; ignores at-min-isr; hides: nothing")));
  }

  @Test
  void ignoringAConditionCoversThatNobodyKnowsOfIt() {
    ObservationBuilder blind =
        anObservation().in(lagging().withoutMinIsrOf("orders").minIsrProblem("not allowed"));

    assertThat(effective(inForce("ignore", "at-min-isr, under-min-isr"), blind).verdict())
        .isEqualTo(
            Verdict.Yes.noted(
                "override until 18:00Z by jane: INC-4711; ignores under-min-isr, at-min-isr; hides: unknown: not allowed"));
    assertThat(effective(inForce("ignore", "at-min-isr"), blind).verdict())
        .isInstanceOf(Verdict.CannotTell.class);
  }

  @Test
  void ignoringUnknownTakesAClusterWithoutControllersForNoReason() {
    Overrides overrides = inForce("ignore", "unknown");

    assertThat(
            effective(
                    overrides,
                    anObservation().in(aCluster().controllerSilent("no controller answers")))
                .verdict())
        .isEqualTo(
            Verdict.Yes.noted(
                "override until 18:00Z by jane: INC-4711; ignores unknown; hides: unknown: no controller answers"));
  }

  @Test
  void ignoringUnknownIgnoresNothingThatIsKnown() {
    Overrides overrides = inForce("ignore", "unknown");

    assertThat(effective(overrides, atMinIsr()).verdict())
        .isEqualTo(
            no(
                "at-min-ISR 4 (orders-0, orders-1, orders-2, …)",
                "override until 18:00Z by jane: INC-4711; ignores unknown; hides: nothing"));
    assertThat(
            effective(
                    overrides,
                    anObservation()
                        .of(aBroker(1).inState(BrokerState.RECOVERY))
                        .clusterUnknown("nobody answers"))
                .verdict())
        .isEqualTo(
            no(
                "broker state RECOVERY",
                "override until 18:00Z by jane: INC-4711; ignores unknown; hides: unknown: nobody answers"));
  }

  /** That the broker itself says nothing isn't the cluster's fault. */
  @Test
  void ignoringUnknownDoesNotCoverTheBrokerItself() {
    Overrides overrides = inForce("ignore", "unknown");

    assertThat(
            effective(overrides, anObservation().brokerUnknown("no JMX").listenerUnknown("no JMX"))
                .verdict())
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "no JMX",
                    "override until 18:00Z by jane: INC-4711; ignores unknown; hides: nothing")));
    assertThat(effective(overrides, anObservation().listenerUnknown("closed")).verdict())
        .isInstanceOf(Verdict.CannotTell.class);
    assertThat(effective(overrides, anObservation().of(aBroker(1).withoutLogDirCount())).verdict())
        .isInstanceOf(Verdict.class);
  }

  @Test
  void ignoringUnknownDoesNotCoverLogDirectories() {
    Assessment assessment =
        ReadinessPolicy.of(GatePreset.STRICT)
            .assess(anObservation().of(aBroker(1).withoutLogDirCount()).build(), true);

    assertThat(OverrideRules.verdict(Writing.override("ignore", "unknown"), assessment))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of("the broker doesn't say yet how many log directories are offline")));
  }

  @Test
  void evaluationIsNeverWorseThanWithoutIt() {
    Assessment assessment = assess(anObservation().clusterUnknown("nobody answers"));
    Verdict kept = new Verdict.Yes("broker 1").noting("the state is unknown for the last 3.0 s");

    assertThat(
            EffectiveVerdict.of(
                    inForce("ignore", "at-min-isr"), kept, assessment.verdict(), assessment)
                .verdict())
        .isEqualTo(
            kept.noting(
                "override until 18:00Z by jane: INC-4711; ignores at-min-isr; hides: nothing"));
  }

  @Test
  void aFileThatCanNotBeUsedIsAWarningInEveryAnswer() {
    Overrides damaged = Overrides.of(unreadable(OWN), absent(), terms(NOW, 1));

    assertThat(effective(damaged, fine()).verdict())
        .isEqualTo(new Verdict.Yes("broker 1, 3 brokers, 0 topics, 0 partitions").noting(WARNING));
    assertThat(effective(damaged, atMinIsr()).verdict())
        .isEqualTo(no("at-min-ISR 4 (orders-0, orders-1, orders-2, …)", WARNING));
    assertThat(effective(damaged, anObservation().clusterUnknown("nobody answers")).verdict())
        .isEqualTo(new Verdict.CannotTell(List.of("nobody answers", WARNING)));
  }

  @Test
  void theWarningOfOneFileStandsBesideTheEffectOfTheOther() {
    Overrides overrides =
        Overrides.of(own(byJane("readiness", "ready")), unreadable("/etc/x"), terms(NOW, 1));

    assertThat(effective(overrides, atMinIsr()).verdict())
        .isEqualTo(
            Verdict.Yes.noted("override until 18:00Z by jane: INC-4711; hides: at-min-ISR 4")
                .noting(
                    "warning: override file /etc/x is a directory, and must be a file; write it anew or remove it"));
  }

  @Test
  void needsNobodyToBeAskedForAnAnswerOfItsOwn() {
    assertThat(EffectiveVerdict.unasked(inForce("readiness", "ready")).verdict())
        .isEqualTo(
            Verdict.Yes.noted(
                "override until 18:00Z by jane: INC-4711; what it hides is unknown, because no check was made"));
    assertThat(EffectiveVerdict.unasked(inForce("readiness", "not-ready")).verdict())
        .isEqualTo(no("override until 18:00Z by jane: INC-4711"));
    assertThat(EffectiveVerdict.unasked(inForce("readiness", "ready")).without())
        .isEqualTo(new Verdict.CannotTell(List.of("no check was made")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void canNotDoWithoutAskingOtherwise(boolean evaluate) {
    Overrides overrides = evaluate ? inForce("readiness", "evaluate") : Overrides.NONE;

    assertThatThrownBy(() -> EffectiveVerdict.unasked(overrides))
        .isInstanceOf(IllegalStateException.class);
  }
}
