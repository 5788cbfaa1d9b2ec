package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterEvaluationTest {

  private static final long ASKED = Long.MAX_VALUE - 1;

  private static final Answer<ClusterSnapshot> ANSWER = Answer.known(aCluster().build());

  private static ClusterEvaluation evaluation(Answer<ClusterSnapshot> answer, Duration next) {
    return new ClusterEvaluation(answer, ASKED, Duration.ofSeconds(1), Duration.ZERO, next, false);
  }

  private static long after(double seconds) {
    return ASKED + (long) (seconds * 1e9);
  }

  @Test
  void isAsOldAsItsQuestion() {
    ClusterEvaluation evaluation = evaluation(ANSWER, Duration.ofSeconds(5));

    assertThat(evaluation.age(after(3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(evaluation.age(ASKED - 1)).isEqualTo(Duration.ZERO);
  }

  @Test
  void isBelievedUntilTheNextOneIsTwentySecondsLate() {
    ClusterEvaluation evaluation = evaluation(ANSWER, Duration.ofSeconds(5));

    assertThat(evaluation.at(after(26))).isSameAs(ANSWER);
    assertThat(evaluation.at(after(26) + 1))
        .isEqualTo(Answer.unknown("the cluster was last heard 26 s ago"));
  }

  @Test
  void isBelievedForLongerWhereTheNextOneIsSpacedOut() {
    ClusterEvaluation evaluation = evaluation(ANSWER, Duration.ofSeconds(100));

    assertThat(evaluation.at(after(121))).isSameAs(ANSWER);
    assertThat(evaluation.at(after(121.5)))
        .isEqualTo(Answer.unknown("the cluster was last heard 121 s ago"));
  }

  @Test
  void takesOverWhenTheClusterIsAskedAgain() {
    ClusterEvaluation evaluation =
        evaluation(ANSWER, Duration.ZERO)
            .withNext(new EvaluationBudget.Next(Duration.ofSeconds(7), true));

    assertThat(evaluation)
        .isEqualTo(
            new ClusterEvaluation(
                ANSWER, ASKED, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(7), true));
  }

  @Test
  void keepsTheReasonWhyNothingIsKnown() {
    ClusterEvaluation evaluation = evaluation(Answer.unknown("timed out"), Duration.ofSeconds(5));

    assertThat(evaluation.at(after(1000))).isEqualTo(Answer.unknown("timed out"));
  }

  @Test
  void isUnknownBeforeAnybodyHasAsked() {
    ClusterEvaluation none = ClusterEvaluation.none("nobody has asked", ASKED);

    assertThat(none.at(after(1000))).isEqualTo(Answer.unknown("nobody has asked"));
    assertThat(none.age(after(7))).isEqualTo(Duration.ofSeconds(7));
  }
}
