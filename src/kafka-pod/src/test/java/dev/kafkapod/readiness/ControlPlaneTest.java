package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneTest {

  private static final long NOW = 1_000_000;

  @Test
  void measuresALagByTheLeadersClock() {
    Quorum quorum = quorum(List.of(caughtUpAt(101, NOW)), List.of(caughtUpAt(1, NOW - 7_300)));

    assertThat(quorum.brokerLag(1)).contains(Duration.ofMillis(7_300));
  }

  @Test
  void measuresTheLagOfVotersToo() {
    Quorum quorum = quorum(caughtUpAt(101, NOW), caughtUpAt(102, NOW - 20));

    assertThat(quorum.brokerLag(102)).contains(Duration.ofMillis(20));
  }

  @Test
  void knowsNoLagOfTheLeaderBehindItself() {
    Quorum quorum = quorum(never(101));

    assertThat(quorum.brokerLag(101)).contains(Duration.ZERO);
  }

  @Test
  void takesANodeThatIsAheadOfTheLeaderForCaughtUp() {
    Quorum quorum = quorum(caughtUpAt(101, NOW), caughtUpAt(102, NOW + 500));

    assertThat(quorum.brokerLag(102)).contains(Duration.ZERO);
  }

  @Test
  void cannotTellTheLagBehindALeaderWhoseClockWasSetBack() {
    Quorum quorum = quorum(caughtUpAt(101, NOW), caughtUpAt(102, NOW + 501));

    assertThat(quorum.brokerLag(102)).isEmpty();
  }

  @Test
  void cannotTellTheLagOfANodeThatTheLeaderDoesNotList() {
    Quorum quorum = quorum(caughtUpAt(101, NOW));

    assertThat(quorum.brokerLag(4)).isEmpty();
  }

  @Test
  void cannotTellTheLagOfANodeThatHasNeverCaughtUp() {
    Quorum quorum = quorum(caughtUpAt(101, NOW), never(102));

    assertThat(quorum.brokerLag(102)).isEmpty();
  }

  @Test
  void cannotTellAnyLagUntilTheLeaderHasATimeOfItsOwn() {
    Quorum quorum = quorum(never(101), caughtUpAt(102, NOW));

    assertThat(quorum.brokerLag(102)).isEmpty();
  }

  @Test
  void goesByTheLaterTimeOfANodeThatIsListedTwice() {
    Quorum quorum =
        quorum(
            List.of(caughtUpAt(101, NOW)),
            List.of(caughtUpAt(1, NOW - 200_000), caughtUpAt(1, NOW - 100), never(1)));

    assertThat(quorum.brokerLag(1)).contains(Duration.ofMillis(100));
  }

  @Test
  void neverTakesALostDiskForTheOneThatReplacedIt() {
    Follower lost = new Follower(102, Optional.of("old"), OptionalLong.of(NOW - 60_000), 1000);
    Follower found = new Follower(102, Optional.of("new"), OptionalLong.of(NOW - 10), 1000);
    Quorum quorum = quorum(List.of(caughtUpAt(101, NOW), lost, never(103)), List.of(found));

    assertThat(quorum.lag(lost)).contains(Duration.ofMinutes(1));
    assertThat(quorum.lag(found)).contains(Duration.ofMillis(10));
    assertThat(quorum.brokerLag(102)).contains(Duration.ofMillis(10));
    assertThat(quorum.hasMajorityWithin(Duration.ofSeconds(5))).isFalse();
    assertThat(quorum.replacement(lost)).contains(found);
  }

  @Test
  void knowsNoReplacementOfAVoterThatWasHeardOfLater() {
    Follower lost = new Follower(102, Optional.of("old"), OptionalLong.of(NOW - 10), 1000);
    Follower voter = new Follower(102, Optional.of("new"), OptionalLong.of(NOW), 1000);
    Quorum quorum = quorum(List.of(caughtUpAt(101, NOW), voter), List.of(lost));

    assertThat(quorum.replacement(voter)).isEmpty();
  }

  @Test
  void knowsAReplacementOfAVoterThatHasNeverBeenHeardOf() {
    Follower lost = new Follower(102, Optional.of("old"), OptionalLong.empty(), 1000);
    Follower found = new Follower(102, Optional.of("new"), OptionalLong.of(NOW), 1000);
    Follower silent = new Follower(102, Optional.of("newer"), OptionalLong.empty(), 1000);

    assertThat(
            quorum(List.of(caughtUpAt(101, NOW), lost), List.of(silent, found)).replacement(lost))
        .contains(found);
  }

  @ParameterizedTest
  @CsvSource({"102, old, 102,", "102,, 102, new", "102, old, 102, old", "102, old, 103, new"})
  void takesNobodyForAReplacementThatMayBeTheSameDiskOrIsAnotherNode(
      int voter, String lost, int observer, String found) {
    Follower one =
        new Follower(voter, Optional.ofNullable(lost), OptionalLong.of(NOW - 60_000), 1000);
    Follower other = new Follower(observer, Optional.ofNullable(found), OptionalLong.of(NOW), 1000);

    assertThat(quorum(List.of(caughtUpAt(101, NOW), one), List.of(other)).replacement(one))
        .isEmpty();
  }

  @ParameterizedTest(name = "lags of the other voters: {0}, {1}, {2}, {3}")
  @CsvSource({
    "0,    0,    0,    0,    true",
    "0,    0,    9999, 9999, true",
    "5000, 5000, 9999, 9999, true",
    "5000, 5001, 9999, 9999, false",
    "0,    9999, 9999, 9999, false"
  })
  void hasAMajorityOfFiveWhileTwoFollowTheLeader(
      long second, long third, long fourth, long fifth, boolean majority) {
    Quorum quorum =
        quorum(
            caughtUpAt(101, NOW),
            caughtUpAt(102, NOW - second),
            caughtUpAt(103, NOW - third),
            caughtUpAt(104, NOW - fourth),
            caughtUpAt(105, NOW - fifth));

    assertThat(quorum.hasMajorityWithin(Duration.ofSeconds(5))).isEqualTo(majority);
  }

  @Test
  void hasNoMajorityWithHalfOfTheVoters() {
    Quorum quorum =
        quorum(caughtUpAt(101, NOW), caughtUpAt(102, NOW), never(103), caughtUpAt(104, 0));

    assertThat(quorum.hasMajorityWithin(Duration.ofSeconds(5))).isFalse();
  }

  @Test
  void hasAMajorityByTheLeaderAloneWhereItIsTheOnlyVoter() {
    assertThat(quorum(never(101)).hasMajorityWithin(Duration.ZERO)).isTrue();
  }

  @Test
  void needsTheLeaderToBeAVoter() {
    assertThatThrownBy(() -> new Quorum(9, 7, List.of(caughtUpAt(101, NOW)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the leader 9 must be one of the voters"
                + " [Follower[id=101, directory=Optional.empty, lastCaughtUpMs=OptionalLong[1000000], logEndOffset=1000]]");
  }

  private static Quorum quorum(Follower... voters) {
    return quorum(Arrays.asList(voters), List.of());
  }

  private static Quorum quorum(List<Follower> voters, List<Follower> observers) {
    return new Quorum(101, 7, voters, observers);
  }

  private static Follower caughtUpAt(int id, long millis) {
    return new Follower(id, Optional.empty(), OptionalLong.of(millis), 1000);
  }

  private static Follower never(int id) {
    return new Follower(id, Optional.empty(), OptionalLong.empty(), -1);
  }
}
