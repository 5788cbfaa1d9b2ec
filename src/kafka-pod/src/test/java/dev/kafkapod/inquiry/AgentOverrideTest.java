package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.Overrides;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentOverrideTest {

  private static final String IDENTITY = "own " + "0123456789abcdef".repeat(2) + " -";

  private static final Overrides NOW =
      new Overrides(Optional.empty(), List.of(), OverrideIdentity.of(IDENTITY));

  private static Optional<EffectiveVerdict> of(String override) {
    return AgentOverride.of(
        NOW,
        """
        {"hides": ["not this"], "conditions": [{"without": 1}],
        "override": %s, "without": "nor this"}
        """
            .formatted(override));
  }

  @Test
  void takesWhatTheOverrideHidesAndWhatWouldBeSaidWithoutIt() {
    EffectiveVerdict effective =
        of("""
            {"inForce": true, "identity": "%s", "brokers": [1], "hides": ["a", "b"],
            "without": "not ready: a", "withoutSummary": "ready: it says", "withoutExitCode": 1}"""
                .formatted(IDENTITY))
            .orElseThrow();

    assertThat(effective.hides()).containsExactly("a", "b");
    // a line's words decide nothing
    assertThat(effective.without()).isEqualTo(new Verdict.No(List.of("ready: it says")));
    assertThat(effective.overrides()).isEqualTo(NOW);
  }

  @Test
  void takesNothingThatWasSaidUnderOtherFiles() {
    assertThat(
            of(
                "{\"identity\": \"none - -\", \"withoutSummary\": \"ready\", \"withoutExitCode\": 0}"))
        .isEmpty();
    assertThat(of("{\"withoutSummary\": \"ready\", \"withoutExitCode\": 0}")).isEmpty();
    assertThat(of("{\"identity\": \"%s\"}".formatted(IDENTITY))).isEmpty();
    assertThat(
            of(
                "{\"identity\": \"%s\", \"withoutSummary\": \"\", \"withoutExitCode\": 0}"
                    .formatted(IDENTITY)))
        .isEmpty();
    assertThat(AgentOverride.of(NOW, "<html>")).isEmpty();
  }
}
