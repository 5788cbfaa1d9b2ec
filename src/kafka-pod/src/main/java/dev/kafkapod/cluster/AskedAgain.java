package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Asks a cluster once more about topics that somebody in it doesn't know. */
final class AskedAgain implements VanishedTopics.TopicListings {

  /** What must be left for the answer. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  private final Admin admin;
  private final Deadline deadline;

  AskedAgain(Admin admin, Deadline deadline) {
    this.admin = admin;
    this.deadline = deadline;
  }

  @Override
  public VanishedTopics.LogEnds logEnds() throws Unanswered {
    String call = "asking the quorum's leader how far the metadata log is known";
    try {
      QuorumInfo quorum = Calls.await(admin.describeMetadataQuorum().quorumInfo(), call, deadline);
      Map<Integer, Long> ends = new HashMap<>();
      add(ends, quorum.voters());
      add(ends, quorum.observers());
      return new VanishedTopics.LogEnds(OptionalLong.of(quorum.highWatermark()), ends);
    } catch (UnsupportedVersionException e) {
      return new VanishedTopics.LogEnds(OptionalLong.empty(), Map.of()); // ZooKeeper mode
    } catch (KafkaException e) {
      throw new Unanswered(call + " failed: " + Calls.oneLine(e), e);
    }
  }

  /** A node whose disk was replaced is listed twice; it answers by what it has now. */
  private static void add(Map<Integer, Long> ends, List<QuorumInfo.ReplicaState> replicas) {
    replicas.forEach(it -> ends.merge(it.replicaId(), it.logEndOffset(), Math::max));
  }

  @Override
  public MinIsrLookup ask(Collection<String> topics) {
    return MinIsrLookup.of(admin, topics, deadline);
  }

  @Override
  public boolean pause(Duration time) {
    return deadline.remaining().compareTo(time.plus(TO_ANSWER)) >= 0 && Pause.of(time);
  }
}
