package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePresetTest {

  @Test
  void leavesNoConditionWithoutAGate() {
    assertThat(GatePreset.STRICT.gates()).containsOnlyKeys(Condition.values());
  }

  @Test
  void isNamedAsInOptions() {
    assertThat(Arrays.stream(GatePreset.values()).map(GatePreset::optionName))
        .containsExactly("startup", "balanced", "strict");
  }

  @Test
  void isPrintedByItsOptionName() {
    assertThat(GatePreset.STARTUP_ONLY).hasToString("startup");
  }

  @ParameterizedTest(name = "{0}, latched {1}: in force {2}")
  @CsvSource({
    "ALWAYS,  false, true",
    "ALWAYS,  true,  true",
    "STARTUP, false, true",
    "STARTUP, true,  false",
    "OFF,     false, false",
    "OFF,     true,  false"
  })
  void startupGatesCountUntilTheBrokerHasBeenReadyOnce(
      Gate gate, boolean latched, boolean inForce) {
    assertThat(gate.isInForce(latched)).isEqualTo(inForce);
  }

  @Test
  void gatesAreNamedAsInOptions() {
    assertThat(List.of(Gate.values()))
        .extracting(Gate::optionName)
        .containsExactly("always", "startup", "off");
  }
}
