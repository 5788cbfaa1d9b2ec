package dev.kafkapod.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are right; the usage test of the command line has those that are wrong. */
class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "1ms,      PT0.001S",
    "500ms,    PT0.5S",
    "8s,       PT8S",
    "2m,       PT2M",
    "1h,       PT1H",
    "24h,      PT24H",
    "86400s,   PT24H",
    "007s,     PT7S"
  })
  void readsATimeWithItsUnit(String value, Duration time) {
    assertThat(Values.duration(value)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9092,       localhost,   9092",
    "127.0.0.5:1,          127.0.0.5,   1",
    "broker-1.kafka:65535, broker-1.kafka, 65535",
    "[::1]:9092,           [::1],       9092",
    "' a:9092 ',           a,           9092"
  })
  void readsHostAndPort(String value, String host, Integer port) {
    assertThat(Values.address(value)).isEqualTo(new Address(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9092", "[::1]:9092"})
  void writesAnAddressAsItWasRead(String value) {
    assertThat(Values.address(value)).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "12, 12", "999999999, 999999999"})
  void readsAThreshold(String value, int threshold) {
    assertThat(Values.threshold(value)).isEqualTo(threshold);
  }
}
