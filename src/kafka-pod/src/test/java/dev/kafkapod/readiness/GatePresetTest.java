package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePresetTest {

  @ParameterizedTest(name = "{0}: startup {1}, balanced {2}, strict {3}")
  @CsvSource({
    "BROKER_STATE,     ALWAYS,  ALWAYS,  ALWAYS",
    "LISTENER,         ALWAYS,  ALWAYS,  ALWAYS",
    "FENCED,           ALWAYS,  ALWAYS,  ALWAYS",
    "LOG_DIR,          STARTUP, STARTUP, ALWAYS",
    "OFFLINE,          STARTUP, ALWAYS,  ALWAYS",
    "UNDER_MIN_ISR,    STARTUP, ALWAYS,  ALWAYS",
    "AT_MIN_ISR,       STARTUP, ALWAYS,  ALWAYS",
    "OUT_OF_SYNC,      STARTUP, STARTUP, ALWAYS",
    "UNDER_REPLICATED, STARTUP, STARTUP, ALWAYS",
    "QUORUM,           STARTUP, STARTUP, ALWAYS",
    "AT_MIN_QUORUM,    STARTUP, ALWAYS,  ALWAYS"
  })
  void givesEachConditionTheGateOfTheDocumentedTable(
      Condition condition, Gate startup, Gate balanced, Gate strict) {
    assertThat(Arrays.stream(GatePreset.values()).map(preset -> preset.gates().get(condition)))
        .containsExactly(startup, balanced, strict);
  }

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
