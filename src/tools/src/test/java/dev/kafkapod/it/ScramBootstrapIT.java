package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaDistribution;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Brokers that log in to each other by SCRAM, from nothing: their users are in the metadata that
 * they can't have before they have logged in.
 */
@Tag("matrix")
@Timeout(600)
class ScramBootstrapIT {

  private static final String HOST = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";";

  /** What kafka-storage.sh itself couldn't be told: commas end a value there. */
  private static final String PASSWORD = "odd, =and long? 4711";

  private static final String ALICES = "4712 belongs to alice";
  private static final String CAROLS = "4713 belongs to carol";

  @TempDir private Path directory;
  private final List<EntrypointNode> nodes = new ArrayList<>();
  private final TreeSet<String> seenCommandLines = new TreeSet<>();

  @AfterEach
  void close() {
    nodes.forEach(EntrypointNode::close);
  }

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void brokersLogInToEachOtherFromTheirVeryFirstStart(String version) throws Exception {
    Path users = directory.resolve("users");
    Files.writeString(users, "# brokers\nbroker=%s\r\n\nalice=%s".formatted(PASSWORD, ALICES));
    List<Integer> ports = start(version, users);
    nodes.forEach(EntrypointNode::start);
    nodes.forEach(this::awaitReady);

    String bootstrap = HOST + ":" + ports.get(0);
    assertThat(nodes.get(0).log()).contains(", with the SCRAM users broker, alice: a new cluster");
    assertThat(brokers(bootstrap, "broker", PASSWORD)).isEqualTo(3);
    assertThat(brokers(bootstrap, "alice", ALICES)).isEqualTo(3);
    assertThatThrownBy(() -> brokers(bootstrap, "alice", ALICES + "x"))
        .hasCauseInstanceOf(SaslAuthenticationException.class);

    // a restart needs neither the file nor another formatting, and says once what it is for
    EntrypointNode node = nodes.get(1);
    assertThat(node.stop()).as(node.tail()).isEqualTo(143);
    Files.delete(users);
    Files.deleteIfExists(node.runDirectory().resolve("verdict"));
    node.start();
    awaitReady(node);
    assertThat(node.launched()).containsExactly("render", "storage", "render");
    assertThat(node.log())
        .containsOnlyOnce("note: KAFKA_POD_SCRAM_USERS_FILE counts only while the first");

    addUserAsTheNoteSays(version, bootstrap);
    // brokers hear of a new user by the metadata log, a moment after the controller has answered
    Await.until("every broker to know carol", LIMIT, () -> carols(bootstrap), count -> count == 3);
    assertNoPasswordIsAnywhere();
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void soDoThoseOfFormerKafka(String version) throws Exception {
    brokersLogInToEachOtherFromTheirVeryFirstStart(version);
  }

  /** Nodes that haven't been started; returns where their brokers listen. */
  private List<Integer> start(String version, Path users) {
    List<Integer> ports = new ArrayList<>();
    List<String> voters = new ArrayList<>();
    List<Integer> controllers = new ArrayList<>();
    for (int id = 0; id < 3; id++) {
      ports.add(FreePorts.find(HOST));
      controllers.add(FreePorts.find(HOST));
      voters.add("%d@%s:%d".formatted(id, HOST, controllers.get(id)));
    }
    for (int id = 0; id < 3; id++) {
      Map<String, String> properties = new LinkedHashMap<>();
      properties.put("process.roles", "broker,controller");
      properties.put("node.id", String.valueOf(id));
      properties.put("controller.listener.names", "CONTROLLER");
      properties.put("controller.quorum.voters", String.join(",", voters));
      properties.put(
          "listeners",
          "INTERNAL://%s:%d,CONTROLLER://%s:%d"
              .formatted(HOST, ports.get(id), HOST, controllers.get(id)));
      properties.put(
          "listener.security.protocol.map", "INTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
      properties.put("inter.broker.listener.name", "INTERNAL");
      properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
      properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
      properties.put(
          "listener.name.internal.scram-sha-512.sasl.jaas.config",
          MODULE.formatted("broker", PASSWORD));
      properties.put("log.cleaner.dedupe.buffer.size", "4194304");
      nodes.add(
          new EntrypointNode(directory.resolve("n" + id), version, properties)
              .with("CLUSTER_ID", "6Gm2vrC4Tm2WPB0MqTpV8g")
              .with("KAFKA_POD_AGENT", "on")
              .with("KAFKA_POD_HTTP", "off")
              .with("KAFKA_POD_STABLE_FOR", "1s")
              .with("KAFKA_POD_SCRAM_USERS_FILE", users.toString()));
    }
    return ports;
  }

  private void awaitReady(EntrypointNode node) {
    Path verdict = node.runDirectory().resolve("verdict");
    Await.until(
        "every node to be ready by its agent's verdict",
        LIMIT,
        () -> {
          noteCommandLines();
          return Files.exists(verdict) ? Files.readString(verdict) : "";
        },
        it -> it.contains("\nready 0 "),
        node::tail);
    KafkaPodCli probe =
        KafkaPodCli.packaged().with("KAFKA_POD_RUN_DIR", node.runDirectory().toString());
    Await.until(
        "it to be told", LIMIT, () -> probe.run("ready").exitCode(), it -> it == 0, node::tail);
  }

  private static int brokers(String bootstrap, String user, String password) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "SCRAM-SHA-512",
            "sasl.jaas.config",
            MODULE.formatted(user, password));
    try (Admin admin = Admin.create(config)) {
      return admin.describeCluster().nodes().get(30, TimeUnit.SECONDS).size();
    }
  }

  private static int carols(String bootstrap) throws Exception {
    try {
      return brokers(bootstrap, "carol", CAROLS);
    } catch (ExecutionException e) {
      return 0;
    }
  }

  private void addUserAsTheNoteSays(String version, String bootstrap) throws Exception {
    Path file = directory.resolve("carol.properties");
    Files.writeString(file, "SCRAM-SHA-512=password=" + CAROLS + "\n");
    Path log = directory.resolve("kafka-configs.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                KafkaDistribution.of(version).classPath(),
                "kafka.admin.ConfigCommand",
                "--bootstrap-server",
                bootstrap,
                "--command-config",
                nodes.get(0).configFile().resolveSibling("client.properties").toString(),
                "--alter",
                "--entity-type",
                "users",
                "--entity-name",
                "carol",
                "--add-config-file",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Await.until(
        "kafka-configs.sh to end",
        LIMIT,
        () -> {
          noteCommandLines();
          return process.isAlive();
        },
        it -> !it);
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** Of all processes of the machine, as often as something is waited for. */
  private void noteCommandLines() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      processes
          .filter(it -> it.getFileName().toString().matches("\\d+"))
          .forEach(it -> seenCommandLines.add(commandLine(it)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private void assertNoPasswordIsAnywhere() throws IOException {
    assertThat(seenCommandLines).anyMatch(it -> it.contains("kafka.Kafka"));
    for (String secret : List.of(PASSWORD, ALICES, CAROLS)) {
      assertThat(seenCommandLines).noneMatch(it -> it.contains(secret));
    }
    for (EntrypointNode node : nodes) {
      assertThat(node.log()).doesNotContain(PASSWORD, ALICES, CAROLS);
      try (Stream<Path> files = Files.walk(node.data())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(PASSWORD, ALICES, CAROLS);
        }
      }
    }
  }
}
