package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Help.Ansi;

class StatusTextTest {

  private static final String ESCAPE = "\u001b[";

  @ParameterizedTest
  @EnumSource
  void showsEverythingAtAGlance(StatusSample sample) throws IOException {
    sample.assertLooksLike(String.join("\n", lines(sample, Ansi.OFF)) + "\n", "txt");
  }

  @ParameterizedTest
  @EnumSource
  void saysTheSameInColour(StatusSample sample) {
    List<String> stripped =
        lines(sample, Ansi.ON).stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .toList();

    assertThat(stripped).isEqualTo(lines(sample, Ansi.OFF));
  }

  @ParameterizedTest
  @CsvSource({"IN_ORDER, 32", "IN_TROUBLE, 31", "UNANSWERED, 33"})
  void coloursTheVerdict(StatusSample sample, int colour) {
    assertThat(lines(sample, Ansi.ON).get(0))
        .isEqualTo(ESCAPE + colour + "m" + lines(sample, Ansi.OFF).get(0) + ESCAPE + "0m");
  }

  @Test
  void coloursOnlyWhatIsAReasonBesidesTheVerdict() {
    assertThat(lines(StatusSample.RECOVERING, Ansi.ON).stream().skip(1))
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

  private static List<String> lines(StatusSample sample, Ansi ansi) {
    return new StatusText(sample.status(), ansi).lines();
  }
}
