package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Container.ExecResult;

/** With a read-only root, without capabilities, for a user id that nobody has heard of. */
@Tag("image")
@Tag("everyday")
class LockedDownImageIT {

  private static Node node;
  private static int port;

  @BeforeAll
  static void start() {
    BuiltImage.requireEngine();
    port = FreePorts.find("127.0.0.1");
    node = new Node(BuiltImage.get()).alone(port);
    node.start();
    node.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "live", "started"})
  void answersProbesFromTheVerdict(String question) {
    ExecResult result = node.exec("kafka-pod-probe", question);

    assertThat(result.getExitCode()).as(result.toString()).isZero();
    assertThat(result.getStdout()).startsWith(question.equals("live") ? "live" : question);
  }

  @Test
  void findsOutByItselfWhereThereIsNoVerdict() {
    ExecResult result =
        node.exec(
            "sh",
            "-c",
            "KAFKA_POD_RUN_DIR=/tmp/none KAFKA_POD_PROBE_TIMEOUT=30s kafka-pod-probe ready");

    assertThat(result.getExitCode()).as(result.toString()).isZero();
    assertThat(result.getStdout()).startsWith("ready");
  }

  @Test
  void tellsWrongUseFromANo() {
    assertThat(node.exec("kafka-pod-probe", "reddy").getExitCode()).isEqualTo(2);
    assertThat(node.exec("kafka-pod", "ready", "--gate=lax").getExitCode()).isEqualTo(2);
  }

  @Test
  void tellsAnAbsentClusterFromANo() {
    ExecResult result =
        node.exec("kafka-pod", "ready", "--timeout=2s", "--bootstrap-server=127.0.0.1:1");

    assertThat(result.getExitCode()).as(result.toString()).isEqualTo(3);
  }

  @Test
  void runsTheBrokerAsProcessOneFromItsArchiveOfClasses() {
    assertThat(node.shell("tr '\\0' ' ' </proc/1/cmdline"))
        .startsWith("/opt/java/bin/java ")
        .contains(" -XX:AOTCache=/opt/kafka-pod/aot/broker.aot ")
        .endsWith(" kafka.Kafka /run/kafka-pod/config/server.properties");
    // only an archive that was accepted is mapped
    assertThat(node.shell("grep -c broker.aot /proc/1/maps")).isNotEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "render --check", "live --direct"})
  void startsItsCommandsFromArchivesOfClasses(String command) {
    // on makes an error of an archive that isn't accepted
    ExecResult result =
        node.exec("sh", "-c", "KAFKA_POD_JVM_OPTIONS=-XX:AOTMode=on kafka-pod " + command);

    assertThat(result.getExitCode()).as(result.toString()).isZero();
  }

  /** Docker mounts a tmpfs noexec, and native libraries that are unpacked there can't be loaded. */
  @Test
  void compressesWithoutAnExecutableTmp() {
    assertThat(node.shell("grep ' /tmp ' /proc/mounts")).contains("noexec");
    String tools = " --bootstrap-server 127.0.0.1:" + port + " --topic ";
    for (String codec : List.of("zstd", "snappy", "lz4")) {
      // the tool compresses as a client, and the broker anew with the topic's own codec
      for (String topic : List.of("sent-" + codec, "stored-" + codec)) {
        boolean stored = topic.startsWith("stored");
        node.shell(
            "kafka-topics.sh --create"
                + tools
                + topic
                + (stored ? " --config compression.type=" + codec : ""));
        assertThat(
                node.shell(
                        "echo a record | kafka-console-producer.sh"
                            + tools
                            + topic
                            + (stored ? "" : " --compression-codec " + codec))
                    .lines())
            .as(topic)
            // Java 24 and later announces that it will want a flag for any native library
            .allMatch(line -> line.startsWith("WARNING: ") && !line.contains("rror"));
      }
      assertThat(
              node.shell(
                  "kafka-console-consumer.sh --from-beginning --max-messages 2 --timeout-ms 30000 --bootstrap-server 127.0.0.1:%d --include '(sent|stored)-%s'"
                      .formatted(port, codec)))
          .contains("a record\na record");
    }

    assertThat(node.shell("grep -o '/opt/kafka-pod/native/.*so' /proc/1/maps | sort -u"))
        .hasLineCount(3)
        .contains("/libzstd-jni-", "/libsnappyjava.so", "/liblz4-java.so");
    assertThat(node.shell("find /tmp -name '*.so*'")).isEmpty();
    assertThat(node.logged("WARNING")).filteredOn(it -> it.startsWith("entrypoint")).isEmpty();
  }

  @Test
  void hasNoSetuidPrograms() {
    assertThat(node.shell("find / -xdev -type f -perm /6000 2>/dev/null")).isEmpty();
  }

  @Test
  void canWriteNowhereElse() {
    assertThat(node.shell("touch /opt/kafka-pod/x")).contains("Read-only file system");
    // whatever is read-only counts as not writable here
    assertThat(
            node.shell(
                "find / -writable -type d -not -path '/proc/*' -not -path '/dev/*' -prune 2>/dev/null"))
        .hasLineCount(3)
        .contains("/run/kafka-pod", "/var/lib/kafka/data", "/tmp");
  }

  @Test
  void runsAsSomebodyInGroupZeroWithoutCapabilities() {
    assertThat(node.shell("id -u; id -g")).isEqualTo(Node.USER + "\n0");
    assertThat(node.shell("grep CapEff /proc/1/status")).endsWith("0000000000000000");
  }

  @Test
  void leavesNoZombies() {
    for (int i = 0; i < 10; i++) {
      node.exec("kafka-pod-probe", "live");
    }

    assertThat(node.shell("cat /proc/[0-9]*/stat 2>/dev/null | grep -c ') Z '")).isEqualTo("0");
  }
}
