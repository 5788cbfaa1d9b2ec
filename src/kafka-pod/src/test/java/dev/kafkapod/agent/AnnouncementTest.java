package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the log says when the verdict changes, and that it says nothing when it doesn't. */
class AnnouncementTest {

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED);

  private static ClusterBuilder offline(int partitions) {
    ClusterBuilder cluster = aCluster();
    IntStream.range(0, partitions)
        .forEach(it -> cluster.with(aPartition("orders", it).leaderless()));
    return cluster;
  }

  private Optional<String> change(double seconds, Runnable happening) {
    AgentState before = seen.now();
    happening.run();
    return Announcement.of(before, seen.now(), at(seconds));
  }

  @Test
  void saysHowLongItTookToBecomeReady() {
    seen.broker(0, aBroker(1));
    seen.cluster(1, aCluster());
    seen.broker(12, aBroker(1));

    // unknown from the beginning, not ready from second 1
    assertThat(change(12, () -> seen.cluster(12, aCluster())))
        .contains(seen.now().readyReply().line() + " (had been blocked for 12 s)");
  }

  @Test
  void saysWhyItIsNoLongerReadyAndForHowLongItWas() {
    seen.latched();

    assertThat(change(73, () -> seen.cluster(73, offline(2))))
        .contains("not ready: offline 2 (orders-0, orders-1) (had been \"ready\" for 1 min 2 s)");
  }

  @Test
  void saysThatOtherConditionsHoldAndSinceWhenItIsBlocked() {
    seen.latched();
    seen.cluster(20, offline(1));

    assertThat(
            change(
                26,
                () -> seen.broker(26, aBroker(1).inState(BrokerState.PENDING_CONTROLLED_SHUTDOWN))))
        .contains(
            "not ready: broker state PENDING_CONTROLLED_SHUTDOWN, offline 1 (orders-0) (so for 6 s)");
  }

  @Test
  void saysNothingWhereOnlyTheNumberOfPartitionsChanges() {
    seen.latched();
    seen.cluster(20, offline(1));

    assertThat(change(21, () -> seen.cluster(21, offline(3)))).isEmpty();
    assertThat(change(22, () -> seen.broker(22, aBroker(1)))).isEmpty();
  }

  @Test
  void saysNothingWhileReady() {
    seen.latched();

    assertThat(change(21, () -> seen.cluster(21, aCluster().withTopics("new")))).isEmpty();
    // waited out
    assertThat(change(22, () -> seen.cluster(22, Answer.unknown("timed out")))).isEmpty();
  }

  @Test
  void saysThatNobodyCanTellAndWhatWasSaidBefore() {
    seen.latched();

    assertThat(change(25, () -> seen.brokerUnknown(25, "no MBeans")))
        .contains("cannot tell: no MBeans (had been \"ready\" for 14 s)");
  }

  @Test
  void saysAgainWhatIsKnownAfterNobodyCouldTell() {
    seen.latched();
    seen.brokerUnknown(20, "no MBeans");

    assertThat(change(23, () -> seen.broker(23, aBroker(1))))
        .contains(seen.now().readyReply().line() + " (had been blocked for 3 s)");
    seen.brokerUnknown(24, "no MBeans");
    assertThat(change(27, () -> seen.broker(27, aBroker(1).inState(BrokerState.SHUTTING_DOWN))))
        .contains("not ready: broker state SHUTTING_DOWN (had been \"cannot tell\" for 3 s)");
  }
}
