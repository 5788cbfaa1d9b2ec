package dev.kafkapod.reassignmentfile;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.placement.MoveReason;
import dev.kafkapod.placement.PartitionMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReassignmentFileTest {

  private static final List<PartitionMove> MOVES =
      List.of(
          move("orders", 0, List.of(0, 1, 2), List.of(0, 4, 2)),
          move("orders", 1, List.of(3), List.of(3, 1)));

  @TempDir private Path directory;

  private static PartitionMove move(
      String topic, int partition, List<Integer> before, List<Integer> after) {
    return new PartitionMove(
        aPartition(topic, partition).build(),
        before,
        after,
        MoveReason.ZONES,
        OptionalLong.empty());
  }

  @Test
  void isWhatKafkasToolTakes() {
    assertThat(ReassignmentFile.there(MOVES))
        .isEqualTo(
            """
            {"version":1,"partitions":[
            {"topic":"orders","partition":0,"replicas":[0,4,2]},
            {"topic":"orders","partition":1,"replicas":[3,1]}
            ]}
            """);
    assertThat(ReassignmentFile.back(MOVES)).contains("[0,1,2]", "[3]");
  }

  @Test
  void ownReaderTakesItToo() {
    Path file = directory.resolve("plan.json");

    assertThat(ReassignmentFile.write(file, ReassignmentFile.there(MOVES))).isEmpty();

    assertThat(PartitionsFile.read(file).problems()).isEmpty();
    assertThat(PartitionsFile.read(file).partitions().byTopic()).hasToString("{orders=[0, 1]}");
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    Path file = directory.resolve("plan.json");
    ReassignmentFile.write(file, "one");
    ReassignmentFile.write(file, "two");

    assertThat(file).hasContent("two");
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void saysWhyItCanNotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("plan.json"), "");

    assertThat(ReassignmentFile.problem(file, false))
        .contains("the file exists; name another one, or add --overwrite");
    assertThat(ReassignmentFile.problem(file, true)).isEmpty();
    assertThat(ReassignmentFile.problem(directory, true)).contains("is a directory; name a file");
    assertThat(ReassignmentFile.problem(directory.resolve("none/plan.json"), true))
        .contains("there is no directory %s/none; make it first".formatted(directory));
    assertThat(ReassignmentFile.write(directory.resolve("none/plan.json"), "")).isPresent();
  }
}
