package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.readiness.ControlPlane;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TimeoutsLookupTest {

  private static final ClusterTimeouts KNOWN =
      ClusterTimeouts.in(Map.of("broker.session.timeout.ms", "12345"));

  private final Deque<KafkaFuture<Config>> answers = new ArrayDeque<>();
  private final TimeoutsLookup lookup = new TimeoutsLookup();

  private static KafkaFuture<Config> refused(Exception why) {
    KafkaFutureImpl<Config> answer = new KafkaFutureImpl<>();
    answer.completeExceptionally(why);
    return answer;
  }

  private static KafkaFuture<Config> answered() {
    return KafkaFuture.completedFuture(
        new Config(List.of(new ConfigEntry("broker.session.timeout.ms", "12345"))));
  }

  private static final class Described extends DescribeConfigsResult {
    Described(KafkaFuture<Config> answer) {
      super(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "1"), answer));
    }
  }

  private ClusterTimeouts ask() {
    Admin admin =
        (Admin)
            Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, args) -> new Described(answers.remove()));
    return lookup.of(
        admin,
        Set.of(1),
        new ControlPlane.ZooKeeper(Set.of()),
        ClusterProbe.Detail.VERDICT,
        Deadline.in(Duration.ofSeconds(5)));
  }

  @Test
  void aPassingMistakeIsNoReasonNeverToAskAgain() {
    answers.add(refused(new UnknownServerException("busy")));
    answers.add(answered());

    assertThat(ask()).isEqualTo(ClusterTimeouts.UNKNOWN);
    assertThat(ask()).isEqualTo(KNOWN);
    assertThat(ask()).as("asked once, because they don't change").isEqualTo(KNOWN);
  }

  @Test
  void whereThePermissionIsMissingNobodyIsAskedAgain() {
    answers.add(refused(new ClusterAuthorizationException("no")));

    assertThat(ask()).isEqualTo(ClusterTimeouts.UNKNOWN);
    assertThat(ask()).isEqualTo(ClusterTimeouts.UNKNOWN);
  }
}
