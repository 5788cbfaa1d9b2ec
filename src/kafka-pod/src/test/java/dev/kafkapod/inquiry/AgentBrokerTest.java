package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.RecoveryProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AgentBrokerTest {

  @Test
  void readsWhoTheBrokerIsAndHowItIs() {
    BrokerSnapshot broker =
        AgentBroker.parse(
                """
                {"question":"status","reasons":["a"],"ageMs":70000,
                 "broker":{"nodeId":3,"clusterId":"abc","kafkaVersion":"4.3.1","state":"RECOVERY","controller":false,
                  "raftRole":"observer","zooKeeperSession":"CONNECTED","uptimeMs":1500,"offlineLogDirs":1,
                  "metadataLagMs":20,"recovery":{"remainingLogs":4,"remainingSegments":9},"deadlockedThreads":[]},
                 "cluster":{"nodes":[{"id":7}],"id":"abc"}}
                """)
            .orElseThrow();

    assertThat(broker.nodeId()).isEqualTo(OptionalInt.of(3));
    assertThat(broker.clusterId()).contains("abc");
    assertThat(broker.state()).contains(BrokerState.RECOVERY);
    assertThat(broker.controller()).isFalse();
    assertThat(broker.raft()).map(BrokerSnapshot.Raft::role).contains("observer");
    assertThat(broker.zooKeeperSession()).contains("CONNECTED");
    assertThat(broker.uptime()).isEqualTo(Duration.ofMillis(1500));
    assertThat(broker.offlineLogDirs()).isEqualTo(OptionalInt.of(1));
    assertThat(broker.metadataLag()).contains(Duration.ofMillis(20));
    assertThat(broker.recovery()).contains(new RecoveryProgress(4, 9));
  }

  @Test
  void readsAControllerThatIsNoBroker() {
    Optional<BrokerSnapshot> controller =
        AgentBroker.parse("{\"broker\":{\"nodeId\":100,\"controller\":true,\"uptimeMs\":1}}");

    assertThat(controller).map(BrokerSnapshot::isControllerOnly).contains(true);
  }

  @Test
  void knowsNothingWhereTheAgentDoesNot() {
    assertThat(AgentBroker.parse("{\"broker\":{\"problem\":\"it hangs\"}}")).isEmpty();
    assertThat(AgentBroker.parse("{\"broker\":{}}")).isEmpty();
  }

  @Test
  void takesNothingElseForAStatus() {
    assertThat(AgentBroker.parse("")).isEmpty();
    assertThat(AgentBroker.parse("<html>")).isEmpty();
    assertThat(AgentBroker.parse("{\"broker\":{\"nodeId\":\"x\",\"controller\":true}}")).isEmpty();
    assertThat(AgentBroker.parse("{\"broker\":{\"state\":\"DANCING\",\"controller\":true}}"))
        .isEmpty();
  }
}
