package dev.kafkapod.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TotalsTest {

  private static final TrialSetting SETTING = setting("on");
  private static final Stop FIRST = stop(2, 8100);
  private static final Stop SECOND = stop(0, 19_500);

  private static TrialSetting setting(String turns) {
    return TrialSetting.parse(List.of("--pairs=2", "--turns=" + turns, "--seed=7"));
  }

  private static Stop stop(int node, long hookMillis) {
    return new Stop(
        node,
        OptionalInt.of(0),
        hookMillis,
        OptionalLong.of(hookMillis + 1200),
        OptionalLong.of(hookMillis + 5000),
        List.of("8.0 s  can stop"));
  }

  private static Round round(double partitionSeconds, OptionalLong fault, Stop... stops) {
    return new Round(
        12,
        List.of(stops),
        300,
        partitionSeconds,
        Optional.empty(),
        0,
        fault.isPresent() ? "broker 1 was killed" : "",
        fault,
        Optional.empty(),
        31_200);
  }

  private static Totals totals(TrialSetting setting, Round... rounds) {
    return new Totals(
        setting, List.of(rounds), 2, 0, List.of(9000L, 8000L), List.of(6000L, 7000L, 6500L));
  }

  @Test
  void saysOfEachRoundWhoWasLetGoWhen() {
    assertThat(round(0, OptionalLong.empty(), FIRST, SECOND).line())
        .isEqualTo(
            "round 12: no harm; 2+0; began within 0.3 ms; 2 let go after 8.1 s, down 9.3 s, up 13.1 s;"
                + " 0 let go after 19.5 s, down 20.7 s, up 24.5 s; under min ISR 0.0 partition-seconds; 31.2 s");
  }

  @Test
  void failsByHarm() {
    Totals totals =
        totals(
            SETTING,
            round(0, OptionalLong.empty(), FIRST, SECOND),
            round(3.2, OptionalLong.empty(), FIRST, SECOND));

    assertThat(totals.exitCode()).isEqualTo(1);
    assertThat(totals.line())
        .isEqualTo(
            "2 of 2 rounds, 1 with harm, 0 that prove nothing; under min ISR 3.2 partition-seconds; failed sends: 0;"
                + " a lone stop waits 8.5 s with turns, 6.5 s without (medians). This was "
                + SETTING.command()
                + ".");
  }

  @Test
  void expectsHarmWithoutTurns() {
    Round harm = round(3.2, OptionalLong.empty(), FIRST, SECOND);

    assertThat(totals(setting("off"), harm, harm).exitCode()).isZero();
  }

  @Test
  void doesNotBlameTurnsForABrokerThatWasTakenAwayAfterOrJustBeforeAStop() {
    Round unknown = round(3.2, OptionalLong.of(5000), FIRST, SECOND);
    Round known = round(3.2, OptionalLong.of(5000), stop(2, 15_000), SECOND);

    assertThat(unknown.line()).startsWith("round 12: harm by the fault; ");
    assertThat(totals(SETTING, unknown, unknown).exitCode()).isZero();
    assertThat(known.line()).startsWith("round 12: HARM; ");
    assertThat(totals(SETTING, unknown, known).exitCode()).isEqualTo(1);
  }

  @Test
  void isNoProofWhereNobodyWasLetGoOrARoundIsMissing() {
    Round fine = round(0, OptionalLong.empty(), FIRST, SECOND);
    Stop late =
        new Stop(
            0,
            OptionalInt.of(1),
            180_000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of("180.0 s  cannot stop"));

    assertThat(totals(SETTING, fine, round(0, OptionalLong.empty(), FIRST, late)).exitCode())
        .isEqualTo(3);
    assertThat(totals(SETTING, fine).exitCode()).isEqualTo(3);
    assertThat(totals(SETTING, fine, fine).exitCode()).isZero();
    assertThat(round(0, OptionalLong.empty(), FIRST, late).line())
        .contains("; 0 was not let go (exit code 1 after 180.0 s); ");
    assertThat(round(0, OptionalLong.empty(), late).trace())
        .isEqualTo("    hook of 0: 180.0 s  cannot stop");
  }

  @Test
  void countsAQuorumWithoutAMajority() {
    Round lost =
        new Round(
            1,
            List.of(FIRST, SECOND),
            300,
            0,
            Optional.of(new Losses(2000, 1500)),
            0,
            "",
            OptionalLong.empty(),
            Optional.empty(),
            31_200);

    assertThat(lost.didHarm()).isTrue();
    assertThat(lost.line())
        .contains("; the quorum was without a majority for 1.5 s, and without a leader for 2.0 s;");
  }
}
