package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaDistribution;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kafka-pod render} as the entrypoint runs it: with the very Kafka that shall start. */
class RenderIT {

  private static final String KRAFT = "4.3.1";
  private static final String WITH_ZOOKEEPER = "3.9.2";
  private static final String VOTERS = "100@c-0:19093,101@c-1:19093,102@c-2:19093";

  /** How often the command is killed; each time a little later. */
  private static final int KILLS = 12;

  @TempDir Path temporary;
  private Path rendered;
  private KafkaPodCli render;

  @BeforeEach
  void makePod() throws IOException {
    rendered = temporary.resolve("config");
    render =
        withKafka(KafkaPodCli.packaged(), KRAFT)
            .with("KAFKA_POD_RENDER_TO", rendered.toString())
            .with("KAFKA_POD_MOUNTED_DIR", temporary.resolve("mounted").toString())
            .with("POD_NAME", "kafka-1")
            .with("POD_NAMESPACE", "streams")
            .with("KAFKA_POD_SERVICE", "kafka")
            .with("KAFKA_POD_ZONE", "eu-1a");
  }

  private KafkaPodCli withKafka(KafkaPodCli cli, String version) throws IOException {
    Path home = Files.createDirectories(temporary.resolve("kafka-" + version));
    Files.createSymbolicLink(home.resolve("libs"), KafkaDistribution.of(version).directory());
    return cli.with("KAFKA_HOME", home.toString());
  }

  private void mount(String file, String text) throws IOException {
    Files.writeString(Files.createDirectories(temporary.resolve("mounted")).resolve(file), text);
  }

  @ParameterizedTest
  @CsvSource({
    "broker, 0, 4.3.1",
    "broker, 0, 3.9.2",
    "controller, 100, 4.3.1",
    "combined, 0, 4.3.1",
    "broker-stretch, 3, 4.3.1",
    "controller-stretch, 100, 4.3.1",
    "single-node, 0, 4.3.1",
    "zookeeper, 0, 3.9.2",
  })
  void kafkaTakesEveryTemplate(String template, int base, String version) throws IOException {
    KafkaPodCli pod = version.equals(KRAFT) ? render : withKafka(render, version);
    KafkaPodCli.Result result =
        (template.equals("combined") ? pod : pod.with("KAFKA_CONTROLLER_QUORUM_VOTERS", VOTERS))
            .with(template.equals("zookeeper") ? "KAFKA_ZOOKEEPER_CONNECT" : "NOTHING", "zk:2181")
            .with("KAFKA_POD_TEMPLATE", template)
            .with("KAFKA_POD_NODE_ID_BASE", String.valueOf(base))
            .with("KAFKA_POD_CLUSTER", "blue")
            .with("KAFKA_POD_DOMAIN", "kafka.example.com")
            .with("KAFKA_POD_CONTROLLER_SITES", "eu-1a,eu-1b,eu-1c")
            .run("render");

    if (template.equals("single-node")) {
      // the voters are the test's, and this node isn't among them
      assertThat(result.err()).contains("must be among the voters 100, 101, 102");
      return;
    }
    assertThat(result.exitCode()).as("%s", result).isZero();
    Set<String> warnings = new HashSet<>(result.err().lines().toList());
    // 3.9's brokers are told about share groups, which they have not; it does them no harm
    warnings.removeIf(it -> version.equals(WITH_ZOOKEEPER) && it.contains("share.coordinator."));
    warnings.removeIf(
        it -> template.equals("zookeeper") && it.contains("controller.quorum.voters"));
    assertThat(warnings).isEmpty();
    assertThat(rendered).isDirectoryContaining("glob:**/server.properties");
  }

