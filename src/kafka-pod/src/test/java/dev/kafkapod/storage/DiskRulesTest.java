package dev.kafkapod.storage;

import static dev.kafkapod.storage.StorageStates.empty;
import static dev.kafkapod.storage.StorageStates.formatted;
import static dev.kafkapod.storage.StorageStates.given;
import static dev.kafkapod.storage.StorageStates.leader;
import static dev.kafkapod.storage.StorageStates.quorum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import dev.kafkapod.storage.Directory.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DiskRulesTest {

  @Test
  void aBrokerInZooKeeperModeIsNeverFormatted() {
    assertThat(given().zooKeeperMode().decision())
        .isEqualTo(
            new NothingToDo(
                "without process.roles this is a broker in ZooKeeper mode, whose storage Kafka formats itself",
                List.of()));
  }

  @Test
  void whereEveryDirectoryIsFormattedNobodyIsAsked() {
    assertThat(
            given()
                .directories(formatted("/a", true), formatted("/b", false))
                .notANewCluster()
                .withoutClusterId()
                .decision())
        .isEqualTo(new NothingToDo("every directory is formatted", List.of()));
  }

  @Test
  void aDirectoryThatKnowsNeitherNodeNorClusterIsNamed() {
    Directory nobodys =
        new Directory(
            "/a",
            true,
            new Directory.Formatted(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Usage.SERVED,
                StorageStates.FILLED));

    assertThat(given().directories(nobodys).decision())
        .isEqualTo(
            new Invalid(
                List.of(
                    "/a: its meta.properties has no node id and no cluster.id, and Kafka can't start with it; bring the file back, or, if nothing else in the directory is needed, empty the directory")));
    assertThat(given().zooKeeperMode().directories(nobodys).decision())
        .as("ZooKeeper mode needs neither")
        .isInstanceOf(NothingToDo.class);
  }

  @Test
  void aMovedDiskMustNotStartAsAnotherNode() {
    assertThat(given().directories(formatted("/a", true, "ours", 3, true)).decision())
        .isEqualTo(
            new RefuseStart(
                "/a: belongs to node 3, but this is node 1, and a moved disk must not start as another node; mount the right volume, or correct node.id",
                false));
  }

  @Test
  void aDiskOfAnotherClusterIsNotTouched() {
    assertThat(
            given()
                .directories(formatted("/a", true, "theirs", 1, true), empty("/b", false))
                .decision())
        .isEqualTo(
            new RefuseStart(
                "/a: belongs to the cluster theirs, but controller 1 is meant for ours; mount the right volume, or correct KAFKA_POD_CLUSTER_ID",
                false));
  }

  @Test
  void disksOfTwoClustersAreNotTouchedEvenIfNobodySaysWhichIsRight() {
    assertThat(
            given()
                .directories(
                    formatted("/a", true, "one", 1, true), formatted("/b", false, "two", 1, true))
                .withoutClusterId()
                .decision())
        .isEqualTo(
            new RefuseStart(
                "/b: belongs to the cluster two, but controller 1 is meant for one; mount the right volume, or correct KAFKA_POD_CLUSTER_ID",
                false));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            given()
                .directories(
                    formatted("/a", true, "theirs", 3, true),
                    new Directory("/b", false, new Directory.Foreign("orders-0")))
                .decision())
        .isEqualTo(
            new RefuseStart(
                "/a: belongs to node 3, but this is node 1, and a moved disk must not start as another node; mount the right volume, or correct node.id;"
                    + " /a: belongs to the cluster theirs, but controller 1 is meant for ours; mount the right volume, or correct KAFKA_POD_CLUSTER_ID;"
                    + " /b: holds data (orders-0) but no meta.properties, so it is unknown whose it is; bring the file back, or empty the directory if its data isn't needed",
                false));
  }

  @Test
  void aBrokenDiskDoesNotKeepABrokerFromStartingWithTheOthers() {
    assertThat(
            given()
                .broker()
                .directories(
                    formatted("/a", true),
                    new Directory("/b", false, new Directory.Unreadable("Input/output error")))
                .decision())
        .isEqualTo(
            new NothingToDo(
                "every directory that can be read is formatted",
                List.of("/b: can't be read (Input/output error); Kafka starts without it")));
  }

  @Test
  void aDirectoryThatCanNotBeReadIsNotTakenForEmpty() {
    Undecided unreadable =
        new Undecided(
            "/b: can't be read (permission denied); let this process's user read and write it, or take it out of log.dirs",
            false);
    Directory b = new Directory("/b", false, new Directory.Unreadable("permission denied"));
    Directory metadata = new Directory("/b", true, b.content());

    assertThat(given().directories(empty("/a", true), b).decision()).isEqualTo(unreadable);
    assertThat(given().directories(metadata).decision()).isEqualTo(unreadable);
    assertThat(given().directories(metadata, formatted("/c", false)).decision())
        .isEqualTo(unreadable);
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsNotFormatted() {
    Directory.Content denied =
        new Directory.Denied("can't be written by uid 1000", "set fsGroup", true);

    assertThat(given().directories(new Directory("/a", true, denied)).decision())
        .isEqualTo(new Undecided("/a: can't be written by uid 1000; set fsGroup", false));
    assertThat(
            given()
                .directories(formatted("/a", true), new Directory("/b", false, denied))
                .decision())
        .isEqualTo(new Undecided("/b: can't be written by uid 1000; set fsGroup", false));
  }

  @Test
  void aBrokenDiskDoesNotKeepAnotherFromBeingFormatted() {
    Directory b = new Directory("/b", false, new Directory.Unreadable("permission denied"));

    assertThat(
            given()
                .broker()
                .directories(formatted("/a", true), b, empty("/c", false))
                .led("b:9093", quorum(leader()))
                .decision())
        .isInstanceOfSatisfying(
            FormatDisks.class,
            it -> {
              assertThat(it.directories()).containsExactly("/c");
              assertThat(it.warnings())
                  .first()
                  .isEqualTo("/b: can't be read (permission denied); Kafka starts without it");
            });
  }

  @Test
  void aCopyOfADiskIsNotTakenForTwo() {
    Directory copy = new Directory("/b", false, formatted("/a", true).content());

    assertThat(given().directories(formatted("/a", true), copy).decision())
        .isEqualTo(
            new RefuseStart(
                "/b: has the same directory.id as /a, so one is a copy of the other, or both are the same directory, and Kafka can't start with them; correct log.dirs, or mount the right volume",
                false));
  }

  @Test
  void metadataIsInOneDirectory() {
    assertThatThrownBy(() -> given().directories(empty("/a", false)).storageState())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exactly one directory holds the metadata");
  }
}
