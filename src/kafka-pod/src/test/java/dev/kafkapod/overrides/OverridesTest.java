package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.MAX;
import static dev.kafkapod.overrides.Writing.NOW;
import static dev.kafkapod.overrides.Writing.OWN;
import static dev.kafkapod.overrides.Writing.SHARED;
import static dev.kafkapod.overrides.Writing.absent;
import static dev.kafkapod.overrides.Writing.byJane;
import static dev.kafkapod.overrides.Writing.inForce;
import static dev.kafkapod.overrides.Writing.lines;
import static dev.kafkapod.overrides.Writing.own;
import static dev.kafkapod.overrides.Writing.shared;
import static dev.kafkapod.overrides.Writing.terms;
import static dev.kafkapod.overrides.Writing.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.overrides.Overrides.Warning;
import dev.kafkapod.overrides.Overrides.WarningKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OverridesTest {

  private static Overrides at(Instant now, OverrideSource own, OverrideSource shared) {
    return Overrides.of(own, shared, terms(now, 1));
  }

  private static Overrides at(OverrideSource own, OverrideSource shared) {
    return at(NOW, own, shared);
  }

  private static String place(Overrides overrides) {
    return overrides.inForce().map(InForce::place).orElse("none");
  }

  @Test
  void areNoneWithoutFiles() {
    assertThat(at(absent(), absent()).inForce()).isEmpty();
    assertThat(at(absent(), absent()).problems()).isEmpty();
    assertThat(Overrides.NONE.isInvalid()).isFalse();
  }

  @Test
  void eitherFileCounts() {
    assertThat(place(at(own(byJane("readiness", "ready")), absent()))).isEqualTo(OWN);
    assertThat(place(at(absent(), shared(byJane("readiness", "ready"))))).isEqualTo(SHARED);
  }

  @Test
  void thePodsOwnWinsWhole() {
    Overrides overrides =
        at(own(byJane("readiness", "evaluate")), shared(byJane("ignore", "at-min-isr, unknown")));

    assertThat(place(overrides)).isEqualTo(OWN);
    assertThat(overrides.inForce().get().override().ignoredNames()).isEmpty();
  }

  @Test
  void aFileForOtherBrokersIsLikeNone() {
    assertThat(
            place(
                at(
                    own(byJane("readiness", "ready", "brokers", "2, 3")),
                    shared(byJane("readiness", "not-ready", "brokers", "1")))))
        .isEqualTo(SHARED);
  }

  @Test
  void aFileForSomeBrokersDoesNotCountWhereNobodyKnowsWhichThisIs() {
    Overrides.Terms terms = Overrides.Terms.at(NOW, MAX, OptionalInt::empty);

    assertThat(
            Overrides.of(absent(), shared(byJane("readiness", "ready", "brokers", "4, 3")), terms)
                .problems())
        .containsExactly(
            new Warning(
                WarningKind.UNPLACED,
                "override file /etc/kafka-pod/override/readiness is for brokers 3, 4, and this broker's node id isn't known; name its configuration with --server-config"));
  }

  @Test
  void nobodyIsAskedForTheNodeIdWhereItDoesNotMatter() {
    Overrides.Terms terms =
        Overrides.Terms.at(
            NOW,
            MAX,
            () -> {
              throw new AssertionError("asked");
            });

    assertThat(Overrides.of(own(byJane("readiness", "ready")), absent(), terms).inForce())
        .isPresent();
  }

  @Test
  void endsAtItsEnd() {
    OverrideSource source = own(byJane("readiness", "ready"));
    Instant end = Instant.parse("2026-11-22T18:00:00Z");

    assertThat(at(end.minusNanos(1), source, absent()).inForce().get().left())
        .isEqualTo(Duration.ofNanos(1));
    assertThat(at(end, source, absent()).inForce()).isEmpty();
    assertThat(at(end, source, absent()).problems())
        .containsExactly(
            new Warning(
                WarningKind.EXPIRED,
                "override file /run/kafka-pod/override expired at 2026-11-22T18:00:00Z; remove it"));
  }

  @Test
  void endsWhenAnyClockSaysSo() {
    Overrides.Terms terms =
        new Overrides.Terms(() -> OptionalInt.of(1), NOW, MAX, override -> Duration.ZERO);

    assertThat(Overrides.of(own(byJane("readiness", "ready")), absent(), terms).problems())
        .containsExactly(
            new Warning(
                WarningKind.EXPIRED,
                "override file /run/kafka-pod/override has had its time, although the clock isn't yet at 2026-11-22T18:00:00Z; remove it"));
  }

  @Test
  void theOneForAllPodsCountsOnceThePodsOwnHasExpired() {
    Overrides overrides =
        at(
            own(
                lines(
                    "since", "2026-11-22T14:00Z",
                    "until", "2026-11-22T15:00Z",
                    "reason", "x",
                    "readiness", "not-ready")),
            shared(byJane("readiness", "ready")));

    assertThat(place(overrides)).isEqualTo(SHARED);
    assertThat(overrides.isInvalid()).isTrue();
  }

  @Test
  void noneCountsWhereNobodyCanTellWhatThePodsOwnWasMeantToSay() {
    Overrides overrides = at(unreadable(OWN), shared(byJane("readiness", "ready")));

    assertThat(overrides.inForce()).isEmpty();
    assertThat(overrides.problems())
        .containsExactly(
            new Warning(
                WarningKind.UNUSABLE,
                "override file /run/kafka-pod/override is a directory, and must be a file; write it anew or remove it; till then no override counts"));
  }

  @Test
  void noneCountsWhereNobodyCanTellWhetherThePodsOwnIsForIt() {
    Overrides.Terms terms = Overrides.Terms.at(NOW, MAX, OptionalInt::empty);

    assertThat(
            Overrides.of(
                    own(byJane("readiness", "not-ready", "brokers", "3")),
                    shared(byJane("readiness", "ready")),
                    terms)
                .inForce())
        .isEmpty();
  }

  @Test
  void thePodsOwnCountsWhateverTheOtherIs() {
    Overrides overrides = at(own(byJane("readiness", "ready")), unreadable(SHARED));

    assertThat(place(overrides)).isEqualTo(OWN);
    assertThat(overrides.problems())
        .containsExactly(
            new Warning(
                WarningKind.UNUSABLE,
                "override file /etc/kafka-pod/override/readiness is a directory, and must be a file; write it anew or remove it"));
  }

  @Test
  void saysEverythingThatIsWrongWithBoth() {
    Overrides overrides = at(own(lines("redy", "x")), shared(lines("reason", "x")));

    assertThat(overrides.problems().stream().map(Warning::text))
        .containsExactly(
            "override file /run/kafka-pod/override: there is no key 'redy'; choose from readiness, ignore, brokers, by, reason, since, until;"
                + " 'since' is missing; write for example since = 2030-01-01T00:00:00Z;"
                + " 'until' is missing; write for example until = 2030-01-01T00:00:00Z;"
                + " 'reason' is missing; give the reason, which every answer shows; correct it or remove it;"
                + " till then no override counts",
            "override file /etc/kafka-pod/override/readiness: 'since' is missing; write for example since = 2030-01-01T00:00:00Z;"
                + " 'until' is missing; write for example until = 2030-01-01T00:00:00Z;"
                + " correct it or remove it");
  }

  /** Or else a file for the day after tomorrow would come into force tomorrow, by itself. */
  @Test
  void anEndTooFarAheadStaysTooFarAhead() {
    OverrideSource source =
        own(
            lines(
                "readiness", "ready",
                "reason", "x",
                "since", "2026-11-22T16:00:00Z",
                "until", "2026-11-23T16:00:01Z"));

    for (Duration later : List.of(Duration.ZERO, Duration.ofHours(3), Duration.ofHours(25))) {
      assertThat(at(NOW.plus(later), source, absent()).problems())
          .containsExactly(
              new Warning(
                  WarningKind.UNUSABLE,
                  "override file /run/kafka-pod/override: 'until' must be at most 24h after 'since', got '2026-11-23T16:00:01Z'; correct it or remove it; till then no override counts"));
    }
  }

  @Test
  void aFileThatDoesNotSayWhenItWasWrittenIsNoOverride() {
    assertThat(
            at(
                    own(lines("readiness", "ready", "reason", "x", "until", "2026-11-22T17:00Z")),
                    absent())
                .problems())
        .containsExactly(
            new Warning(
                WarningKind.UNUSABLE,
                "override file /run/kafka-pod/override: 'since' is missing; write for example since = 2030-01-01T00:00:00Z; correct it or remove it; till then no override counts"));
  }

  /** A laptop's clock may be ahead of the broker's, but not by hours. */
  @Test
  void countsFromWhenItWasWrittenOnOrAFewMinutesEarlier() {
    OverrideSource source = own(byJane("readiness", "ready"));
    Instant since = NOW;

    assertThat(place(at(since.minusSeconds(300), source, absent()))).isEqualTo(OWN);
    assertThat(at(since.minusSeconds(300).minusNanos(1), source, shared(byJane())).problems())
        .startsWith(
            new Warning(
                WarningKind.AHEAD,
                "override file /run/kafka-pod/override counts only from 2026-11-22T16:00:00Z on, which is ahead of this machine's clock; correct 'since' or the clock, or remove it"));
  }

  @Test
  void theOneForAllPodsCountsUntilThePodsOwnBegins() {
    OverrideSource own =
        own(
            lines(
                "readiness", "not-ready",
                "reason", "x",
                "since", "2026-11-22T16:30Z",
                "until", "2026-11-22T17:00Z"));
    OverrideSource shared = shared(byJane("readiness", "ready"));

    assertThat(place(at(NOW, own, shared))).isEqualTo(SHARED);
    assertThat(place(at(NOW.plusSeconds(1800), own, shared))).isEqualTo(OWN);
  }

  private static String identity(Overrides overrides) {
    return overrides.identity().map(OverrideIdentity::text).orElse("unknown");
  }

  @Test
  void haveAnIdentityOfBothFilesAndOfTheOneInForce() {
    OverrideSource ready = own(byJane("readiness", "ready"));
    OverrideSource notReady = shared(byJane("readiness", "not-ready"));

    assertThat(identity(at(absent(), absent()))).isEqualTo("none - -");
    assertThat(identity(at(ready, absent()))).isEqualTo("own " + ready.fingerprint() + " -");
    assertThat(identity(at(absent(), notReady))).isEqualTo("shared - " + notReady.fingerprint());
    assertThat(identity(at(ready, notReady)))
        .isEqualTo("own " + ready.fingerprint() + " " + notReady.fingerprint());
    Instant end = Instant.parse("2026-11-22T18:00:00Z");
    assertThat(identity(at(end, ready, absent()))).isEqualTo("none " + ready.fingerprint() + " -");
    assertThat(identity(at(unreadable(OWN), notReady)))
        .matches("none ![0-9a-f]{32} " + notReady.fingerprint());
    assertThat(identity(at(ready, absent()).ended()))
        .isEqualTo("none " + ready.fingerprint() + " -");
    assertThat(identity(Overrides.NONE)).isEqualTo("unknown");
    assertThat(identity(Overrides.NONE.ended())).isEqualTo("unknown");
  }

  @Test
  void onceItIsOverNoneIsInForceAndTheRestIsAsBefore() {
    Overrides overrides = at(own(byJane("readiness", "ready")), unreadable(SHARED));

    assertThat(overrides.ended().inForce()).isEmpty();
    assertThat(overrides.ended().problems()).isEqualTo(overrides.problems());
    assertThat(overrides.areSilent()).isFalse();
    assertThat(overrides.ended().areSilent()).isFalse();
    assertThat(at(own(byJane("readiness", "ready")), absent()).areSilent()).isFalse();
    assertThat(at(absent(), absent()).areSilent()).isTrue();
  }

  @Test
  void isPutIntoOneLine() {
    assertThat(inForce("ignore", "unknown, at-min-isr").inForce().get().wording())
        .isEqualTo("override until 18:00Z by jane: INC-4711; ignores at-min-isr, unknown");
    assertThat(
            at(
                    own(
                        lines(
                            "since", "2026-11-22T15:30:00Z",
                            "until", "2026-11-23T15:00:10Z",
                            "reason", "x")),
                    absent())
                .inForce()
                .get()
                .wording())
        .isEqualTo("override until 2026-11-23T15:00:10Z: x");
  }

  @Test
  void areTheSameHoweverMuchTimeHasGoneBy() {
    OverrideSource source = own(byJane("readiness", "ready"));
    Overrides before = at(source, absent());

    assertThat(before.isSame(at(NOW.plusSeconds(1), source, absent()))).isTrue();
    assertThat(before.isSame(Overrides.NONE)).isFalse();
    assertThat(Overrides.NONE.isSame(before)).isFalse();
    assertThat(before.isSame(at(source, unreadable(SHARED)))).isFalse();
    assertThat(before.isSame(at(own(byJane("readiness", "not-ready")), absent()))).isFalse();
    assertThat(before.isSame(at(absent(), shared(byJane("readiness", "ready"))))).isFalse();
    assertThat(before.isSame(at(own(byJane("readiness", "ready")), shared(byJane())))).isFalse();
    assertThat(Overrides.NONE.isSame(Overrides.NONE)).isTrue();
  }

  @Test
  void nothingIsInForceWithoutTimeLeft() {
    ReadinessOverride override = Writing.override("readiness", "ready");

    for (Duration left : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> InForce.of(override, OWN, left, NOW))
          .hasMessage("an override in force has time left, got " + left);
    }
    assertThat(InForce.of(override, OWN, Duration.ofNanos(1), NOW).needsNobody()).isTrue();
    assertThat(inForce("readiness", "not-ready").inForce().get().needsNobody()).isTrue();
    assertThat(inForce("readiness", "evaluate").inForce().get().needsNobody()).isFalse();
  }
}
