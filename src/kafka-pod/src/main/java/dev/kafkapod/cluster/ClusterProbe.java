package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.util.Optional;

/** Tells what a cluster says of itself now. */
public interface ClusterProbe extends AutoCloseable {

  /** How much to ask for. */
  enum Detail {
    /** What a verdict needs: min.insync.replicas only where an ISR has shrunk. */
    VERDICT,
    /** Also what kafka-topics.sh counts, which takes every topic's min.insync.replicas. */
    EVERYTHING,
    /** Every partition, in order or not, and every topic's min.insync.replicas. */
    EVERY_PARTITION
  }

  /**
   * Asks the cluster.
   *
   * @param deadline when to stop waiting; what hasn't been answered by then is missing from the
   *     snapshot, with the reason
   * @throws Unanswered if not even the nodes and partitions could be had
   * @throws dev.kafkapod.bounded.Misconfigured if the client's configuration is wrong
   */
  ClusterSnapshot snapshot(Detail detail, Deadline deadline) throws Unanswered;

  /** Lets go of connections, without waiting for anybody. The probe can't be used after that. */
  /**
   * Why there is no answer yet, where that isn't the cluster's fault; any thread may ask. Empty if
   * nothing is known of it.
   */
  default Optional<String> silence() {
    return Optional.empty();
  }

  @Override
  void close();
}
