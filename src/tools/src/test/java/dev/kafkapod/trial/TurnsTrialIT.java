package dev.kafkapod.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Brokers that want to stop in the same moment stop one after the other, if they take turns. */
@Tag("matrix")
@Tag("quiet")
class TurnsTrialIT {

  @Test
  void aPairOfBrokersThatStopsAtOnceDoesNoHarm() throws Exception {
    Totals totals =
        TurnsTrial.run(
            TrialSetting.parse(List.of("--pairs=1", "--turns=on", "--seed=7")),
            new PrintStream(System.out, true, StandardCharsets.UTF_8));

    assertThat(totals.exitCode()).as(totals.line()).isZero();
    assertThat(totals.rounds())
        .hasSize(1)
        .allSatisfy(
            round -> {
              assertThat(round.didHarm()).as(round.line()).isFalse();
              assertThat(round.stops()).as(round.line()).hasSize(2).allMatch(Stop::wasLetGo);
            });
  }
}
