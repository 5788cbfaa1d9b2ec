package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged launcher in the surroundings of a broker's container. */
class LauncherIT {

  @Test
  void dropsWhatABrokersEnvironmentWouldDoToASecondJvm() {
    KafkaPodCli kafkaPod = KafkaPodCli.packaged();
    for (String variable :
        List.of(
            "KAFKA_OPTS",
            "KAFKA_HEAP_OPTS",
            "KAFKA_JMX_OPTS",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS")) {
      kafkaPod = kafkaPod.with(variable, "-javaagent:/nowhere/agent.jar");
    }

    Result result =
        kafkaPod.with("JMX_PORT", "9999").with("CLASSPATH", "/nowhere").run("--version");

    assertThat(result.out()).as(result.toString()).startsWith("kafka-pod ");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void loadsItsClassesFromTheArchive() {
    Result result =
        KafkaPodCli.packaged().with("KAFKA_POD_JVM_OPTIONS", "-Xlog:class+load").run("--version");

    assertThat(
            result
                .out()
                .lines()
                .filter(line -> line.contains(" dev.kafkapod.cli.KafkaPod source: ")))
        .singleElement()
        .asString()
        .contains("source: shared objects file");
    assertThat(result.out().lines().filter(line -> line.contains(" picocli.CommandLine source: ")))
        .singleElement()
        .asString()
        .contains("source: shared objects file");
  }

  @Test
  void doesWithoutAnArchiveThatIsDamagedAndSaysNothingOfIt(@TempDir Path directory)
      throws IOException {
    Path copy = copyDistribution(directory);
    try (Stream<Path> files = Files.list(copy.resolve("lib"))) {
      for (Path archive : files.filter(it -> it.toString().matches(".*\\.(jsa|aot)")).toList()) {
        Path damaged =
            Files.write(
                directory.resolve("damaged"), new byte[] {1, 2, 3}, StandardOpenOption.CREATE);
        Files.delete(archive);
        Files.move(damaged, archive);
      }
    }

    Result result = KafkaPodCli.at(copy).run("--version");

    assertThat(result.out().lines())
        .as(result.toString())
        .singleElement()
        .asString()
        .startsWith("kafka-pod ");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void runsThroughASymbolicLink(@TempDir Path directory) throws IOException {
    Path link = directory.resolve("bin").resolve("kafka-pod");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, KafkaPodCli.packaged().launcher().toAbsolutePath());

    Result result = KafkaPodCli.at(directory).run("--version");

    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  @Test
  void aJvmThatCanNotStartIsNotANo() {
    Result result = KafkaPodCli.packaged().with("KAFKA_POD_JVM_OPTIONS", "-Xmx64x").run("live");

    assertThat(result.err()).endsWith("kafka-pod: cannot tell: its Java ended with exit code 1\n");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aCommandThatHangsBeforeItAsksAnybodyEndsInTime(@TempDir Path directory) throws Exception {
    Path pipe = directory.resolve("client.properties");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    Result result =
        KafkaPodCli.packaged()
            .run(
                "ready",
                "--timeout=2s",
                "--jmx-url=service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi",
                "--bootstrap-server=127.0.0.1:1",
                "--command-config=" + pipe);

    assertThat(result.line()).isEqualTo("cannot tell: no end within --timeout");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void saysWhichJavaItLacks() {
    Result result = KafkaPodCli.packaged().with("JAVA_HOME", "/nowhere").run("--version");

    assertThat(result.err())
        .isEqualTo(
            "kafka-pod: needs Java 17 or later, but there is no '/nowhere/bin/java'; set JAVA_HOME to where it is\n");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private static Path copyDistribution(Path target) throws IOException {
    Path source = KafkaPodCli.packaged().launcher().getParent().getParent();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return target;
  }
}
