package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The active controller hangs, and it is a broker, too. Its connections stay open, so that whoever
 * asks it waits; and the others forward questions to it for half a minute more, while they answer
 * everything else as if nothing had happened.
 */
@Tag("quiet")
@Tag("matrix")
class HungControllerIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** For longer than anything that is waited for here: it is not what takes the yes back. */
  private static final String GRACE = "3m";

  /**
   * A session (9 s), after which brokers say that the ISR has shrunk; a look that hangs until its
   * time-out (8 s), the next one likewise, and what a busy machine adds. No controller answers for
   * longer than that.
   */
  private static final Duration TO_TAKE_IT_BACK = Duration.ofSeconds(30);

  /** How long answers may still be a yes: nobody in the cluster knows better. */
  private static final Duration NOBODY_KNOWS = Duration.ofSeconds(5);

  @Test
  void itsNeighboursTakeTheirYesBackAndNobodyMayStop() throws Exception {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(3).combined();
    Agents agents = Agents.join(builder, 3);
    for (int id = 0; id < 3; id++) {
      builder.brokerEnvironment(id, "KAFKA_POD_UNKNOWN_GRACE", GRACE);
    }
    try (KafkaCluster cluster = builder.start()) {
      cluster.createTopic("orders", 6, 3, Map.of("min.insync.replicas", "2"));
      cluster.brokers().forEach(it -> agents.awaitReadyByANewVerdict(it.id()));
      KafkaNode hung =
          cluster.broker(cluster.admin().describeMetadataQuorum().quorumInfo().get().leaderId());
      List<Integer> neighbours =
          cluster.brokers().stream().map(KafkaNode::id).filter(id -> id != hung.id()).toList();
      hung.pause();
      long since = System.nanoTime();
      try {
        CompletableFuture<List<Result>> direct =
            CompletableFuture.supplyAsync(() -> askThemselves(cluster, neighbours, since));

        for (int id : neighbours) {
          agents.awaitReadyz(id, "no yes", it -> !it.startsWith("ready: "));
          assertThat(age(since)).isLessThan(TO_TAKE_IT_BACK);
        }
        assertThat(
                agents.readyzUntil(
                    "both neighbours to see what is missing",
                    LIMIT,
                    neighbours,
                    it -> it.startsWith("not ready: at-min-ISR 6")))
            .noneMatch(it -> it.startsWith("ready: "));
        assertThat(direct.get()).isNotEmpty().noneMatch(it -> it.exitCode() == 0);
      } finally {
        hung.resume();
      }
    }
  }

  private static Duration age(long sinceNanos) {
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  /** What those say who look for themselves, from when on somebody knows better. */
  private static List<Result> askThemselves(
      KafkaCluster cluster, List<Integer> neighbours, long since) {
    List<Result> results = new ArrayList<>();
    while (age(since).compareTo(TO_TAKE_IT_BACK) < 0) {
      for (int id : neighbours) {
        boolean counts = age(since).compareTo(NOBODY_KNOWS) > 0;
        Result ready = Asking.of(cluster, id).ready();
        Result stop = new Stopping(cluster).canStop("--brokers=" + id);
        if (counts) {
          results.addAll(List.of(ready, stop));
        }
      }
    }
    return results;
  }
}
