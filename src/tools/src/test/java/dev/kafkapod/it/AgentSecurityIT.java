package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent's clients and the broker's own authentication in one process, by every mechanism: SASL
 * providers are global to a JVM.
 */
@Tag("matrix")
class AgentSecurityIT {

  private static final String PASSWORD = "loopback-only";
  @TempDir private Path directory;

  /**
   * Brokers meet on a SASL_SSL listener, as PLAIN users. Agent 0 finds all that out by itself;
   * agents 1 to 3 come by other means, as their client configurations say.
   */
  @ParameterizedTest
  @ValueSource(strings = {"4.3.1 KRaft", "3.9.2 ZooKeeper"})
  void watchesThroughListenersOfEveryMechanism(String kafka) throws Exception {
    KafkaClusterBuilder builder =
        (kafka.endsWith("KRaft") ? KafkaCluster.kraft() : KafkaCluster.zookeeper())
            .version(kafka.split(" ", -1)[0])
            .brokers(4)
            .saslSsl()
            .config("inter.broker.listener.name", "CLIENT");
    Agents agents = Agents.join(builder, 4);
    for (int id = 1; id < 4; id++) {
      builder.brokerEnvironment(id, "KAFKA_POD_COMMAND_CONFIG", config(id).toString());
    }
    try (KafkaCluster cluster = builder.start()) {
      cluster.createTopic("orders", 2, 3, Map.of("min.insync.replicas", "1"));
      assertThat(agents.awaitReady(0)).contains("4 brokers, ");

      // the others' client configurations aren't there yet
      agents.awaitReadyz(1, "which file it lacks", line -> line.contains("there is no file"));
      cluster
          .admin()
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "admin",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                      PASSWORD)))
          .all()
          .get();
      provide(config(1), cluster.clientConfig("admin", "SCRAM-SHA-256"));
      provide(config(2), cluster.clientConfig("admin", "OAUTHBEARER"));
      provide(config(3), withWrongPassword(cluster.clientConfig("admin")));

      agents.awaitReady(1);
      agents.awaitReady(2);
      agents.awaitReadyz(
          3, "that it isn't let in", line -> line.contains("authentication was refused"));
      provide(config(3), cluster.clientConfig("admin"));
      agents.awaitReady(3);

      for (KafkaNode broker : cluster.brokers()) {
        acceptsEveryMechanism(cluster, broker);
        assertThat(Files.readString(broker.log(), StandardCharsets.UTF_8))
            .doesNotContain(PASSWORD + "\"");
      }
      cluster.broker(2).stop();
      cluster.broker(2).start();
      cluster.restore();
      agents.awaitReady(2);
      // a busy machine may have no time for a JVM that logs in by TLS and SASL
      KafkaPodCli fallback =
          agents.probe(cluster.broker(0)).with("KAFKA_POD_RUN_DIR", directory.toString());
      Await.until(
          "an answer without the agent",
          Duration.ofSeconds(60),
          () -> fallback.run("ready"),
          it -> it.line().startsWith("ready: broker 0, 4 brokers"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2 KRaft")
  @Tag("variant")
  void soDoesOneOfFormerKafkaWithoutZooKeeper(String kafka) throws Exception {
    watchesThroughListenersOfEveryMechanism(kafka);
  }

  private Path config(int broker) {
    return directory.resolve("client-" + broker + ".properties");
  }

  /** As a mounted secret changes: at once. */
  private static void provide(Path file, Path content) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".new");
    Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path withWrongPassword(Path right) throws IOException {
    return Files.writeString(
        directory.resolve("wrong.properties"),
        Files.readString(right, StandardCharsets.ISO_8859_1).replace(PASSWORD, "not-the-password"));
  }

  private static void acceptsEveryMechanism(KafkaCluster cluster, KafkaNode broker)
      throws Exception {
    for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "OAUTHBEARER")) {
      Map<String, Object> config = properties(cluster, mechanism);
      config.put("bootstrap.servers", broker.bootstrapServer());
      try (Admin admin = Admin.create(config)) {
        assertThat(admin.describeCluster().nodes().get())
            .as("%s by %s", broker, mechanism)
            .hasSize(4);
      }
    }
  }

  private static Map<String, Object> properties(KafkaCluster cluster, String mechanism)
      throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(cluster.clientConfig("admin", mechanism))) {
      properties.load(in);
    }
    Map<String, Object> config = new HashMap<>();
    properties.forEach((key, value) -> config.put((String) key, value));
    return config;
  }
}
