package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SightingTest {

  private static final long ASKED = Long.MAX_VALUE - 1;

  private static final Answer<ClusterSnapshot> ANSWER = Answer.known(aCluster().build());

  private static Sighting sighting(Answer<ClusterSnapshot> answer, Duration next) {
    return new Sighting(answer, ASKED, Duration.ofSeconds(1), Duration.ZERO, next, false);
  }

  private static long after(double seconds) {
    return ASKED + (long) (seconds * 1e9);
  }

  @Test
  void isAsOldAsItsQuestion() {
    Sighting sighting = sighting(ANSWER, Duration.ofSeconds(5));

    assertThat(sighting.age(after(3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(sighting.age(ASKED - 1)).isEqualTo(Duration.ZERO);
  }

  @Test
  void isBelievedUntilTheNextOneIsTwentySecondsLate() {
    Sighting sighting = sighting(ANSWER, Duration.ofSeconds(5));

    assertThat(sighting.at(after(26))).isSameAs(ANSWER);
    assertThat(sighting.at(after(26) + 1))
        .isEqualTo(Answer.unknown("the cluster was last heard 26 s ago"));
  }

  @Test
  void isBelievedForLongerWhereTheNextOneIsSpacedOut() {
    Sighting sighting = sighting(ANSWER, Duration.ofSeconds(100));

    assertThat(sighting.at(after(121))).isSameAs(ANSWER);
    assertThat(sighting.at(after(121.5)))
        .isEqualTo(Answer.unknown("the cluster was last heard 121 s ago"));
  }

  @Test
  void takesOverWhenTheClusterIsAskedAgain() {
    Sighting sighting =
        sighting(ANSWER, Duration.ZERO).withNext(new Pace.Next(Duration.ofSeconds(7), true));

    assertThat(sighting)
        .isEqualTo(
            new Sighting(
                ANSWER, ASKED, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(7), true));
  }

  @Test
  void keepsTheReasonWhyNothingIsKnown() {
    Sighting sighting = sighting(Answer.unknown("timed out"), Duration.ofSeconds(5));

    assertThat(sighting.at(after(1000))).isEqualTo(Answer.unknown("timed out"));
  }

  @Test
  void isUnknownBeforeAnybodyHasAsked() {
    Sighting none = Sighting.none("nobody has asked", ASKED);

    assertThat(none.at(after(1000))).isEqualTo(Answer.unknown("nobody has asked"));
    assertThat(none.age(after(7))).isEqualTo(Duration.ofSeconds(7));
  }
}
