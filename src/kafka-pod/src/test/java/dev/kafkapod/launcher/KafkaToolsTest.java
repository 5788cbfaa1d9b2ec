package dev.kafkapod.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Shell;
import dev.kafkapod.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Kafka's own tools in the image start their JVM beside a broker's. */
class KafkaToolsTest {

  @TempDir private Path directory;

  @BeforeEach
  void layOut() throws IOException {
    write(
        "kafka/bin/kafka-run-class.sh", Files.readString(Path.of("src/image/kafka-run-class.sh")));
    write(
        "kafka-pod/bin/kafka-pod",
        Files.readString(Path.of("src/kafka-pod/src/main/launcher/kafka-pod")));
    write("java/bin/java", "#!/bin/sh\ncat /proc/self/oom_score_adj\necho \"$*\"\n");
    write("root/proc/self/cgroup", "0::/\n");
    write("root/sys/fs/cgroup/memory.max", (400L << 20) + "\n");
    write("root/sys/fs/cgroup/memory.stat", "anon " + (280L << 20) + "\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private Finished run(Shell shell, String toolsClass) throws Exception {
    return new Script(directory, "kafka/bin/kafka-run-class.sh")
        .run(
            shell,
            List.of("KAFKA_HEAP_OPTS=-Xmx6g", "KAFKA_TOOLS_OPTS=-Dx=y"),
            toolsClass,
            "--list");
  }

  @Test
  void areToBeKilledFirstAndFitTheContainersLimit() throws Exception {
    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "a.Tool");

      assertThat(finished.out())
          .startsWith("1000\n-Xms8m -Xmx32m ")
          .contains(" -Dx=y ")
          .endsWith(" a.Tool --list\n")
          .doesNotContain("6g");
      assertThat(finished.err()).isEmpty();
    }
  }

  @Test
  void runWhereverKafkaPodIsNot() throws Exception {
    Files.delete(directory.resolve("kafka-pod/bin/kafka-pod"));

    assertThat(run(Shell.DASH, "a.Tool").out()).startsWith("1000\n-Xms8m -Xmx64m ");
  }

  @Test
  void aBrokerIsNotToBeKilledFirst() throws Exception {
    String ours = Files.readString(Path.of("/proc/self/oom_score_adj"));

    assertThat(run(Shell.DASH, "kafka.Kafka").out()).startsWith(ours);
  }
}
