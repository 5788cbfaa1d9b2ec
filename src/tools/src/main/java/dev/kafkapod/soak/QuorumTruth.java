package dev.kafkapod.soak;

import dev.kafkapod.testing.KafkaCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.QuorumInfo;

/**
 * Whether the controller quorum can spare one, by offsets alone, where the agents go by times: each
 * voter, by its own disk, has what its leader has.
 *
 * @param leaderId the leader's node id
 * @param replicas all that follow the metadata log, the leader included
 */
record QuorumTruth(int leaderId, List<Replica> replicas) {

  /** An idle log gets two records a second, and a voter may be two seconds behind. */
  private static final long RECORDS = 4;

  /**
   * One that follows the log.
   *
   * @param votes whether it is a voter; its node may have another replica that isn't
   */
  record Replica(int id, boolean votes, long logEndOffset) {}

  /** What the leader says. */
  static QuorumTruth of(KafkaCluster cluster) throws IOException, InterruptedException {
    try {
      QuorumInfo info =
          cluster.admin().describeMetadataQuorum().quorumInfo().get(3, TimeUnit.SECONDS);
      List<Replica> replicas = new ArrayList<>();
      info.voters()
          .forEach(it -> replicas.add(new Replica(it.replicaId(), true, it.logEndOffset())));
      info.observers()
          .forEach(it -> replicas.add(new Replica(it.replicaId(), false, it.logEndOffset())));
      return new QuorumTruth(info.leaderId(), replicas);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no leader has described the quorum", e);
    }
  }

  /** Whether no voter is missing. */
  boolean isWhole() {
    long leader =
        replicas.stream()
            .filter(it -> it.votes() && it.id() == leaderId)
            .mapToLong(Replica::logEndOffset)
            .max()
            .orElse(Long.MAX_VALUE);
    return replicas.stream()
        .filter(Replica::votes)
        .allMatch(it -> it.logEndOffset() >= leader - RECORDS);
  }
}
