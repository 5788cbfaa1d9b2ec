package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.Jmx;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker of real Kafka that is a container's only process. */
@Timeout(300)
class EntrypointIT {

  private static final int USER = 1000;

  @TempDir private Path directory;

  private Map<String, String> singleNode(int port) {
    Map<String, String> properties = new HashMap<>();
    properties.put("node.id", "1");
    properties.put("process.roles", "broker,controller");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(FreePorts.find("127.0.0.1"), port));
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + port);
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    return properties;
  }

  @Test
  void rendersFormatsRunsAndStopsInAControlledWay() throws IOException {
    Map<String, String> properties = singleNode(FreePorts.find("127.0.0.1"));
    try (EntrypointNode node = new EntrypointNode(directory.resolve("n"), "4.3.1", properties)) {
      String http = "127.0.0.1:" + FreePorts.find("127.0.0.1");
      node.with("KAFKA_POD_AGENT", "on")
          .with("KAFKA_POD_HTTP", http)
          .with("KAFKA_POD_STABLE_FOR", "1s")
          .start();
      node.awaitLine("Transitioning from RECOVERY to RUNNING");
      Path verdict = directory.resolve("n/run/verdict");
      Await.until(
          "a verdict of the agent", Duration.ofSeconds(60), () -> Files.exists(verdict), it -> it);

      List<String> commandLine =
          List.of(
              Files.readString(Path.of("/proc", String.valueOf(node.pid()), "cmdline"))
                  .split("\0", -1));
      assertThat(commandLine).as("the entrypoint's own process").contains("kafka.Kafka");
      assertThat(
              Files.readString(
                  Path.of("/proc", String.valueOf(node.pid()), "environ"),
                  StandardCharsets.ISO_8859_1))
          .doesNotContain("javaagent");

      assertThat(node.stop()).isEqualTo(143);
      assertThat(node.log())
          .contains("[BrokerServer id=1] Transition from STARTED to SHUTTING_DOWN")
          .contains("controlled shutdown");
      assertThat(node.launched()).containsExactly("render", "storage");

      node.start();
      Await.until(
          "the broker to run again",
          Duration.ofSeconds(60),
          () -> node.log().split("Transitioning from RECOVERY to RUNNING", -1).length,
          times -> times == 3,
          node::tail);
      assertThat(node.launched()).containsExactly("render", "storage", "render");
    }
  }

  /** As a volume is that Kubernetes mounts without fsGroup, and then with it. */
  @Test
  void saysWhoseTheVolumeIsAndStartsOnceItsGroupMayWrite() throws Exception {
    Tools.requireRoot();
    Tools.require("setpriv");
    int jmxPort = FreePorts.find("127.0.0.1");
    Map<String, String> properties = singleNode(FreePorts.find("127.0.0.1"));
    Path home = directory.resolve("n");
    try (EntrypointNode node = new EntrypointNode(home, "4.3.1", properties)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      give(home.resolve("run"), USER, "rwxr-xr-x");
      Path data = give(home.resolve("data"), 0, "rwxr-xr-x");
      Files.setPosixFilePermissions(
          Files.createFile(home.resolve("launched")), PosixFilePermissions.fromString("rw-rw-rw-"));
      node.as(USER)
          .with("KAFKA_JMX_PORT", String.valueOf(jmxPort))
          .with("KAFKA_JMX_HOSTNAME", "127.0.0.1")
          .with("JMX_PORT", "tcp://10.0.0.1:9999")
          .start();

      assertThat(node.awaitEnd()).isEqualTo(2);
      assertThat(node.log())
          .contains(
              "%s: can't be written by uid 1000 (gid 1000): it belongs to uid 0, gid 0 with mode 755, and Kafka can't start without it; set fsGroup: 1000 in the pod's securityContext, or, where the volume takes no fsGroup (hostPath, NFS), let root run chown -R 1000:1000 %s"
                  .formatted(data, data))
          .doesNotContain("Exception");
      assertThat(node.launched()).containsExactly("render");

      Files.setAttribute(data, "unix:gid", USER);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));
      node.start().awaitLine("Transitioning from RECOVERY to RUNNING");
      assertThat(
              Jmx.attribute(
                  "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(jmxPort),
                  "java.lang:type=Runtime",
                  "SpecVersion",
                  Duration.ofSeconds(20)))
          .isNotNull();
      assertThat(node.stop()).isEqualTo(143);
    }
  }

  private static Path give(Path path, int user, String mode) throws IOException {
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:uid", user);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }

  @Test
  @Tag("matrix")
  void runsFormerKafkaToo() {
    Map<String, String> properties = singleNode(FreePorts.find("127.0.0.1"));
    try (EntrypointNode node = new EntrypointNode(directory.resolve("n"), "3.9.2", properties)) {
      node.start().awaitLine("Transitioning from RECOVERY to RUNNING");

      assertThat(node.stop()).isEqualTo(143);
      assertThat(node.launched()).containsExactly("render", "storage");
    }
  }
}
