package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are right; {@link UsageTest} has those that are wrong. */
class ConvertersTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "4194304, 4194304"})
  void readsAProcessId(String value, long pid) {
    assertThat(Converters.pid(value)).isEqualTo(pid);
  }
}
