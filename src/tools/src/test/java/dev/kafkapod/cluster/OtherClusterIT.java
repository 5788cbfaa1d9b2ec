package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two clusters, as they are beside each other in a network where addresses pass from one to the
 * other: what one says is no answer for the other.
 */
@Tag("matrix")
class OtherClusterIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String TOPIC = "orders";

  private static KafkaCluster own;
  private static KafkaCluster other;

  @BeforeAll
  static void startClusters() {
    own = KafkaCluster.kraft().brokers(1).combined().start();
    other = KafkaCluster.kraft().brokers(1).combined().start();
    own.createTopic(TOPIC, 1, 1, Map.of());
  }

  @AfterAll
  static void stopClusters() {
    own.close();
    other.close();
  }

  private static ListedNodes listed(KafkaCluster cluster) {
    String address = cluster.bootstrapServers();
    int colon = address.lastIndexOf(':');
    ClusterNode node =
        new ClusterNode(
            0,
            address.substring(0, colon),
            Integer.parseInt(address.substring(colon + 1)),
            Optional.empty(),
            false);
    return new ListedNodes(own.clusterId(), List.of(node), true);
  }

  private static PartitionTable ask(PartitionsClient client, KafkaCluster cluster)
      throws Unanswered {
    return client.ask(listed(cluster), ClusterProbe.Detail.EVERY_PARTITION, Deadline.in(LIMIT));
  }

  /** An address that the cluster advertises may have become another cluster's. */
  @Test
  void whatAnotherClusterSaysOfItsPartitionsIsNoAnswer() throws Exception {
    PartitionsClient client =
        new PartitionsClient(
            new ClientSettings(Asked.BROKERS, List.of(own.bootstrapServers()), Map.of()), LIMIT);
    try {
      assertThatThrownBy(() -> ask(client, other))
          .isInstanceOf(Unanswered.class)
          .hasMessage(
              "asking for all partitions was answered by cluster %s, but the brokers of cluster %s were asked, at the addresses that they advertise: %s; check advertised.listeners of the brokers",
              other.clusterId(), own.clusterId(), other.bootstrapServers());

      assertThat(ask(client, own).topics()).as("it doesn't stay with the other").contains(TOPIC);
      assertThat(client.respondents()).isSubsetOf(0);
      assertThat(ask(client, own).topics()).contains(TOPIC);
      assertThat(client.respondents()).containsExactly(0);
    } finally {
      client.close();
    }
  }

  /** Who it is says its configuration then, and of which cluster its disks. */
  @Test
  void aBrokerWithoutJmxIsNoBrokerOfAnotherClusterThatHasOneOfItsId() {
    KafkaNode broker = own.broker(0);

    Result result =
        KafkaPodCli.packaged()
            .run(
                "can-stop",
                "--jmx-url=service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi"
                    .formatted(FreePorts.find("127.0.0.1")),
                "--server-config=" + broker.directory().resolve("server.properties"),
                "--bootstrap-server=" + other.bootstrapServers());

    assertThat(result.line())
        .as(result.toString())
        .startsWith(
            "cannot tell: broker 0 belongs to cluster %s, but the bootstrap servers answer for cluster %s; check --bootstrap-server"
                .formatted(own.clusterId(), other.clusterId()));
    assertThat(result.exitCode()).isEqualTo(3);
  }

  /** A forwarded port leads to a broker that advertises what is somebody else's here. */
  @Test
  void aClusterWhoseAdvertisedAddressesAreAnothersIsNotAnsweredForByThat() throws IOException {
    try (KafkaCluster forwarded =
        KafkaCluster.kraft()
            .brokers(1)
            .combined()
            .config("advertised.listeners", "CLIENT://" + other.bootstrapServers())
            .start()) {
      Result result =
          KafkaPodCli.packaged()
              .run(
                  "can-stop",
                  "--brokers=0",
                  "--bootstrap-server=" + forwarded.broker(0).bootstrapServer());

      assertThat(result.line())
          .as(result.toString())
          .isEqualTo(
              "cannot tell: %s answers for cluster %s, but the addresses that its brokers advertise (%s) for cluster %s; name brokers of one cluster in --bootstrap-server, and check their advertised.listeners"
                  .formatted(
                      forwarded.broker(0).bootstrapServer(),
                      clusterIdOnDisk(forwarded.broker(0)),
                      other.bootstrapServers(),
                      other.clusterId()));
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  /** Its clients would hear the other's. */
  private static String clusterIdOnDisk(KafkaNode broker) throws IOException {
    return Files.readAllLines(broker.directory().resolve("data/meta.properties")).stream()
        .filter(it -> it.startsWith("cluster.id="))
        .map(it -> it.substring("cluster.id=".length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void addressesOfTwoClustersAreNoneOfEither() {
    for (int i = 0; i < 4; i++) { // a client takes one by chance
      Result result =
          KafkaPodCli.packaged()
              .run(
                  "can-stop",
                  "--brokers=0",
                  "--bootstrap-server=%s,%s"
                      .formatted(own.bootstrapServers(), other.bootstrapServers()));

      assertThat(result.line())
          .as(result.toString())
          .startsWith("cannot tell: ")
          .contains(" answers for cluster ", "; name brokers of one cluster in --bootstrap-server");
    }
  }

  @Test
  void anAddressThatNobodyListensOnIsNoOtherCluster() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "can-stop",
                "--brokers=0",
                "--bootstrap-server=%s,127.0.0.1:%d"
                    .formatted(own.bootstrapServers(), FreePorts.find("127.0.0.1")));

    assertThat(result.line()).as(result.toString()).contains("broker 0");
    assertThat(result.exitCode()).isIn(0, 1);
  }
}
