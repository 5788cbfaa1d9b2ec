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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"-version", "--dry-run", "-Xmx64x", "--list-modules", "no.such.Main"})
  void aJavaThatEndsWithoutAnAnswerIsNeitherYesNorNo(String option) {
    KafkaPodCli kafkaPod = KafkaPodCli.packaged().with("KAFKA_POD_JVM_OPTIONS", "-Xss1m " + option);
    for (List<String> command :
        List.of(
            List.of("ready", "--direct", "--timeout=2s"),
            List.of("can-stop", "--brokers=1", "--bootstrap-server=127.0.0.1:1", "--timeout=2s"),
            List.of(
                "await-safe-stop",
                "--brokers=1",
                "--bootstrap-server=127.0.0.1:1",
                "--max-wait=15s"))) {
      Result result = kafkaPod.run(command.toArray(String[]::new));

      assertThat(result.err())
          .containsPattern(
              "kafka-pod: KAFKA_POD_JVM_OPTIONS: with %s Java doesn't run kafka-pod \\(exit code [01]\\); correct it, or leave it out\n$"
                  .formatted(option));
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    }
  }

  @Test
  void theProbeTakesNoJavaThatOnlyPrintsForAYes(@TempDir Path runDirectory) {
    Result result =
        KafkaPodCli.program(KafkaPodCli.packaged().launcher().resolveSibling("kafka-pod-probe"))
            .with("KAFKA_POD_JVM_OPTIONS", "-version")
            .with("KAFKA_POD_RUN_DIR", runDirectory.toString())
            .run("ready");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
  }

  @Test
  void aJavaThatIsSomethingElseIsNoYes(@TempDir Path directory) throws IOException {
    Path java = directory.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'ready: all is well'\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Result result = KafkaPodCli.packaged().with("JAVA_HOME", directory.toString()).run("ready");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "kafka-pod: cannot tell: its Java (%s) ended with exit code 0 and without kafka-pod's answer\n"
                .formatted(java));
  }

  @Test
  void anEmptyJarIsNoYes(@TempDir Path directory) throws IOException {
    Path copy = copyDistribution(directory);
    Files.write(copy.resolve("lib/kafka-pod.jar"), new byte[0]);

    Result result = KafkaPodCli.at(copy).run("ready", "--direct");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
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
