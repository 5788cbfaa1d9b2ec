package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long {@code await-safe-stop} waits, and for what. */
@Tag("quiet")
@Tag("matrix")
class AwaitSafeStopIT {

  private static final String TRUST_STORE = "ssl.truststore.location";
  private static KafkaCluster cluster;
  private static Agents agents;
  @TempDir private Path directory;
  private Path config;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(3).saslSsl();
    for (int id = 0; id < 3; id++) {
      builder.brokerJvmOptions(id, "-XX:+DisableAttachMechanism");
    }
    agents = Agents.join(builder, 3);
    cluster = builder.start();
    cluster.createTopic("orders", Map.of(0, List.of(0, 1, 2)), Map.of("min.insync.replicas", "2"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBack() throws IOException {
    cluster.restore();
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(cluster.clientConfig("admin"))) {
      properties.load(in);
    }
    Path trustStore = directory.resolve("truststore");
    Files.copy(Path.of(properties.getProperty(TRUST_STORE)), trustStore);
    properties.setProperty(TRUST_STORE, trustStore.toString());
    config = directory.resolve("client.properties");
    try (OutputStream out = Files.newOutputStream(config)) {
      properties.store(out, null);
    }
  }

  private Result run(String command, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrap-server=" + cluster.bootstrapServers(),
                "--command-config=" + config));
    args.addAll(List.of(options));
    return KafkaPodCli.packaged().run(args.toArray(String[]::new));
  }

  @Test
  void waitsForAllOfTheTimeWhereNobodyAnswers() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "await-safe-stop",
                "--brokers=0",
                "--bootstrap-server=127.0.0.1:" + FreePorts.find("127.0.0.1"),
                "--max-wait=30s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.took()).isBetween(Duration.ofMillis(29_500), Duration.ofMillis(31_500));
  }

  @Test
  void waitsForAllOfTheTimeWhileAPeerIsStuck() {
    cluster.broker(1).pause();
    try {
      Result result = run("await-safe-stop", "--brokers=0", "--max-wait=30s");

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
      assertThat(result.took()).isBetween(Duration.ofMillis(29_500), Duration.ofMillis(31_500));
      assertThat(result.out()).contains("cannot stop broker 0: under-min-ISR 1 (orders-0)");
    } finally {
      cluster.broker(1).resume();
    }
  }

  @Test
  void asksAgainWhileTheTrustStoreIsMissing() throws Exception {
    goesOnWhileMissing(
        directory.resolve("truststore"),
        "waiting: cannot tell: --command-config: Kafka's client refuses these settings: there is no file ");
  }

  @Test
  void asksAgainWhileTheCommandConfigIsMissing() throws Exception {
    goesOnWhileMissing(config, "waiting: cannot tell: --command-config: there is no file ");
  }

  private void goesOnWhileMissing(Path file, String waiting) throws Exception {
    Path away = Files.move(file, directory.resolve("away"));
    CompletableFuture<Result> result =
        CompletableFuture.supplyAsync(
            () -> run("await-safe-stop", "--brokers=0", "--max-wait=55s"));
    // each of these takes longer than its first question
    for (int i = 0; i < 2; i++) {
      assertThat(run("can-stop", "--brokers=0").exitCode()).isEqualTo(2);
    }
    Files.move(away, file);

    assertThat(result.get().exitCode()).as(result.get().toString()).isZero();
    assertThat(result.get().out()).startsWith(waiting).contains(": nothing breaks");
  }

  @Test
  void isWrongUseIfItIsStillMissingWhenTheTimeIsOver() throws IOException {
    Files.delete(config);

    Result result = run("await-safe-stop", "--brokers=0", "--max-wait=15s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "kafka-pod await-safe-stop: --command-config: there is no file %s; see kafka-pod await-safe-stop --help\n"
                .formatted(config));
    assertThat(result.took()).isBetween(Duration.ofMillis(14_500), Duration.ofMillis(16_500));
  }

  @Test
  void wrongUseEndsItAtOnce() {
    Result result = run("await-safe-stop", "--brokers=9", "--max-wait=30s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
  }

  /** The broker can't be attached to, and nobody has named its JMX port. */
  @Test
  void hearsWhoTheLocalBrokerIsFromItsAgent() {
    Result result =
        run(
            "await-safe-stop",
            "--pid=" + cluster.broker(2).pid(),
            "--run-dir=" + agents.runDirectory(2),
            "--max-wait=55s");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out().lines().toList())
        .endsWith("can stop broker 2: nothing breaks (partitions there: 1)");
  }

  @Test
  void readsWhoTheLocalBrokerIsInItsConfigurationAndSaysWhatItDoesNotKnow() {
    Result result =
        run(
            "await-safe-stop",
            "--pid=" + cluster.broker(2).pid(),
            "--run-dir=" + directory,
            "--server-config=" + cluster.broker(2).directory().resolve("server.properties"),
            "--max-wait=55s");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains(
            "can stop broker 2: nothing breaks (partitions there: 1)\n",
            "note: the state of broker 2 isn't known: the broker ",
            "; that it is broker 2 is known from " + cluster.broker(2).directory());
  }

  @Test
  void waitsWhereNobodySaysWhoTheLocalBrokerIs() {
    Result result =
        run(
            "await-safe-stop",
            "--jmx-url=service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi",
            "--run-dir=" + directory,
            "--max-wait=15s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
  }
}
