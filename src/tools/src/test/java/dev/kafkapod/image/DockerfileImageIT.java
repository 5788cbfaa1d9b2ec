package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.utility.DockerImageName;

/**
 * {@code Dockerfile} on other images with Kafka. None can be pulled here, so they are made: a JDK
 * of this machine, Kafka's jars where Apache Kafka's own image has them, and a user of number 1000.
 */
@Tag("image")
class DockerfileImageIT {

  private static final String BASE =
      """
      FROM %s
      USER root
      RUN rm -rf /opt/java /opt/kafka-pod /opt/kafka/bin /opt/kafka/config /etc/kafka /run/kafka-pod
      COPY java /opt/java/openjdk
      COPY native /usr/lib/x86_64-linux-gnu
      ENV JAVA_HOME=/opt/java/openjdk PATH=/usr/local/bin:/usr/bin:/bin
      USER 1000
      ENTRYPOINT []
      CMD ["/etc/kafka/docker/run"]
      """;

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @ParameterizedTest
  @CsvSource({"17, kafka-pod.jsa, -Xshare:on", "25, kafka-pod.aot, -XX:AOTMode=on"})
  void putsKafkaPodWithAnArchiveForItsJavaOnAnotherImage(
      int java, String archive, String archiveOrError, @TempDir Path context) throws IOException {
    String name = "kafka-pod-test-on-" + java;
    build(base(context, java), name);

    try (Node node = new Node(DockerImageName.parse(name)).alone(FreePorts.find("127.0.0.1"))) {
      node.start();
      node.awaitReady();

      assertThat(node.shell("ls /opt/kafka-pod/lib")).contains(archive);
      assertThat(node.exec("kafka-pod-probe", "live").getExitCode()).isZero();
      ExecResult started =
          node.exec("sh", "-c", "KAFKA_POD_JVM_OPTIONS=" + archiveOrError + " kafka-pod --version");
      assertThat(started.getExitCode()).as(started.toString()).isZero();
      assertThat(node.shell("tr '\\0' ' ' </proc/1/cmdline"))
          .contains(" -DZstdNativePath=/opt/kafka-pod/native/zstd-jni-")
          .contains(" -Dorg.xerial.snappy.lib.path=/opt/kafka-pod/native/snappy-java-");
      assertThat(node.terminate()).isEqualTo(143);
    }
  }

  private static String base(Path context, int java) throws IOException {
    String name = "kafka-pod-test-base-" + java;
    Files.writeString(context.resolve("Dockerfile"), BASE.formatted(BuiltImage.get()));
    Files.createDirectory(context.resolve("java"));
    // Debian's Java needs it, Temurin's has it inside
    Files.copy(
        Path.of("/usr/lib/x86_64-linux-gnu/libstdc++.so.6"),
        Files.createDirectory(context.resolve("native")).resolve("libstdc++.so.6"));
    // links that lead elsewhere become files, those that lead nowhere stay behind
    BuiltImage.run(
        List.of(
            "sh",
            "-c",
            "cd \"$1\" && find -L . -name jmods -prune -o -type f ! -name src.zip -print0 | tar -ch --null -T - | tar -x -C \"$2\"",
            "sh",
            jdk(java),
            context.resolve("java").toString()));
    BuiltImage.run(List.of("docker", "build", "--network", "none", "-t", name, context.toString()));
    return name;
  }

  /** The one that runs the tests, or the one that the image is made of. */
  private static String jdk(int version) {
    if (Runtime.version().feature() == version) {
      return System.getProperty("java.home");
    }
    assertThat(version).as("a JDK %s to make a base with", version).isEqualTo(25);
    return BuiltImage.run(List.of("scripts/jdk-25")).strip();
  }

  private static void build(String base, String name) {
    BuiltImage.run(
        List.of(
            "docker",
            "build",
            "--network",
            "none",
            "--build-arg",
            "BASE=" + base,
            "-t",
            name,
            "."));
  }
}
