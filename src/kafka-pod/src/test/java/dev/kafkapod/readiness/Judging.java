package dev.kafkapod.readiness;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.util.List;

/** Short words for judging a made-up observation. */
public final class Judging {

  private Judging() {}

  /** What the policy finds of one condition, whatever its gate; GraceTest is about the grace. */
  static Finding finding(Condition condition, ObservationBuilder observation) {
    Finding found =
        ReadinessPolicy.of(GatePreset.STRICT)
            .assess(observation.build(), false)
            .result(condition)
            .finding();
    return found instanceof Finding.Unknown unknown ? new Finding.Unknown(unknown.cause()) : found;
  }

  /** The verdict with every gate in force. */
  static Verdict strictly(ObservationBuilder observation) {
    return ReadinessPolicy.of(GatePreset.STRICT).assess(observation.build(), false).verdict();
  }

  public static Verdict no(String... reasons) {
    return new Verdict.No(List.of(reasons));
  }

  public static Verdict cannotTell(String... causes) {
    return new Verdict.CannotTell(List.of(causes));
  }

  public static Verdict yes(String summary) {
    return new Verdict.Yes(summary);
  }
}
