package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandLineTest {

  private static final Path DIRECTORY = Path.of("/opt/kafka");

  @TempDir private Path directory;

  private static Optional<BrokerCommandLine> parse(String... words) {
    return BrokerCommandLine.parse(List.of(words), Map.of(), DIRECTORY);
  }

  private static Optional<BrokerCommandLine> found(String file, Map<String, String> overrides) {
    return Optional.of(new BrokerCommandLine(Path.of(file), overrides));
  }

  @Test
  void namesTheFileAfterTheMainClass() {
    assertThat(
            parse("java", "-Xmx1g", "-cp", "libs/*", "kafka.Kafka", "/etc/server.properties", ""))
        .isEqualTo(found("/etc/server.properties", Map.of()));
  }

  @Test
  void aRelativePathBeginsWhereTheProcessWasStarted() {
    assertThat(parse("java", "kafka.Kafka", "config/server.properties", ""))
        .isEqualTo(found("/opt/kafka/config/server.properties", Map.of()));
  }

  @Test
  void aPathMayHaveSpaces() {
    assertThat(parse("java", "kafka.Kafka", "/etc/my kafka/server.properties", ""))
        .isEqualTo(found("/etc/my kafka/server.properties", Map.of()));
  }

  @Test
  void hasTheOverrides() {
    assertThat(
            parse(
                "java",
                "kafka.Kafka",
                "/s",
                "--override",
                "listeners=PLAINTEXT://a:1",
                "--override",
                "sasl.jaas.config=a b=\"c=d\"",
                "--override",
                "nonsense",
                "--override",
                "listeners=PLAINTEXT://b:2",
                "--override=node.id=7",
                "--override"))
        .isEqualTo(
            found(
                "/s",
                Map.of(
                    "listeners",
                    "PLAINTEXT://b:2",
                    "sasl.jaas.config",
                    "a b=\"c=d\"",
                    "node.id",
                    "7")));
  }

  @Test
  void isNoBrokersWithoutMainClassOrFile() {
    assertThat(parse("java", "-jar", "x.jar", "")).isEmpty();
    assertThat(parse("java", "kafka.Kafka")).isEmpty();
    assertThat(parse("java", "kafka.Kafka", "")).isEmpty();
    assertThat(parse("")).isEmpty();
  }

  @Test
  void thisProcessIsNoBrokerAndNeitherIsOneThatDoesNotExist() {
    assertThat(BrokerCommandLine.of("self")).isEmpty();
    assertThat(BrokerCommandLine.of(String.valueOf(Integer.MAX_VALUE))).isEmpty();
  }

  @Test
  void readsTheCommandLineOfARunningProcess() throws IOException {
    Path at = Files.createDirectory(directory.resolve("work dir")).toRealPath();
    Process process =
        new ProcessBuilder("sh", "-c", "echo started; read x", "kafka.Kafka", "s.properties")
            .directory(at.toFile())
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("started");

      assertThat(BrokerCommandLine.of(String.valueOf(process.pid())))
          .isEqualTo(found(at + "/s.properties", Map.of()));
    } finally {
      process.destroy();
    }
  }

  @Test
  void anotherFileThatIsNamedTakesThePlaceOfTheFirstButKeepsTheOverrides() {
    Optional<BrokerCommandLine> found = found("/s", Map.of("a", "b"));

    assertThat(BrokerCommandLine.withConfig(Optional.of(Path.of("/other")), found))
        .isEqualTo(found("/other", Map.of("a", "b")));
    assertThat(BrokerCommandLine.withConfig(Optional.empty(), found)).isEqualTo(found);
    assertThat(BrokerCommandLine.withConfig(Optional.of(Path.of("/other")), Optional.empty()))
        .isEqualTo(found("/other", Map.of()));
    assertThat(BrokerCommandLine.withConfig(Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void whatTheCommandLineSetsWinsOverTheFile() throws IOException {
    Path file = directory.resolve("server.properties");
    Files.writeString(file, "a=file\nb=file\n");

    assertThat(new BrokerCommandLine(file, Map.of("b", "override", "c", "override")).properties())
        .isEqualTo(Map.of("a", "file", "b", "override", "c", "override"));
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    Path file = directory.resolve("server.properties");

    assertThatThrownBy(() -> new BrokerCommandLine(file, Map.of()).properties())
        .isInstanceOf(Misconfigured.class)
        .hasMessage("the broker's configuration: there is no file " + file);
  }

  /** Whoever opens a pipe waits for its writer. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipe() throws Exception {
    Path pipe = directory.resolve("server.properties");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> new BrokerCommandLine(pipe, Map.of()).properties())
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "the broker's configuration: %s must be a regular file, and is a pipe or a device; name a file"
                .formatted(pipe));
    ClusterAccess access =
        new ClusterAccess(
            List.of(), List.of(), Optional.of(pipe), Optional.empty(), Optional.empty());
    assertThatThrownBy(access::refusePipes)
        .isInstanceOf(Misconfigured.class)
        .hasMessageStartingWith("--command-config: " + pipe + " must be a regular file");
  }
}
