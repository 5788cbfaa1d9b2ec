package dev.kafkapod.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.common.Address;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

  @Test
  void readsGatesThatDifferFromThePreset() {
    assertThat(Values.gates("at-min-isr=startup, log-dir = always,offline=off"))
        .isEqualTo(
            Map.of(
                Condition.AT_MIN_ISR, Gate.STARTUP,
                Condition.LOG_DIR, Gate.ALWAYS,
                Condition.OFFLINE, Gate.OFF));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at-min-isr          | must be CONDITION=GATE, got 'at-min-isr'; write for example at-min-isr=startup",
        "offline=off,        | must be CONDITION=GATE, got ''; write for example at-min-isr=startup",
        "ofline=off          | there is no condition 'ofline' (did you mean offline?); choose from CONDITIONS",
        "offline=never       | there is no gate 'never'; choose from always, startup, off"
      })
  void refusesGatesThatAreNone(String value, String message) {
    assertThatThrownBy(() -> Values.gates(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.replace("CONDITIONS", String.join(", ", Condition.optionNames())));
  }

  @Test
  void readsSeveralAddresses() {
    assertThat(Values.addresses("a:1, [::1]:2"))
        .containsExactly(new Address("a", 1), new Address("[::1]", 2));
  }

  @Test
  void refusesAnAddressAmongOthersThatIsNone() {
    assertThatThrownBy(() -> Values.addresses("a:1,b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be host:port with a port from 1 to 65535, got 'b'; write for example 127.0.0.1:9092");
  }

  @Test
  void readsWhereToListenOrThatNobodyShould() {
    assertThat(Values.addressOrOff("off")).isEmpty();
    assertThat(Values.addressOrOff("0.0.0.0:8085")).contains(new Address("0.0.0.0", 8085));
    assertThatThrownBy(() -> Values.addressOrOff("on"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be host:port with a port from 1 to 65535, got 'on'; write for example 127.0.0.1:9092");
  }

  @Test
  void refusesAPathThatNoSystemKnows() {
    assertThat(Values.path("/a b")).isEqualTo(Path.of("/a b"));
    assertThatThrownBy(() -> Values.path("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a path, got 'a\0b'");
  }
}
