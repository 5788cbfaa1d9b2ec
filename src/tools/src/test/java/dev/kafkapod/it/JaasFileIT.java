package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers whose credentials stand in a JAAS file: broker 0 comes to its peers by PLAIN, broker 1 by
 * SCRAM.
 */
@Tag("matrix")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JaasFileIT {

  private static final String SECURITY = "org.apache.kafka.common.security.";
  private static final String PASSWORD = "loopback-only";

  /** With all that may stand for something else in a file like this, and in Kafka's settings. */
  private static final String OF_SCRAM = "a \"quoted\\\" one; ${{x:y}}";

  private static final String PREFIX = "listener.name.client.";

  @TempDir private static Path directory;
  @TempDir private Path own;
  private static Path jaas;
  private static KafkaCluster cluster;
  private static Agents agents;
  private static boolean letIn;

  @BeforeAll
  static void startCluster() throws IOException {
    jaas = directory.resolve("jaas.conf");
    Files.writeString(
        jaas,
        """
        KafkaServer {
          %1$splain.PlainLoginModule required
            username="admin" password="%2$s" user_admin="%2$s" user_probe="%2$s";
          %1$sscram.ScramLoginModule required username="admin" password="%2$s";
        };
        """
            .formatted(SECURITY, PASSWORD));
    Path ofScram = directory.resolve("scram.conf");
    Files.writeString(
        ofScram,
        """
        // the broker takes its listener's section, and its client in another process, too
        KafkaServer { com.example.Nobody required; };
        client.KafkaServer {
          %1$sscram.ScramLoginModule required username="admin" password="%3$s";
          %1$splain.PlainLoginModule required user_admin="%2$s" user_probe="%2$s";
        };
        """
            .formatted(SECURITY, PASSWORD, OF_SCRAM.replace("\\", "\\\\").replace("\"", "\\\"")));
    KafkaClusterBuilder builder =
        KafkaCluster.kraft()
            .brokers(2)
            .saslSsl()
            .config("inter.broker.listener.name", "CLIENT")
            .without(
                PREFIX + "plain.sasl.jaas.config",
                PREFIX + "scram-sha-256.sasl.jaas.config",
                PREFIX + "oauthbearer.sasl.jaas.config")
            .brokerConfig(0, PREFIX + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
            .brokerConfig(1, PREFIX + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
            .brokerConfig(1, "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256")
            .brokerJvmOptions(0, "-Djava.security.auth.login.config=" + jaas)
            .brokerJvmOptions(1, "-Djava.security.auth.login.config=" + ofScram);
    agents = Agents.join(builder, 2);
    cluster = builder.start();
    letIn = false;
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** Once the second broker has had to do without: its user, and a topic. */
  private static void letIn() throws Exception {
    if (!letIn) {
      cluster
          .admin()
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "admin",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                      OF_SCRAM)))
          .all()
          .get();
      cluster.createTopic("orders", 2, 2, Map.of("min.insync.replicas", "1"));
      letIn = true;
    }
  }

  @Test
  @Order(1)
  void anAgentThatIsNotLetInNamesTheSectionAndItsFile() throws Exception {
    agents.awaitReadyz(
        1,
        "which credentials were refused",
        line ->
            line.contains("authentication was refused")
                && line.contains(
                    "check the credentials in section client.KafkaServer of the JAAS file "
                        + directory.resolve("scram.conf")));
    letIn();
  }

  @Test
  @Order(2)
  void agentsLogInWithTheServersSections() throws Exception {
    letIn();
    assertThat(agents.awaitReady(0)).contains("2 brokers, ");
    assertThat(agents.awaitReady(1)).contains("2 brokers, ");
    for (KafkaNode broker : cluster.brokers()) {
      assertThat(Files.readString(broker.log()))
          .doesNotContain(PASSWORD + "\"")
          .doesNotContain("quoted");
    }
  }

  @Test
  @Order(3)
  void commandsTakeTheFileFromTheBrokersCommandLine() throws Exception {
    letIn();
    for (KafkaNode broker : cluster.brokers()) {
      awaitReady(
          broker, () -> KafkaPodCli.packaged().run("ready", "--direct", "--pid=" + broker.pid()));

      Result stop =
          KafkaPodCli.packaged().run("await-safe-stop", "--max-wait=40s", "--pid=" + broker.pid());
      assertThat(stop.exitCode()).as(stop.toString()).isZero();
    }
  }

  /** A broker may not have heard of a user yet, and a busy machine take long for a login. */
  private static Result awaitReady(KafkaNode broker, Callable<Result> ready) {
    return Await.until(
        "a yes of broker " + broker.id(),
        Duration.ofSeconds(60),
        ready,
        it -> it.line().startsWith("ready: broker " + broker.id()));
  }

  private static String option(Path file) {
    return "-Djava.security.auth.login.config=" + file;
  }

  private static Result run(Map<String, String> environment, String... command) {
    KafkaPodCli kafkaPod = KafkaPodCli.packaged();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      kafkaPod = kafkaPod.with(variable.getKey(), variable.getValue());
    }
    List<String> all = new ArrayList<>(List.of(command));
    KafkaNode broker = cluster.broker(0);
    all.add("--jmx-url=" + broker.jmxUrl());
    all.add("--server-config=" + broker.directory().resolve("server.properties"));
    return kafkaPod.run(all.toArray(String[]::new));
  }

  @Test
  @Order(4)
  void commandsTakeTheFileFromTheVariablesOfABrokersContainer() throws Exception {
    letIn();
    Path clients =
        Files.writeString(
            own.resolve("clients.conf"),
            "KafkaClient { %splain.PlainLoginModule required username=\"admin\" password=\"%s\"; };"
                .formatted(SECURITY, PASSWORD));
    for (Map<String, String> environment :
        List.of(
            Map.of("KAFKA_OPTS", "-Dx='y " + option(jaas) + " -javaagent:/no/such.jar"),
            Map.of("JAVA_TOOL_OPTIONS", "\"" + option(jaas) + "\""),
            Map.of("KAFKA_OPTS", option(clients)))) {
      Result ready = awaitReady(cluster.broker(0), () -> run(environment, "ready", "--direct"));
      assertThat(ready.err()).as("%s", environment).isEmpty();
    }
    Result stop = run(Map.of("KAFKA_OPTS", option(clients)), "await-safe-stop", "--max-wait=40s");
    assertThat(stop.exitCode()).as(stop.toString()).isZero();
  }

  @Test
  @Order(5)
  void aClientsOwnSettingsFindTheClientsSection() throws Exception {
    letIn();
    Path config =
        Files.write(
            own.resolve("client.properties"),
            Files.readAllLines(Path.of(cluster.clientConfig("admin").toString())).stream()
                .filter(line -> !line.startsWith("sasl.jaas.config"))
                .toList());
    Path clients =
        Files.writeString(
            own.resolve("clients.conf"),
            "KafkaClient { %splain.PlainLoginModule required username=\"admin\" password=\"%s\"; };"
                .formatted(SECURITY, PASSWORD));
    String[] command = {
      "ready",
      "--direct",
      "--jmx-url=" + cluster.broker(0).jmxUrl(),
      "--bootstrap-server=" + cluster.bootstrapServers()
    };

    Result found =
        KafkaPodCli.packaged()
            .with("KAFKA_OPTS", option(clients))
            .with("KAFKA_POD_COMMAND_CONFIG", config.toString())
            .run(command);
    Result lacking =
        KafkaPodCli.packaged()
            .with("KAFKA_OPTS", option(jaas))
            .with("KAFKA_POD_COMMAND_CONFIG", config.toString())
            .run(command);

    assertThat(found.line()).as(found.toString()).startsWith("ready: broker 0");
    assertThat(lacking.err())
        .isEqualTo(
            "kafka-pod ready: KAFKA_POD_COMMAND_CONFIG: its security.protocol needs a login, and there is neither sasl.jaas.config in it nor a section KafkaClient in the JAAS file %s (named by KAFKA_OPTS); add one of them; see kafka-pod ready --help\n"
                .formatted(jaas));
    assertThat(lacking.exitCode()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void aWrongPasswordInTheFileIsNamedByItsPlace() throws Exception {
    letIn();
    Path wrong =
        Files.writeString(
            own.resolve("wrong.conf"), Files.readString(jaas).replace(PASSWORD, "s3cret-wrong"));

    Result ready = run(Map.of("KAFKA_OPTS", option(wrong)), "ready", "--direct");

    assertThat(ready.line())
        .as(ready.toString())
        .endsWith(
            "check the credentials in section KafkaServer of the JAAS file %s (named by KAFKA_OPTS)"
                .formatted(wrong))
        .doesNotContain("s3cret-wrong")
        .doesNotContain("--command-config");
    assertThat(ready.exitCode()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void aFileThatIsMissingIsWaitedFor() throws Exception {
    letIn();
    Path late = own.resolve("late.conf");
    Result never = run(Map.of("KAFKA_OPTS", option(late)), "await-safe-stop", "--max-wait=15s");
    assertThat(never.took()).isGreaterThan(Duration.ofSeconds(14));
    assertThat(never.exitCode()).as(never.toString()).isEqualTo(2);
    assertThat(never.err())
        .isEqualTo(
            "kafka-pod await-safe-stop: the JAAS file %s (named by KAFKA_OPTS): there is no such file; put it there, or correct KAFKA_OPTS; see kafka-pod await-safe-stop --help\n"
                .formatted(late));

    CompletableFuture<Result> waiting =
        CompletableFuture.supplyAsync(
            () -> run(Map.of("KAFKA_OPTS", option(late)), "await-safe-stop", "--max-wait=50s"));
    CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(() -> copyOfTheFile(late));
    Result healed = waiting.get();
    assertThat(healed.out()).as(healed.toString()).contains("waiting: cannot tell: the JAAS file");
    assertThat(healed.exitCode()).as(healed.toString()).isZero();
  }

  private static void copyOfTheFile(Path target) {
    try {
      Files.writeString(target, Files.readString(jaas));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Order(8)
  void anAgentGoesOnWhenItsBrokersFileIsGone() throws Exception {
    letIn();
    Path away = directory.resolve("away.conf");
    Files.move(jaas, away);
    try {
      Result fresh = run(Map.of("KAFKA_OPTS", option(jaas)), "ready", "--direct");
      assertThat(fresh.exitCode()).as(fresh.toString()).isEqualTo(2);
      // longer than a client of the agent's lives
      for (String line :
          agents.readyzUntil(
              "an agent to ask anew",
              Duration.ofSeconds(60),
              List.of(0),
              new java.util.function.Predicate<>() {
                private final long since = System.nanoTime();

                @Override
                public boolean test(String line) {
                  return System.nanoTime() - since > Duration.ofSeconds(12).toNanos();
                }
              })) {
        assertThat(line).startsWith("ready: ").doesNotContain("the state is unknown");
      }
    } finally {
      Files.move(away, jaas);
    }
  }
}
