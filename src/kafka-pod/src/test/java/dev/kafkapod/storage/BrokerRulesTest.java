package dev.kafkapod.storage;

import static dev.kafkapod.storage.StorageStates.CLUSTER;
import static dev.kafkapod.storage.StorageStates.empty;
import static dev.kafkapod.storage.StorageStates.formatted;
import static dev.kafkapod.storage.StorageStates.given;
import static dev.kafkapod.storage.StorageStates.leader;
import static dev.kafkapod.storage.StorageStates.quorum;
import static dev.kafkapod.storage.StorageStates.unheardOf;
import static dev.kafkapod.storage.StorageStates.voter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An empty broker: new, or robbed of its data. */
class BrokerRulesTest {

  private static final QuorumState QUORUM = quorum(leader());

  private static List<String> warnings(String first) {
    return List.of(
        first,
        "what only it had is lost: partitions without another replica, and, where it was the last member of an ISR, whatever its followers hadn't fetched yet, which they may now throw away, too",
        "partitions with other replicas in sync are copied from those, which takes time, disk and network; until then they are under-replicated",
        "if its old volume still exists, stop this broker now, and mount that one instead");
  }

  private static FormatDisks format(String why, List<String> warnings, boolean provisional) {
    return new FormatDisks(
        List.of("/data"),
        Optional.of(CLUSTER),
        new FormatMode.StaticVoters(),
        why,
        warnings,
        List.of(),
        false,
        provisional);
  }

  @Test
  void aNewBrokerIsFormattedQuietly() {
    assertThat(given().broker().led("b:9093", QUORUM).decision())
        .isEqualTo(
            format("a new broker, because the cluster doesn't know broker 1", List.of(), false));
  }

  @Test
  void aBrokerThatTheClusterKnowsIsFormattedLoudly() {
    assertThat(
            given()
                .broker()
                .notANewCluster()
                .led("b:9093", QUORUM)
                .registration(BrokerRegistration.KNOWN)
                .decision())
        .isEqualTo(
            format(
                "the cluster knows broker 1",
                warnings("broker 1 comes back with an empty disk: /data"),
                false));
  }

  @Test
  void aBrokerOfWhichNobodyTellsIsFormattedLoudly() {
    assertThat(
            given()
                .broker()
                .led("b:9093", QUORUM)
                .registration(BrokerRegistration.UNKNOWN)
                .decision())
        .isEqualTo(
            format(
                "the controllers don't tell whether the cluster knows broker 1",
                warnings(
                    "broker 1 may have lived before, and comes back with an empty disk: /data"),
                false));
  }

  @Test
  void aBrokerNeedsNoMajorityForItHasNoVote() {
    assertThat(
            given().broker().led("b:9093", quorum(leader(), unheardOf(3), unheardOf(4))).decision())
        .isInstanceOf(FormatDisks.class);
  }

  @Test
  void isANewClustersIfNoControllerAnswersForLongEnough() {
    FormatDisks format =
        format("no controller answers, so it may be a new cluster's", List.of(), true);

    assertThat(
            given().broker().absent("b:9093").registration(BrokerRegistration.UNKNOWN).decision())
        .isEqualTo(format);
    assertThat(
            given()
                .broker()
                .leaderless("b:9093")
                .registration(BrokerRegistration.UNKNOWN)
                .decision())
        .isEqualTo(format);
  }

  @Test
  void waitsForTheControllersIfTheClusterIsSaidToLive() {
    assertThat(given().broker().notANewCluster().absent("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but no controller answers that could tell whether it knows broker 1; start the controllers; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true",
                true));
  }

  @Test
  void waitsForALeaderIfTheClusterIsNotNew() {
    assertThat(given().broker().leaderlessWithMetadata("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and the cluster isn't new, but no leader can be asked whether broker 1 may start without its data: b:9093 has the cluster's metadata, but knows no leader; start the other controllers, or bring the disk back",
                true));
  }

  @Test
  void aFurtherDiskWaitsForNoLeader() {
    assertThat(
            given()
                .combined()
                .directories(formatted("/meta", true, CLUSTER, 1, false), empty("/data", false))
                .following("b:9093", 3, 7)
                .registration(BrokerRegistration.UNKNOWN)
                .decision())
        .isEqualTo(
            format(
                "the cluster lives, but no leader tells whether it knows broker and controller 1: b:9093 names controller 3 as the leader, which doesn't answer (l:9093: Connection refused)",
                warnings(
                    "broker 1 may have lived before, and comes back with an empty disk: /data"),
                true));
  }

  @Test
  void canNotTellIfAControllerDoesNotTalk() {
    assertThat(
            given()
                .broker()
                .reply("c:9093", new ControllerReply.Refused("c:9093 hangs"))
                .decision())
        .isEqualTo(
            new Undecided(
                "/data is empty, and whether the cluster lives can't be told: c:9093 hangs", true));
  }

  @Test
  void aBrokerWithoutAClusterIdIsNotFormatted() {
    assertThat(given().broker().withoutClusterId().led("b:9093", QUORUM).decision())
        .isInstanceOf(Invalid.class);
    assertThat(given().broker().withoutClusterId().decision()).isInstanceOf(Invalid.class);
  }

  @Test
  void aBrokerAmongDynamicVotersIsNoVoter() {
    assertThat(given().broker().dynamic().led("b:9093", QUORUM).decision())
        .isInstanceOfSatisfying(
            FormatDisks.class,
            it -> assertThat(it.mode()).isEqualTo(new FormatMode.NoInitialControllers()));
  }

  @Test
  void aFurtherDiskIsFormattedWhateverTheControllersSay() {
    StorageStates storageState =
        given()
            .combined()
            .notANewCluster()
            .withoutClusterId()
            .directories(formatted("/meta", true), empty("/data", false));

    assertThat(storageState.absent("b:9093").decision())
        .isEqualTo(
            format(
                "no controller answers, so it may be a new cluster's",
                warnings(
                    "broker 1 may have lived before, and comes back with an empty disk: /data"),
                true));
    assertThat(storageState.reply("c:9093", new ControllerReply.Refused("c:9093 hangs")).decision())
        .isInstanceOf(FormatDisks.class);
  }

  @Test
  void aFurtherDiskOfAControllerThatHasNoDataIsFormattedQuietly() {
    assertThat(
            given()
                .directories(formatted("/meta", true), empty("/data", false))
                .led("b:9093", QUORUM)
                .registration(BrokerRegistration.UNKNOWN)
                .decision())
        .isInstanceOfSatisfying(FormatDisks.class, it -> assertThat(it.warnings()).isEmpty());
  }

  @Test
  void aCombinedNodeIsWarnedOfBoth() {
    assertThat(
            given()
                .combined()
                .registration(BrokerRegistration.UNKNOWN)
                .led("b:9093", quorum(unheardOf(1), leader(), voter(3, 100, 50_000)))
                .decision())
        .isEqualTo(
            format(
                "a loss or a new node: controller 2 leads, and 2 of 3 voters have caught up without this one",
                warnings(
                    "broker 1 may have lived before, and comes back with an empty disk: /data"),
                false));
  }

  @Test
  void theMetadataOfABrokerIsOnlyACopy() {
    assertThat(
            given()
                .broker()
                .directories(empty("/meta", true), formatted("/b", false))
                .registration(BrokerRegistration.KNOWN)
                .led("b:9093", QUORUM)
                .decision())
        .isInstanceOfSatisfying(
            FormatDisks.class, it -> assertThat(it.directories()).containsExactly("/meta"));
  }
}
