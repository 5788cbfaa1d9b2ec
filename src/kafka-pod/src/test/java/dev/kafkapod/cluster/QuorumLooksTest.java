package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class QuorumLooksTest {

  private static final long NOW = 1_750_000_000_000L;
  private static final long AHEAD = NOW + 3_600_000;
  private static final Duration PLENTY = Duration.ofSeconds(20);

  private final Deque<QuorumInfo> answers = new ArrayDeque<>();
  private final QuorumLooks looks =
      new QuorumLooks(() -> KafkaFuture.completedFuture(answers.removeFirst()));

  @Test
  void asksAHealthyQuorumOnce() {
    answers.add(quorum(1, replica(1, NOW, 1000), replica(2, NOW - 20, 999)));

    Quorum quorum = (Quorum) look(PLENTY);

    assertThat(quorum.leaderId()).isEqualTo(1);
    assertThat(quorum.epoch()).isEqualTo(7);
    assertThat(quorum.earlier()).isEmpty();
    assertThat(quorum.voters().get(1).lastCaughtUpMs()).hasValue(NOW - 20);
    assertThat(quorum.voters().get(1).logEndOffset()).isEqualTo(999);
    assertThat(quorum.voters().get(1).directory()).contains(directory(2).toString());
    assertThat(answers).isEmpty();
  }

  @Test
  void asksAgainWhereTheLeadersClockWasSetBack() {
    answers.add(quorum(1, replica(1, NOW, 1000), replica(2, AHEAD, 1000)));
    answers.add(quorum(1, replica(1, NOW + 1000, 1002), replica(2, AHEAD, 1002)));

    Quorum quorum = (Quorum) look(PLENTY);

    assertThat(quorum.earlier().orElseThrow().ago())
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
    assertThat(quorum.lag(quorum.voters().get(1))).contains(quorum.earlier().get().ago());
  }

  @Test
  void doesNotAskAgainWithoutTheTimeForIt() {
    answers.add(quorum(1, replica(1, NOW, 1000), replica(2, AHEAD, 1000)));

    Quorum quorum = (Quorum) look(Duration.ofMillis(1300));

    assertThat(quorum.earlier()).isEmpty();
  }

  @Test
  void asksAgainWhereSomebodySeemsToHaveCaughtUpWhoLacksMuch() {
    answers.add(quorum(1, replica(1, NOW, 1000), replica(2, NOW, 900)));
    answers.add(quorum(1, replica(1, NOW, 1002), replica(2, NOW, 900)));

    Quorum quorum = (Quorum) look(PLENTY);

    assertThat(quorum.lag(quorum.voters().get(1))).isEmpty();
  }

  @Test
  void keepsWhatItSawForTheNextTime() {
    answers.add(quorum(1, replica(1, NOW, 1000), replica(2, NOW, 999)));
    answers.add(quorum(1, replica(1, NOW, 1001), replica(2, NOW, 1000)));

    look(PLENTY);
    Quorum second = (Quorum) look(PLENTY);

    assertThat(second.earlier()).isPresent();
  }

  @Test
  void knowsNoQuorumWithoutALeader() {
    answers.add(quorum(9, replica(1, NOW, 1000)));

    assertThat(look(PLENTY))
        .isEqualTo(new ControlPlane.Silent("the controller quorum has no leader"));
  }

  @Test
  void takesAControllerWithoutAQuorumForOneOfZooKeeperModeIfItHasAnswered() {
    KafkaFutureImpl<QuorumInfo> refused = new KafkaFutureImpl<>();
    refused.completeExceptionally(new UnsupportedVersionException("no such request"));
    QuorumLooks.Look look = new QuorumLooks(() -> refused).begin();

    assertThat(look.controlPlane(true, Deadline.in(PLENTY)))
        .isEqualTo(new ControlPlane.ZooKeeper(Set.of()));
    assertThat(look.controlPlane(false, Deadline.in(PLENTY)))
        .isEqualTo(new ControlPlane.Silent("no controller answers: no such request"));
  }

  private ControlPlane look(Duration time) {
    return looks.begin().controlPlane(true, Deadline.in(time));
  }

  private static QuorumInfo quorum(int leader, ReplicaState... voters) {
    return create(QuorumInfo.class, leader, 7L, 990L, Arrays.asList(voters), List.of(), Map.of());
  }

  private static ReplicaState replica(int id, long caughtUp, long logEnd) {
    return create(
        ReplicaState.class,
        id,
        directory(id),
        logEnd,
        OptionalLong.of(caughtUp),
        OptionalLong.of(caughtUp));
  }

  private static Uuid directory(int id) {
    return new Uuid(1, id);
  }

  /** Kafka's client makes them, and nobody else can. */
  private static <T> T create(Class<T> type, Object... values) {
    try {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == values.length) {
          constructor.setAccessible(true);
          return type.cast(constructor.newInstance(values));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException(type + " is made otherwise");
  }
}