  @Test
  void aContainerThatNobodyConfiguresIsAKafkaOfOneNode() {
    KafkaPodCli.Result result = render.run("render");

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            rendered to %s (node 1, broker and controller): server.properties, log4j2.yaml, client.properties
            listens: PLAINTEXT (PLAINTEXT) on 127.0.0.1:9092, advertised as 127.0.0.1:9092; CONTROLLER (PLAINTEXT) on 127.0.0.1:9093; set by template single-node:7, template single-node:8; 127.0.0.1 can't be reached from outside; KAFKA_POD_BIND=0.0.0.0 binds all addresses
            """
                .formatted(rendered));
    assertThat(result.err()).isEmpty();
  }

  /** What the apache/kafka image's examples are like; Kafka takes what is derived. */
  @ParameterizedTest
  @CsvSource({"4.3.1, KAFKA_PROCESS_ROLES, broker", "3.9.2, KAFKA_ZOOKEEPER_CONNECT, zk:2181"})
  void derivesListenersThatKafkaTakes(String version, String variable, String value)
      throws IOException {
    KafkaPodCli pod = version.equals(KRAFT) ? render : withKafka(render, version);
    KafkaPodCli.Result result =
        (variable.equals("KAFKA_PROCESS_ROLES")
                ? pod.with("KAFKA_CONTROLLER_QUORUM_VOTERS", VOTERS)
                    .with("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                : pod)
            .with("KAFKA_NODE_ID", "1")
            .with(variable, value)
            .with("KAFKA_POD_BIND", "0.0.0.0")
            .with("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka-1:19092,OUTER://localhost:29092")
            .with(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                "PLAINTEXT:PLAINTEXT,OUTER:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .run("render", "--output", "json");

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out())
        .containsIgnoringWhitespaces(
            """
            "listeners" : [ {
              "name" : "PLAINTEXT",
              "protocol" : "PLAINTEXT",
              "bound" : "*:19092",
              "advertised" : "kafka-1:19092"
            }, {
              "name" : "OUTER",
              "protocol" : "PLAINTEXT",
              "bound" : "*:29092",
              "advertised" : "localhost:29092"
            } ]\
            """);
    assertThat(rendered.resolve("server.properties"))
        .content()
        .contains("\nlisteners=PLAINTEXT://0.0.0.0:19092,OUTER://0.0.0.0:29092\n");
  }

  @Test
  void kafkasOwnVerdictCountsAndUnknownKeysAreNamed() throws IOException {
    mount("server.properties", "num.partitions=many\nlog.retention.hour=5\n");

    KafkaPodCli.Result result = render.with("KAFKA_POD_TEMPLATE", "combined").run("render");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines())
        .containsExactly(
            "kafka-pod render: %s/server.properties:1: Kafka refuses to start with these settings: Invalid value many for configuration num.partitions: Not a number of type INT"
                .formatted(temporary.resolve("mounted")),
            "kafka-pod render: warning: %s/server.properties:2: log.retention.hour: Kafka knows no such setting, and ignores it unless a plugin reads it; did you mean log.retention.hours?"
                .formatted(temporary.resolve("mounted")));
    assertThat(result.out())
        .isEqualTo("not rendered (node 1, broker and controller): 1 problem%n".formatted());
    assertThat(rendered).doesNotExist();
  }

  @Test
  void aBrokenDiskOfSeveralIsOneForKafkaAndADirectoryThatIsNoPartitionIsNone() throws IOException {
    Path one = Files.createDirectories(temporary.resolve("one"));
    Path other = Files.createDirectories(temporary.resolve("other"));
    Files.writeString(
        one.resolve("meta.properties"), "version=1\nnode.id=1\ncluster.id=any-cluster\n");
    Files.createDirectories(other.resolve("meta.properties"));
    Files.createDirectories(other.resolve("lost+found"));
    KafkaPodCli pod =
        render.with("KAFKA_POD_TEMPLATE", "combined").with("KAFKA_LOG_DIRS", one + "," + other);

    KafkaPodCli.Result broken = pod.run("render");

    assertThat(broken.exitCode()).as("%s", broken).isZero();
    assertThat(broken.err())
        .isEqualTo(
            "kafka-pod render: warning: %s: can't be read (Is a directory); Kafka starts without it%n"
                .formatted(other));

    Files.delete(other.resolve("meta.properties"));

    KafkaPodCli.Result stranger = pod.run("render");

    assertThat(stranger.exitCode()).isEqualTo(2);
    assertThat(stranger.err())
        .isEqualTo(
            "kafka-pod render: %s: holds lost+found, but a broker takes every directory in log.dirs for a partition's, and ends at what is none; set log.dirs to a sub-directory, for example %s/kafka, or move it away%n"
                .formatted(other, other));
  }

  @Test
  void anErrorLeavesTheOldFilesAsTheyWere() throws IOException {
    KafkaPodCli pod = render.with("KAFKA_POD_TEMPLATE", "combined");
    assertThat(pod.run("render").exitCode()).isZero();
    String before = Files.readString(rendered.resolve("server.properties"));

    assertThat(pod.with("KAFKA_NUM_PARTITIONS", "many").run("render").exitCode()).isEqualTo(2);

    assertThat(rendered.resolve("server.properties")).hasContent(before);
  }

  @Test
  void saysThatKafkaWasNotAskedWhereItIsNotAtHand() {
    KafkaPodCli.Result result =
        render.with("KAFKA_HOME", temporary.resolve("nowhere").toString()).run("render", "--check");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err().strip())
        .isEqualTo(
            "kafka-pod render: warning: Kafka itself was not asked about these settings, and unknown keys were not looked for: its jars are not on the class path; set KAFKA_HOME to where its libs/ is");
    assertThat(rendered).doesNotExist();
  }

  @Test
  void onAKillLeavesTheOldOrTheNewFile() throws IOException, InterruptedException {
    KafkaPodCli pod = render.with("KAFKA_POD_TEMPLATE", "combined");
    long begun = System.nanoTime();
    pod.with("KAFKA_NUM_PARTITIONS", "1").run("render");
    Duration whole = Duration.ofNanos(System.nanoTime() - begun);
    Set<String> found =
        new HashSet<>(Set.of(Files.readString(rendered.resolve("server.properties"))));
    List<Integer> exits = new ArrayList<>();

    for (int i = 1; i <= KILLS; i++) {
      Process process = pod.with("KAFKA_NUM_PARTITIONS", String.valueOf(i % 2 + 1)).start("render");
      // the last kills come when it has just written
      boolean ended =
          process.waitFor(whole.toMillis() * (KILLS + i) / (2L * KILLS), TimeUnit.MILLISECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      exits.add(ended ? process.exitValue() : -1);
      found.add(Files.readString(rendered.resolve("server.properties")));
    }

    assertThat(found)
        .as("what was there after kills that found it ended or not: %s", exits)
        .allSatisfy(
            text ->
                assertThat(text)
                    .startsWith("# Rendered by kafka-pod")
                    .containsPattern("num\\.partitions=[12]\n")
                    .endsWith("\n"))
        .hasSizeLessThanOrEqualTo(2);
  }
}
