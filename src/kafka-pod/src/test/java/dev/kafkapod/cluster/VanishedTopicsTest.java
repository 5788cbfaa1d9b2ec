package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VanishedTopicsTest {

  private static final List<Integer> LIVE = List.of(1, 2);

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void aTopicIsGoneIfABrokerDoesNotKnowItThatHasAllOfTheLog() {
    VanishedTopics.Settled settled = settle("orders");

    assertThat(settled.gone()).containsExactly("orders");
    assertThat(settled.lookup().problem()).isEmpty();
    assertThat(cluster.pauses).isEqualTo(1);
  }

  @Test
  void aTopicIsNotGoneBecauseALaggardDoesNotKnowItYet() {
    cluster.ends.put(2, 99L);

    VanishedTopics.Settled settled = settle("orders");

    assertThat(settled.gone()).isEmpty();
    assertThat(settled.lookup().problem())
        .contains(
            "min.insync.replicas of orders couldn't be had: the broker that answered doesn't know the topic");
    assertThat(cluster.pauses).isEqualTo(5);
  }

  @Test
  void aBrokerThatTheLeaderDoesNotListIsALaggard() {
    cluster.ends.remove(2);

    assertThat(settle("orders").gone()).isEmpty();
  }

  @Test
  void aLaggardIsAskedAgainUntilItKnowsTheTopic() {
    cluster.ends.put(2, 99L);
    cluster.answersFrom(3, Map.of("orders", 2));

    VanishedTopics.Settled settled = settle("orders");

    assertThat(settled.gone()).isEmpty();
    assertThat(settled.lookup().values()).isEqualTo(Map.of("kept", 1, "orders", 2));
    assertThat(settled.lookup().problem()).isEmpty();
    assertThat(cluster.pauses).isEqualTo(3);
  }

  @Test
  void countsTheLogByWhereItWasAtFirst() {
    // the log goes on, and nobody ever has all of it
    cluster.growing = true;

    assertThat(settle("orders").gone()).containsExactly("orders");
    assertThat(cluster.pauses).isEqualTo(2);
  }

  @Test
  void aTopicThatWasMadeAgainUnderTheSameNameIsThere() {
    cluster.answersFrom(1, Map.of("orders", 3));

    VanishedTopics.Settled settled = settle("orders", "payments");

    assertThat(settled.gone()).containsExactly("payments");
    assertThat(settled.lookup().values()).containsEntry("orders", 3);
  }

  @Test
  void nothingIsGoneWhileTheLeaderIsSilent() {
    cluster.silent = true;

    assertThat(settle("orders").gone()).isEmpty();
    assertThat(settle("orders").lookup().problem()).isPresent();
  }

  @Test
  void nothingIsGoneWithoutTheTimeToAskAgain() {
    cluster.hurried = true;

    assertThat(settle("orders").gone()).isEmpty();
  }

  @Test
  void inZooKeeperModeATopicIsGoneThatStaysUnknown() {
    cluster.zooKeeper = true;

    assertThat(settle("orders").gone()).containsExactly("orders");
    assertThat(cluster.pauses).isEqualTo(5);
  }

  @Test
  void anotherProblemStays() {
    MinIsrLookup first =
        new MinIsrLookup(Map.of(), Set.of("orders"), Optional.of("an ACL is missing"));

    assertThat(VanishedTopics.settle(first, LIVE, cluster).lookup().problem())
        .contains("an ACL is missing");
  }

  private VanishedTopics.Settled settle(String... unknown) {
    return VanishedTopics.settle(
        new MinIsrLookup(Map.of("kept", 1), Set.of(unknown), Optional.empty()), LIVE, cluster);
  }

  /** Brokers 1 and 2, both with all of a log of 100 records. */
  private static final class FakeCluster implements VanishedTopics.TopicListings {
    private final Map<Integer, Long> ends = new HashMap<>(Map.of(1, 100L, 2, 100L));
    private final List<Set<String>> asked = new ArrayList<>();
    private Map<String, Integer> known = Map.of();
    private int knownFrom = Integer.MAX_VALUE;
    private boolean silent;
    private boolean hurried;
    private boolean zooKeeper;
    private boolean growing;
    private long watermark = 100;
    private int pauses;

    void answersFrom(int question, Map<String, Integer> values) {
      knownFrom = question;
      known = values;
    }

    @Override
    public VanishedTopics.LogEnds logEnds() throws Unanswered {
      if (silent) {
        throw new Unanswered("no controller answers", null);
      }
      if (growing) {
        watermark += 10;
        ends.replaceAll((id, end) -> watermark - 5);
      }
      return new VanishedTopics.LogEnds(
          zooKeeper ? OptionalLong.empty() : OptionalLong.of(watermark), ends);
    }

    @Override
    public MinIsrLookup ask(Collection<String> topics) {
      asked.add(Set.copyOf(topics));
      Map<String, Integer> values = new HashMap<>(asked.size() >= knownFrom ? known : Map.of());
      values.keySet().retainAll(topics);
      Set<String> unknown = new HashSet<>(topics);
      unknown.removeAll(values.keySet());
      return new MinIsrLookup(values, unknown, Optional.empty());
    }

    @Override
    public boolean pause(Duration time) {
      pauses += hurried ? 0 : 1;
      return !hurried;
    }
  }
}
