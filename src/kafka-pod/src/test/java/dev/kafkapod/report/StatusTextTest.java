package dev.kafkapod.report;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTextTest {

  private static final String ESCAPE = "\u001b[";

  @ParameterizedTest
  @EnumSource
  void showsEverythingAtAGlance(StatusSample sample) throws IOException {
    sample.assertLooksLike(String.join("\n", lines(sample, false)) + "\n", "txt");
  }

  @Test
  void showsEveryCondition() {
    List<String> lines = lines(StatusSample.IN_ORDER, false);
    List<String> table =
        lines.subList(lines.lastIndexOf("") - Condition.values().length, lines.lastIndexOf(""));

    assertThat(table).extracting(line -> line.split(" ", 2)[0]).isEqualTo(Condition.optionNames());
  }

  @ParameterizedTest
  @EnumSource
  void saysTheSameInColour(StatusSample sample) {
    List<String> stripped =
        lines(sample, true).stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();

    assertThat(stripped).isEqualTo(lines(sample, false));
  }

  @ParameterizedTest
  @CsvSource({"IN_ORDER, 32", "IN_TROUBLE, 31", "UNANSWERED, 33"})
  void coloursTheVerdict(StatusSample sample, int colour) {
    assertThat(lines(sample, true).get(0))
        .isEqualTo(ESCAPE + colour + "m" + lines(sample, false).get(0) + ESCAPE + "0m");
  }

  @Test
  void coloursOnlyWhatIsAReasonBesidesTheVerdict() {
    assertThat(lines(StatusSample.RECOVERING, true).stream().skip(1))
        .filteredOn(line -> line.contains(ESCAPE))
        .containsExactly(
            ESCAPE
                + "31mbroker-state      always   yes     RECOVERY (recovering logs: 12 logs and 3 segments remain)"
                + ESCAPE
                + "0m",
            ESCAPE
                + "31mfenced            always   yes     (broker 1 isn't among the cluster's live brokers: 2, 3)"
                + ESCAPE
                + "0m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | orders-9                                 1       1,2            1,2,3          2",
        "11 | … and 1 more; --output json names them all",
        "12 | … and 2 more; --output json names them all"
      })
  void namesTheTenWorstPartitions(int count, String lastLine) {
    ClusterBuilder cluster = aCluster();
    IntStream.range(0, count).forEach(i -> cluster.with(aPartition("orders", i).isr(1, 2)));
    Observation observation = anObservation().in(cluster).build();
    Assessment assessment = ReadinessPolicy.of(GatePreset.BALANCED).assess(observation, false);

    List<String> lines =
        new StatusText(
                Status.now(
                    observation, assessment, EffectiveVerdict.none(assessment.verdict()), false, 0),
                false)
            .lines();

    assertThat(lines).last().isEqualTo(lastLine);
  }

  private static List<String> lines(StatusSample sample, boolean colour) {
    return new StatusText(sample.status(), colour).lines();
  }
}
