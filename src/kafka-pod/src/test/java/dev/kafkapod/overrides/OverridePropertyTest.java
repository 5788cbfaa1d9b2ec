package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.NOW;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.OverrideText.PropertyLine;
import dev.kafkapod.overrides.Overrides.WarningKind;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class OverridePropertyTest {

  private static final Duration MAX = Duration.ofHours(24);

  @Provide
  Arbitrary<ReadinessOverride> overrides() {
    Arbitrary<String> words =
        Arbitraries.strings()
            .withChars("abc äß日=:#!\\\"'$")
            .ofMinLength(1)
            .ofMaxLength(40)
            .map(String::strip)
            .filter(it -> !it.isEmpty());
    return Combinators.combine(
            Arbitraries.of(Readiness.values()),
            Arbitraries.of(Condition.class).set().ofMaxSize(10),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 5).set().ofMaxSize(3),
            Arbitraries.longs().between(-86_400, 86_400),
            words,
            words.optional())
        .as(
            (readiness, ignored, unknown, brokers, seconds, reason, by) ->
                new ReadinessOverride(
                    readiness,
                    readiness == Readiness.EVALUATE ? ignored : Set.of(),
                    readiness == Readiness.EVALUATE && unknown,
                    brokers,
                    NOW,
                    NOW.plusSeconds(seconds),
                    reason,
                    by));
  }

  @Provide
  Arbitrary<Assessment> assessments() {
    Arbitrary<ClusterBuilder> clusters =
        Combinators.combine(
                Arbitraries.of(0, 1),
                Arbitraries.of(0, 1),
                Arbitraries.of(0, 1),
                Arbitraries.of(0, 1))
            .as(
                (offline, under, at, silent) -> {
                  ClusterBuilder cluster = aCluster();
                  if (offline == 1) {
                    cluster.with(aPartition("a", 0).leaderless());
                  }
                  if (under == 1) {
                    cluster.with(aPartition("b", 0).isr(2));
                  }
                  if (at == 1) {
                    cluster.with(aPartition("c", 0).isr(1, 2));
                  }
                  return silent == 1 ? cluster.controllerSilent("no controller") : cluster;
                });
    Arbitrary<ObservationBuilder> observations =
        Combinators.combine(clusters, Arbitraries.integers().between(0, 5))
            .as(
                (cluster, kind) ->
                    switch (kind) {
                      case 0 -> anObservation().clusterUnknown("nobody answers");
                      case 1 -> anObservation().in(cluster).brokerUnknown("no JMX");
                      case 2 ->
                          anObservation().in(cluster).of(aBroker(1).inState(BrokerState.RECOVERY));
                      case 3 -> anObservation().in(cluster).listenerUnknown("timed out");
                      default -> anObservation().in(cluster);
                    });
    return Combinators.combine(
            observations, Arbitraries.of(GatePreset.values()), Arbitraries.of(true, false))
        .as(
            (observation, preset, latched) ->
                ReadinessPolicy.of(preset).assess(observation.build(), latched));
  }

  private static Overrides at(Instant now, ReadinessOverride override) {
    List<PropertyLine> lines =
        OverrideText.format(override)
            .lines()
            .filter(it -> !it.startsWith("#"))
            .map(it -> it.split(" = ", 2))
            .map(it -> new PropertyLine(it[0], it[1].replace("\\\\", "\\")))
            .toList();
    return Overrides.of(
        Writing.source("own", lines),
        Writing.absent(),
        Overrides.Terms.at(now, MAX, () -> OptionalInt.of(1)));
  }

  @Property(tries = 300)
  void readsWhatItWrites(@ForAll("overrides") ReadinessOverride override) {
    Overrides overrides = at(NOW, override);

    boolean counts =
        override.until().isAfter(NOW)
            && (override.brokers().isEmpty() || override.brokers().contains(1));
    assertThat(overrides.inForce().map(InForce::override))
        .isEqualTo(counts ? Optional.of(override) : Optional.empty());
  }

  @Property(tries = 300)
  void isInForceBeforeItsEndAndNeverAfter(
      @ForAll("overrides") ReadinessOverride override, @ForAll("moments") Duration later) {
    Instant now = NOW.plus(later);

    if (!override.until().isAfter(now)) {
      assertThat(at(now, override).inForce()).isEmpty();
    }
    at(now, override)
        .inForce()
        .ifPresent(it -> assertThat(now.plus(it.left())).isEqualTo(override.until()));
  }

  /**
   * What is too long is so in every pod, whenever it mounts the file, and nothing is in force for
   * longer than that.
   */
  @Property(tries = 300)
  void whatIsTooLongNeverComesIntoForce(
      @ForAll("overrides") ReadinessOverride override,
      @ForAll("lengths") Duration length,
      @ForAll("moments") Duration later) {
    ReadinessOverride longer =
        new ReadinessOverride(
            override.readiness(),
            override.ignored(),
            override.ignoresUnknown(),
            Set.of(),
            override.since(),
            override.since().plus(length),
            override.reason(),
            override.by());
    Overrides seen = at(NOW.plus(later), longer);

    if (length.compareTo(MAX) > 0) {
      assertThat(seen.inForce()).isEmpty();
      assertThat(seen.problems())
          .map(Overrides.Warning::kind)
          .containsExactly(WarningKind.UNUSABLE);
    }
    seen.inForce()
        .ifPresent(it -> assertThat(it.left()).isLessThanOrEqualTo(MAX.plus(Overrides.EARLY)));
  }

  @Provide
  Arbitrary<Duration> lengths() {
    return Arbitraries.longs().between(1, 200_000).map(Duration::ofSeconds);
  }

  /** Two overrides have one identity only if they are one, whatever their words. */
  @Property(tries = 300)
  void noTwoOverridesHaveOneIdentity(
      @ForAll("overrides") ReadinessOverride one, @ForAll("overrides") ReadinessOverride other) {
    assertThat(at(NOW, one).identity().equals(at(NOW, other).identity()))
        .isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<Duration> moments() {
    return Arbitraries.longs().between(-90_000, 90_000).map(Duration::ofSeconds);
  }

  @Property(tries = 1000)
  void ignoresExactlyWhatItNamesAndNothingElse(
      @ForAll("overrides") ReadinessOverride override, @ForAll("assessments") Assessment seen) {
    Verdict relaxed = OverrideRules.verdict(override, seen);

    List<String> blocking =
        seen.results().stream()
            .filter(ConditionResult::blocks)
            .filter(it -> !override.ignored().contains(it.condition()))
            .map(ConditionResult::describe)
            .toList();
    if (!blocking.isEmpty()) {
      assertThat(relaxed).isEqualTo(new Verdict.No(blocking));
    } else if (!override.ignoresUnknown()
        && seen.results().stream()
            .anyMatch(it -> it.isUnknown() && !override.ignored().contains(it.condition()))) {
      assertThat(relaxed).isInstanceOf(Verdict.CannotTell.class);
    }
    if (override.ignoredNames().isEmpty()) {
      assertThat(relaxed).hasSameClassAs(seen.verdict());
    }
    if (seen.verdict() instanceof Verdict.Yes) {
      assertThat(relaxed).isEqualTo(seen.verdict());
    }
  }

  @Property(tries = 500)
  void whatIsDecidedDoesWhatItSays(
      @ForAll("overrides") ReadinessOverride override, @ForAll("assessments") Assessment seen) {
    Overrides overrides = at(NOW, override);
    EffectiveVerdict effective =
        EffectiveVerdict.of(overrides, seen.verdict(), OverrideRules.verdict(override, seen), seen);

    assertThat(effective.without()).isEqualTo(seen.verdict());
    if (overrides.inForce().isEmpty()) {
      assertThat(effective.verdict()).hasSameClassAs(seen.verdict());
    } else {
      assertThat(effective.verdict().summary()).contains(overrides.inForce().get().wording());
      switch (override.readiness()) {
        case READY -> assertThat(effective.verdict()).isInstanceOf(Verdict.Yes.class);
        case NOT_READY -> assertThat(effective.verdict()).isInstanceOf(Verdict.No.class);
        case EVALUATE -> {
          if (effective.verdict() instanceof Verdict.Yes
              && !(seen.verdict() instanceof Verdict.Yes)) {
            assertThat(effective.hides()).isNotEmpty();
          }
        }
      }
    }
  }

  /** Whatever lines a file has: it is either understood whole or not at all. */
  @Property(tries = 500)
  void neverHalfUnderstandsAFile(@ForAll("lines") List<PropertyLine> lines) {
    OverrideText.Parsed parsed = OverrideText.parse(lines, MAX, "at most 24h after 'since'");

    assertThat(parsed.override().isPresent()).isEqualTo(parsed.problems().isEmpty());
    assertThat(parsed.problems()).hasSizeLessThanOrEqualTo(11);
    assertThat(String.join("", parsed.problems())).doesNotContainPattern("\\p{Cntrl}");
    parsed
        .override()
        .ifPresent(
            it -> {
              assertThat(lines).map(PropertyLine::key).doesNotHaveDuplicates();
              assertThat(it.until()).isBeforeOrEqualTo(it.since().plus(MAX));
            });
  }

  @Provide
  Arbitrary<List<PropertyLine>> lines() {
    Arbitrary<String> keys =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(OverrideText.KEYS)),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(9)));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(9),
            Arbitraries.of(
                "ready", "evaluate", "at-min-isr", "unknown", "3", "2026-11-22T18:00:00Z", "why"));
    return Combinators.combine(keys, values).as(PropertyLine::new).list().ofMaxSize(7);
  }
}
