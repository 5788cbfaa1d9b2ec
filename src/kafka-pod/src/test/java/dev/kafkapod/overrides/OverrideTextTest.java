package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.MAX;
import static dev.kafkapod.overrides.Writing.NOW;
import static dev.kafkapod.overrides.Writing.byJane;
import static dev.kafkapod.overrides.Writing.lines;
import static dev.kafkapod.overrides.Writing.override;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.overrides.OverrideText.PropertyLine;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverrideTextTest {

  private static final String CONDITIONS = String.join(", ", Condition.optionNames()) + ", unknown";

  private static List<String> problems(List<PropertyLine> lines) {
    OverrideText.Parsed parsed = OverrideText.parse(lines, MAX, "at most 24h after 'since'");
    assertThat(parsed.override().isPresent()).isEqualTo(parsed.problems().isEmpty());
    return parsed.problems();
  }

  @Test
  void readsEveryKey() {
    assertThat(override("readiness", "evaluate", "ignore", "at-min-isr, unknown", "brokers", "3,4"))
        .isEqualTo(
            new ReadinessOverride(
                Readiness.EVALUATE,
                Set.of(Condition.AT_MIN_ISR),
                true,
                Set.of(3, 4),
                NOW,
                Instant.parse("2026-11-22T18:00:00Z"),
                "INC-4711",
                Optional.of("jane")));
  }

  @Test
  void evaluatesForAllBrokersAndIgnoresNothingUnlessToldOtherwise() {
    assertThat(
            OverrideText.parse(
                    lines(
                        "since", "2026-11-22T16:00Z",
                        "until", "2026-11-22T18:00Z",
                        "reason", "INC-4711"),
                    MAX,
                    "")
                .override())
        .contains(
            new ReadinessOverride(
                Readiness.EVALUATE,
                Set.of(),
                false,
                Set.of(),
                NOW,
                Instant.parse("2026-11-22T18:00:00Z"),
                "INC-4711",
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"ready, READY", "not-ready, NOT_READY", "evaluate, EVALUATE"})
  void readsEachAnswer(String word, Readiness readiness) {
    assertThat(override("readiness", word).readiness()).isEqualTo(readiness);
  }

  @Test
  void needsAnEndAndAReason() {
    assertThat(problems(List.of()))
        .containsExactly(
            "'since' is missing; write for example since = 2030-01-01T00:00:00Z",
            "'until' is missing; write for example until = 2030-01-01T00:00:00Z",
            "'reason' is missing; give the reason, which every answer shows");
  }

  @Test
  void reportsEveryProblemAtOnceWithTheNearestName() {
    assertThat(
            problems(
                lines(
                    "readyness", "ready",
                    "readiness", "evaluat",
                    "ignore", "at-min-irs, disk",
                    "brokers", "3, x",
                    "since", "today",
                    "until", "tomorrow",
                    "until", "2026-11-22T18:00:00Z",
                    "reason", " ",
                    "by", "j\u0007ane")))
        .containsExactly(
            "there is no key 'readyness' (did you mean readiness?); choose from readiness, ignore, brokers, by, reason, since, until",
            "'until' is given twice; leave one out",
            "'readiness': there is no answer 'evaluat' (did you mean evaluate?); choose from ready, not-ready, evaluate",
            "'ignore': there is no condition 'at-min-irs' (did you mean at-min-isr?); choose from "
                + CONDITIONS,
            "'ignore': there is no condition 'disk'; choose from " + CONDITIONS,
            "'brokers' must be node ids, separated by commas, got 'x'; write for example 3, 4",
            "'since' must be an instant in UTC, got 'today'; write for example 2030-01-01T00:00:00Z",
            "'until' must be an instant in UTC, got 'tomorrow'; write for example 2030-01-01T00:00:00Z",
            "'reason' must have words in it, got ''",
            "'by' must hold no control characters, got 'j?ane'");
  }

  @Test
  void namesTenProblemsAndCountsTheRest() {
    List<PropertyLine> lines =
        IntStream.range(0, 12).mapToObj(i -> new PropertyLine("key" + i, "x")).toList();

    assertThat(problems(lines)).hasSize(11).last().isEqualTo("and 5 more mistakes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "not-ready"})
  void refusesToIgnoreWhereNothingIsEvaluated(String readiness) {
    assertThat(problems(byJane("readiness", readiness, "ignore", "at-min-isr")))
        .containsExactly(
            "'ignore' goes with readiness = evaluate only, because '%s' leaves nothing to ignore; leave one of the two out"
                .formatted(readiness));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22",
        "2026-11-22T18:00:00",
        "2026-11-22T18:00:00+01:00",
        "2026-11-22 18:00:00Z",
        "2026-02-30T18:00:00Z",
        "2026-11-22T25:00:00Z",
        "2026-11-22t18:00:00z",
        "+2026-11-22T18:00:00Z"
      })
  void takesNothingButAnInstantInUtc(String until) {
    assertThat(problems(lines("since", "2026-11-22T16:00Z", "until", until, "reason", "x")))
        .containsExactly(
            "'until' must be an instant in UTC, got '%s'; write for example 2030-01-01T00:00:00Z"
                .formatted(until));
  }

  @Test
  void endsNoLaterThanAllowed() {
    assertThat(
            problems(
                lines(
                    "since", "2026-11-22T16:00Z", "until", "2026-11-23T16:00:00Z", "reason", "x")))
        .isEmpty();
    assertThat(
            problems(
                lines(
                    "since", "2026-11-22T16:00Z", "until", "2026-11-23T16:00:01Z", "reason", "x")))
        .containsExactly("'until' must be at most 24h after 'since', got '2026-11-23T16:00:01Z'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "3;4", "9999999999"})
  void takesNoListOfBrokersForAllOfThem(String brokers) {
    assertThat(problems(byJane("brokers", brokers))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "at-min-isr,", "AT-MIN-ISR", "at_min_isr", "all"})
  void ignoresNothingThatItDoesNotUnderstand(String ignore) {
    assertThat(problems(byJane("ignore", ignore))).isNotEmpty();
  }

  @Test
  void keepsWordsWithinBounds() {
    assertThat(
            problems(
                lines(
                    "since",
                    "2026-11-22T16:00Z",
                    "until",
                    "2026-11-22T18:00Z",
                    "reason",
                    "x".repeat(300))))
        .isEmpty();
    assertThat(
            problems(
                lines(
                    "since",
                    "2026-11-22T16:00Z",
                    "until",
                    "2026-11-22T18:00Z",
                    "reason",
                    "x".repeat(301))))
        .containsExactly("'reason' must be at most 300 characters, got 301");
    assertThat(problems(byJane("x".repeat(10_000), "")).get(0))
        .startsWith("there is no key '" + "x".repeat(60) + "…'; choose from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", "\u001b[31mred", "a\u202eb", "a\u2028b", "a\ud800b"})
  void takesNoWordsThatWouldGarbleATerminal(String reason) {
    assertThat(
            problems(
                lines(
                    "since", "2026-11-22T16:00Z", "until", "2026-11-22T18:00Z", "reason", reason)))
        .singleElement()
        .asString()
        .startsWith("'reason' must hold no control characters, got '");
  }

  @Test
  void writesWhatItReadsWithTheEndLast() {
    assertThat(
            OverrideText.format(
                override("ignore", "unknown, at-min-isr, offline", "brokers", "4, 3")))
        .isEqualTo(
            """
            # see kafka-pod override --help
            readiness = evaluate
            ignore = offline, at-min-isr, unknown
            brokers = 3, 4
            by = jane
            reason = INC-4711
            since = 2026-11-22T16:00:00Z
            until = 2026-11-22T18:00:00Z
            """);
  }

  @Test
  void writesNoKeyThatSaysNothing() {
    assertThat(
            OverrideText.format(
                new ReadinessOverride(
                    Readiness.READY,
                    Set.of(),
                    false,
                    Set.of(),
                    NOW,
                    NOW,
                    "a\\b",
                    Optional.empty())))
        .isEqualTo(
            """
            # see kafka-pod override --help
            readiness = ready
            reason = a\\\\b
            since = 2026-11-22T16:00:00Z
            until = 2026-11-22T16:00:00Z
            """);
  }

  @Test
  void anOverrideCanNotIgnoreWhereNothingIsEvaluated() {
    assertThatThrownBy(
            () ->
                new ReadinessOverride(
                    Readiness.READY, Set.of(), true, Set.of(), NOW, NOW, "x", Optional.empty()))
        .hasMessage("ready has nothing left to ignore; only evaluate has");
    assertThatThrownBy(
            () ->
                new ReadinessOverride(
                    Readiness.NOT_READY,
                    Set.of(Condition.OFFLINE),
                    false,
                    Set.of(),
                    NOW,
                    NOW,
                    "x",
                    Optional.empty()))
        .hasMessage("not-ready has nothing left to ignore; only evaluate has");
    assertThatThrownBy(
            () ->
                new ReadinessOverride(
                    Readiness.READY, Set.of(), false, Set.of(), NOW, NOW, "x", Optional.of(" x")))
        .hasMessage("'by' must have words in it, got ' x'");
  }
}
