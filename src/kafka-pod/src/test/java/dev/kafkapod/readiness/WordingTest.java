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

  @ParameterizedTest
  @CsvSource({"0, 0.000 s", "12, 0.012 s", "1500, 1.500 s"})
  void writesShortTimesWithThreeDecimals(long millis, String text) {
    assertThat(Wording.shortTime(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,    0 s",
    "0,     0 s",
    "59,    59 s",
    "60,    1 min 0 s",
    "3599,  59 min 59 s",
    "3600,  1 h 0 min",
    "93784, 26 h 3 min"
  })
  void writesLongTimesForPeople(long seconds, String text) {
    assertThat(Wording.longTime(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H, 24h",
    "PT90M, 90m",
    "PT45S, 45s",
    "PT1H, 1h",
    "PT12S, 12s",
    "PT0.5S, 500ms",
    "PT12.5S, 12500ms"
  })
  void writesDurationsAsSettingsHaveThem(Duration duration, String text) {
    assertThat(Wording.setting(duration)).isEqualTo(text);
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
