package dev.kafkapod.storage;

import static dev.kafkapod.storage.StorageStates.BEGUN;
import static dev.kafkapod.storage.StorageStates.CLUSTER;
import static dev.kafkapod.storage.StorageStates.EMPTIED;
import static dev.kafkapod.storage.StorageStates.FILLED;
import static dev.kafkapod.storage.StorageStates.empty;
import static dev.kafkapod.storage.StorageStates.formatted;
import static dev.kafkapod.storage.StorageStates.given;
import static dev.kafkapod.storage.StorageStates.leader;
import static dev.kafkapod.storage.StorageStates.metadata;
import static dev.kafkapod.storage.StorageStates.on;
import static dev.kafkapod.storage.StorageStates.quorum;
import static dev.kafkapod.storage.StorageStates.unheardOf;
import static dev.kafkapod.storage.StorageStates.voter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import dev.kafkapod.storage.Directory.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A controller whose directory is formatted, but has no metadata log. */
class MetadataLossTest {

  private static final MetadataLog ABSENT = MetadataLog.ABSENT;
  private static final Directory LOST = metadata("/data", Usage.STARTED, ABSENT);
  private static final NothingToDo FORMATTED =
      new NothingToDo("every directory is formatted", List.of());
  private static final QuorumState MAJORITY = quorum(unheardOf(1), leader(), voter(3, 100, 50_000));
  private static final QuorumState MINORITY =
      quorum(voter(1, 100, 50_000), leader(), voter(3, 100, 40_000));

  @Test
  void aNodeThatWasOnlyFormattedIsNew() {
    Directory onlyFormatted = metadata("/data", Usage.NONE, ABSENT);
    Directory dynamic = metadata("/data", Usage.NONE, new MetadataLog(true, false, false, false));

    assertThat(given().notANewCluster().directories(onlyFormatted).decision()).isEqualTo(FORMATTED);
    assertThat(given().dynamic().directories(dynamic).decision()).isEqualTo(FORMATTED);
  }

  @Test
  void aLogWithRecordsIsThere() {
    assertThat(given().directories(metadata("/data", Usage.SERVED, FILLED)).decision())
        .isEqualTo(FORMATTED);
  }

  @Test
  void aBrokersLogIsOnlyACopy() {
    assertThat(given().broker().directories(LOST).decision()).isEqualTo(FORMATTED);
  }

  @Test
  void startsAgainWhereAMajorityHasEverythingWithoutIt() {
    assertThat(given().notANewCluster().directories(LOST).led("b:9093", MAJORITY).decision())
        .isEqualTo(
            new NothingToDo(
                "controller 2 leads, and 2 of 3 voters have caught up without this one, which gets the metadata log from them",
                List.of(
                    "controller 1 comes back without its metadata log, /data/__cluster_metadata-0")));
  }

  @Test
  void stopsWhereTooFewHaveCaughtUpWithoutIt() {
    assertThat(given().directories(LOST).led("b:9093", MINORITY).decision())
        .isEqualTo(
            new RefuseStart(
                "/data is formatted, but its metadata log (__cluster_metadata-0) is lost, and of 3 voters only 1 (2) have caught up with the quorum without controller 1, where 2 are needed: if it voted again without its log, what the cluster has committed could be lost; let the others catch up (not yet: 3), then this one may start, or bring its disk back",
                true));
  }

  @Test
  void stopsWhereNobodyTells() {
    assertThat(given().directories(LOST).absent("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is formatted, but its metadata log (__cluster_metadata-0) is lost, and no other controller answers: b:9093 (Connection refused); start the other controllers, or bring the log back; only if the cluster has never come into being, empty the directories of controller 1",
                true));
    assertThat(given().directories(LOST).leaderless("b:9093").decision())
        .isInstanceOf(RefuseStart.class);
    assertThat(given().directories(LOST).decision())
        .isInstanceOfSatisfying(
            RefuseStart.class, it -> assertThat(it.isProvisional()).as("nobody to ask").isFalse());
  }

  @Test
  void canNotTellWhereSomebodyDoesNotTalk() {
    assertThat(
            given()
                .directories(LOST)
                .reply("c:9093", new ControllerReply.Refused("c:9093 hangs"))
                .decision())
        .isEqualTo(
            new Undecided(
                "/data is formatted, but its metadata log (__cluster_metadata-0) is lost, and whether the cluster lives can't be told: c:9093 hangs",
                true));
  }

