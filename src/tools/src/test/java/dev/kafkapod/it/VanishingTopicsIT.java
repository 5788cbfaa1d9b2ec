package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.testing.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topics that are made and deleted all the time while the cluster is asked. */
@Tag("matrix")
class VanishingTopicsIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int LOOKS = 40;
  private static final int TOPICS = 20;

  @Test
  void whatIsGoneIsNoReasonNotToKnow() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.kraft().brokers(3).start()) {
      cluster.createTopic("orders", 6, 3, Map.of("min.insync.replicas", "2"));
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Integer> churn =
          CompletableFuture.supplyAsync(() -> churn(cluster.bootstrapServers(), enough));
      List<Optional<String>> problems = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      try {
        for (int i = 0; i < LOOKS; i++) {
          ClusterSnapshot seen = look(cluster.bootstrapServers());
          problems.add(seen.minIsrProblem());
          counts.add(seen.topics().size());
          assertThat(seen.minIsr()).containsEntry("orders", 2);
          assertThat(seen.minIsr().keySet()).isEqualTo(seen.topics());
          assertThat(seen.partitions()).hasSize(seen.partitionCount());
        }
      } finally {
        enough.set(true);
      }

      assertThat(churn.get()).as("rounds of topics made and deleted").isGreaterThan(5);
      assertThat(counts.stream().distinct()).as("topics seen").hasSizeGreaterThan(1);
      assertThat(problems).containsOnly(Optional.empty());
    }
  }

  private static ClusterSnapshot look(String servers) throws Exception {
    ClientSettings settings =
        new ClientSettings(ClusterSnapshot.Asked.BROKERS, List.of(servers.split(",")), Map.of());
    try (ClusterProbe probe = new AdminClusterProbe(settings, TIMEOUT)) {
      return probe.snapshot(ClusterProbe.Detail.EVERY_PARTITION, Deadline.in(TIMEOUT));
    }
  }

  private static int churn(String servers, AtomicBoolean enough) {
    int rounds = 0;
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", servers, "enable.metrics.push", false))) {
      while (!enough.get()) {
        int round = rounds++;
        List<String> names =
            IntStream.range(0, TOPICS).mapToObj(i -> "passing-" + round % 2 + "-" + i).toList();
        admin
            .createTopics(names.stream().map(it -> new NewTopic(it, 1, (short) 3)).toList())
            .all()
            .get();
        admin.deleteTopics(names).all().get();
      }
    } catch (Exception e) {
      throw new IllegalStateException("making and deleting topics failed", e);
    }
    return rounds;
  }
}
