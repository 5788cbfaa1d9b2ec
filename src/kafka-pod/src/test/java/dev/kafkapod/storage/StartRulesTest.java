package dev.kafkapod.storage;

import static dev.kafkapod.storage.StorageStates.empty;
import static dev.kafkapod.storage.StorageStates.formatted;
import static dev.kafkapod.storage.StorageStates.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.NothingToDo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Kafka would die of. */
class StartRulesTest {

  private static final String STRANGERS =
      "/b: holds .snapshot, lost+found, but a broker takes every directory in log.dirs for a partition's, and ends at what is none; set log.dirs to a sub-directory, for example /b/kafka, or move it away";
  private static final String MISPLACED =
      "/b: holds the metadata log (__cluster_metadata-0), which the configuration puts in /a, and Kafka refuses to start with two places for it; set metadata.log.dir=/b, or, while Kafka is stopped, move the metadata log to where it belongs";

  private static Directory with(Directory directory, String... strangers) {
    return new Directory(
        directory.path(), directory.holdsMetadata(), directory.content(), List.of(strangers));
  }

  @Test
  void aBrokerDiesOfDirectoriesThatAreNoPartitions() {
    Directory used = with(formatted("/b", false), ".snapshot", "lost+found");
    Directory isNew = with(empty("/b", false), ".snapshot", "lost+found");

    for (Directory b : List.of(used, isNew)) {
      assertThat(given().broker().directories(formatted("/a", true), b).decision())
          .isEqualTo(new Invalid(List.of(STRANGERS)));
      assertThat(given().combined().directories(formatted("/a", true), b).decision())
          .isEqualTo(new Invalid(List.of(STRANGERS)));
      assertThat(given().zooKeeperMode().directories(formatted("/a", true), b).decision())
          .isEqualTo(new Invalid(List.of(STRANGERS)));
    }
  }

  @Test
  void aControllerLoadsNoPartitions() {
    assertThat(
            given()
                .directories(formatted("/a", true), with(formatted("/b", false), "lost+found"))
                .decision())
        .isInstanceOf(NothingToDo.class);
  }

  @Test
  void theMetadataLogIsInOnePlace() {
    Directory b = with(formatted("/b", false), "__cluster_metadata-0");

    assertThat(given().directories(formatted("/a", true), b).decision())
        .isEqualTo(new Invalid(List.of(MISPLACED)));
    assertThat(given().broker().directories(empty("/a", true), b).decision())
        .isEqualTo(new Invalid(List.of(MISPLACED)));
    assertThat(given().zooKeeperMode().directories(formatted("/a", true), b).decision())
        .isInstanceOf(NothingToDo.class);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Directory.Content blocked = new Directory.Blocked("it is in the way", "move it away");

    assertThat(
            given()
                .broker()
                .directories(
                    formatted("/a", true),
                    with(formatted("/b", false), "__cluster_metadata-0", ".snapshot", "lost+found"),
                    new Directory("/c", false, blocked))
                .decision())
        .isEqualTo(
            new Invalid(
                List.of(
                    MISPLACED,
                    STRANGERS,
                    "/c: it is in the way, and Kafka can't start with it; move it away")));
  }

  @Test
  void aDiskThatMayNotBeWrittenIsDoneWithoutOnlyOnceItIsFormatted() {
    Directory first = formatted("/a", true);
    Directory written = new Directory("/b", false, new Directory.Denied("x", "y", false));
    Directory empty = new Directory("/b", false, new Directory.Denied("x", "y", true));

    StartRules kraft = new StartRules(true, true, List.of(first, written));
    assertThat(kraft.offline()).containsExactly(written);
    assertThat(kraft.needed()).isEmpty();
    StartRules unformatted = new StartRules(true, true, List.of(first, empty));
    assertThat(unformatted.offline()).isEmpty();
    assertThat(unformatted.needed()).containsExactly(empty);
    assertThat(new StartRules(false, true, List.of(first, empty)).offline()).containsExactly(empty);
    assertThat(StartRules.cantBeUsed(empty)).isEqualTo("/b: x");
    assertThat(StartRules.remedy(empty, "repair it")).isEqualTo("y");
  }

  @Test
  void aDiskThatCanNotBeReadIsDoneWithoutUnlessItHasTheMetadataOrIsTheLast() {
    Directory.Content broken = new Directory.Unreadable("x");
    Directory first = new Directory("/a", true, broken);
    Directory second = new Directory("/b", false, broken);

    StartRules kraft = new StartRules(true, true, List.of(formatted("/a", true), second));
    assertThat(kraft.offline()).containsExactly(second);
    assertThat(kraft.needed()).isEmpty();
    StartRules metadata = new StartRules(true, true, List.of(first, formatted("/b", false)));
    assertThat(metadata.offline()).isEmpty();
    assertThat(metadata.needed()).containsExactly(first);
    StartRules zooKeeper = new StartRules(false, true, List.of(first, formatted("/b", false)));
    assertThat(zooKeeper.offline()).containsExactly(first);
    StartRules all = new StartRules(false, true, List.of(first, second));
    assertThat(all.needed()).containsExactly(first, second);
    assertThat(all.offline()).isEmpty();
  }
}