  @Test
  void whatIsLeftOfTheLogShowsThatItIsLost() {
    MetadataLog left = new MetadataLog(true, false, false, true);

    assertThat(given().directories(metadata("/data", Usage.NONE, left)).absent("b:9093").decision())
        .isInstanceOf(RefuseStart.class);
    assertThat(
            given()
                .directories(metadata("/data", Usage.STARTED, EMPTIED))
                .absent("b:9093")
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void partitionsOnAnotherDiskShowThatItIsLost() {
    assertThat(
            given()
                .combined()
                .directories(metadata("/meta", Usage.NONE, ABSENT), formatted("/b", false))
                .absent("b:9093")
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void aLogThatNeverHadARecordMayBeANewClusters() {
    StorageStates begun =
        given().directories(metadata("/data", Usage.STARTED, BEGUN)).leaderless("b:9093");

    assertThat(begun.decision())
        .isEqualTo(
            new NothingToDo(
                "a new cluster, whose metadata log has no records yet: the other controllers name no leader: b:9093",
                List.of(),
                true));
    assertThat(begun.notANewCluster().decision())
        .isEqualTo(
            new RefuseStart(
                "/data is formatted, but its metadata log (__cluster_metadata-0) has no records yet, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but the other controllers name no leader: b:9093; start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true",
                true));
  }

  @Test
  void aLogThatNeverHadARecordHasNoPartitions() {
    assertThat(
            given()
                .combined()
                .directories(metadata("/data", Usage.SERVED, BEGUN))
                .leaderless("b:9093")
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void aLogThatNeverHadARecordIsNoVoteEither() {
    StorageStates begun = given().directories(metadata("/data", Usage.STARTED, BEGUN));

    assertThat(begun.led("b:9093", MINORITY).decision()).isInstanceOf(RefuseStart.class);
    assertThat(
            given()
                .directories(metadata("/data", Usage.STARTED, BEGUN))
                .led("b:9093", MAJORITY)
                .decision())
        .isInstanceOfSatisfying(
            NothingToDo.class, it -> assertThat(it.warnings()).as("nothing is lost").isEmpty());
  }

  @Test
  void anotherProcessOfTheSameIdIsNamed() {
    assertThat(
            given()
                .directories(LOST)
                .led("b:9093", quorum(voter(1, 100, 1), on("x", leader())))
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void aFurtherDiskIsFormattedByTheSameRules() {
    StorageStates lost =
        given()
            .combined()
            .dynamic()
            .registration(BrokerRegistration.UNKNOWN)
            .directories(LOST, empty("/b", false));

    assertThat(lost.absent("c:9093").decision())
        .isInstanceOfSatisfying(
            RefuseStart.class,
            it ->
                assertThat(it.why())
                    .startsWith(
                        "/data is formatted, but its metadata log (__cluster_metadata-0) is lost, and /b is empty, and no other controller answers: "));
    assertThat(lost.led("b:9093", MAJORITY).decision())
        .isInstanceOfSatisfying(
            FormatDisks.class,
            it -> {
              assertThat(it.directories()).containsExactly("/b");
              assertThat(it.clusterId()).isEqualTo(Optional.of(CLUSTER));
              assertThat(it.mode()).isEqualTo(new FormatMode.NoInitialControllers());
              assertThat(it.commands()).as("its old identity is on the disk").isEmpty();
              assertThat(it.warnings())
                  .hasSize(5)
                  .startsWith(
                      "broker and controller 1 comes back without its metadata log, /data/__cluster_metadata-0",
                      "broker 1 may have lived before, and comes back with an empty disk: /b");
            });
  }

  @Test
  void anEmptiedDiskShowsThatTheNodeHasLived() {
    Directory emptied = new Directory("/data", true, new Directory.Empty(Usage.STARTED));

    assertThat(given().directories(emptied).absent("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, but its directories show that controller 1 has lived: its metadata is lost, and no other controller answers: b:9093 (Connection refused); start the other controllers, or bring the disk back",
                true));
    assertThat(given().directories(emptied).led("b:9093", MAJORITY).decision())
        .isInstanceOf(FormatDisks.class);
  }
}
