package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "99, 0.0 s", "100, 0.1 s", "7399, 7.3 s", "61000, 61.0 s"})
  void writesSecondsWithOneDecimal(long millis, String text) {
    assertThat(Wording.seconds(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void writesIdsInAscendingOrder() {
    assertThat(Wording.ids(List.of(10, 9, 1))).isEqualTo("1, 9, 10");
  }

  @Test
  void writesNoIdsAsNone() {
    assertThat(Wording.ids(List.of())).isEqualTo("none");
  }
}
