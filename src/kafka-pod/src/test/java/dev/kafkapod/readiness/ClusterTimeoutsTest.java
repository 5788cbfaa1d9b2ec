package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTimeoutsTest {

  @Test
  void readsABrokersConfiguration() {
    assertThat(
            ClusterTimeouts.in(
                Map.of(
                    "broker.session.timeout.ms", "30000",
                    "zookeeper.session.timeout.ms", " 6000 ",
                    "controller.quorum.fetch.timeout.ms", "1500")))
        .isEqualTo(
            new ClusterTimeouts(
                Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofMillis(1500)));
  }

  @Test
  void hasKafkasDefaultsForWhatIsNotSet() {
    assertThat(ClusterTimeouts.in(Map.of())).isEqualTo(ClusterTimeouts.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:SESSION}", "", "0", "-1", "1e4", "99999999999"})
  void whatCannotBeReadIsUnknown(String text) {
    assertThat(ClusterTimeouts.in(Map.of("zookeeper.session.timeout.ms", text)).zooKeeperSession())
        .isEqualTo(ClusterTimeouts.UNKNOWN.zooKeeperSession());
  }

  @Test
  void aDeathIsNoticedInZooKeeperModeAfterASessionAndSomeMore() {
    assertThat(aCluster().inZooKeeperMode().build().toNotice()).isEqualTo(Duration.ofSeconds(23));
    assertThat(
            ClusterTimeouts.in(Map.of("zookeeper.session.timeout.ms", "1000"))
                .toNoticeByZooKeeper())
        .as("ZooKeeper grants no shorter session than two ticks")
        .isEqualTo(Duration.ofSeconds(11));
    assertThat(ClusterTimeouts.UNKNOWN.toNoticeByZooKeeper()).isEqualTo(Duration.ofSeconds(65));
  }

  @Test
  void aDeathIsNoticedByAQuorumOnceTheDeadOneLags() {
    assertThat(aCluster().build().toNotice()).isEqualTo(Freshness.BROKER_LAG);
    assertThat(
            aCluster()
                .timeouts(ClusterTimeouts.in(Map.of("controller.quorum.fetch.timeout.ms", "10000")))
                .build()
                .toNotice())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aTimeoutIsLongerThanZero() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new ClusterTimeouts(Duration.ZERO, second, second))
        .hasMessage("a time-out must be longer than zero, got PT0S");
    assertThatThrownBy(() -> new ClusterTimeouts(second, second.negated(), second))
        .hasMessage("a time-out must be longer than zero, got PT-1S");
  }
}
