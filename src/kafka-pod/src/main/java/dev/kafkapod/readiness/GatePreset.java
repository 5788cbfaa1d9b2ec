package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Gate.ALWAYS;
import static dev.kafkapod.readiness.Gate.STARTUP;

import java.util.EnumMap;
import java.util.Map;

/** The three sets of gates to choose from; single gates can then be changed. */
public enum GatePreset {
  /**
   * Cluster conditions count until the broker has been ready once: paces rollouts, never takes a
   * ready pod out.
   */
  STARTUP_ONLY("startup"),
  /** Also unready while one more loss would make data unavailable. The default. */
  BALANCED("balanced"),
  /** Also unready while anything is not in sync. */
  STRICT("strict");

  private final String optionName;

  GatePreset(String optionName) {
    this.optionName = optionName;
  }

  /** {@code startup}, {@code balanced} or {@code strict}. */
  public String optionName() {
    return optionName;
  }

  /** The gate that this preset gives each condition. */
  public Map<Condition, Gate> gates() {
    Map<Condition, Gate> gates = new EnumMap<>(Condition.class);
    for (Condition condition : Condition.values()) {
      gates.put(condition, gate(condition));
    }
    return gates;
  }

  private Gate gate(Condition condition) {
    return switch (condition) {
      case BROKER_STATE, LISTENER, FENCED -> ALWAYS;
      case OFFLINE, UNDER_MIN_ISR, AT_MIN_ISR, AT_MIN_QUORUM ->
          this == STARTUP_ONLY ? STARTUP : ALWAYS;
      case LOG_DIR, OUT_OF_SYNC, UNDER_REPLICATED, QUORUM -> this == STRICT ? ALWAYS : STARTUP;
    };
  }

  @Override
  public String toString() {
    return optionName;
  }
}
