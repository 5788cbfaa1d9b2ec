package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeConfigTest {

  private static NodeConfig read(String... lines) {
    Map<String, String> properties = new HashMap<>();
    for (String line : lines) {
      String[] pair = line.split("=", 2);
      properties.put(pair[0], pair[1]);
    }
    return NodeConfig.of(properties, "/c");
  }

  private static NodeConfig controller(String... more) {
    String[] lines = new String[more.length + 4];
    lines[0] = "process.roles=controller";
    lines[1] = "node.id=1";
    lines[2] = "controller.listener.names=CONTROLLER";
    lines[3] = "listeners=CONTROLLER://kafka-1:9093";
    System.arraycopy(more, 0, lines, 4, more.length);
    return read(lines);
  }

  @Test
  void theOthersAreTheStaticVotersWithOtherIds() {
    NodeConfig config =
        controller(
            "controller.quorum.voters=0@kafka-0:9093,1@elsewhere:9093, 2@[::2]:9093",
            "controller.quorum.bootstrap.servers=ignored:1");

    assertThat(config.nodeId()).isEqualTo(1);
    assertThat(config.roles()).isEqualTo(Set.of("controller"));
    assertThat(config.staticVoters()).isTrue();
    assertThat(config.otherControllers())
        .containsExactly(new Address("kafka-0", 9093), new Address("[::2]", 9093));
    assertThat(config.ownController()).isEqualTo(Optional.of(new Address("kafka-1", 9093)));
    assertThat(config.security()).isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
  }

  @Test
  void theOthersAreTheDynamicVotersAtOtherAddresses() {
    NodeConfig config =
        controller(
            "controller.quorum.bootstrap.servers=kafka-0:9093,KAFKA-1:9093,kafka-1:9094",
            "controller.quorum.auto.join.enable=true");

    assertThat(config.staticVoters()).isFalse();
    assertThat(config.joinsByItself()).isTrue();
    assertThat(config.otherControllers())
        .containsExactly(new Address("kafka-0", 9093), new Address("kafka-1", 9094));
  }

  @Test
  void theNamesOfTheLoopbackAddressAreOne() {
    assertThat(
            controller(
                    "listeners=CONTROLLER://:9093",
                    "controller.quorum.bootstrap.servers=localhost:9093")
                .otherControllers())
        .isEmpty();
  }

  /** A headless Service's name may lead to all controllers. */
  @Test
  void aNameThatIsNotItsOwnIsNotTakenForItsOwn() {
    assertThat(
            controller("controller.quorum.bootstrap.servers=controllers:9093").otherControllers())
        .containsExactly(new Address("controllers", 9093));
  }

  @Test
  void aBrokerReachesControllersByTheirListenersSecurity() {
    NodeConfig config =
        read(
            "process.roles=broker",
            "node.id=5",
            "listeners=PLAINTEXT://:9092",
            "controller.listener.names=CTRL",
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CTRL:SSL",
            "listener.name.ctrl.ssl.truststore.location=/trust",
            "controller.quorum.voters=1@a:9093");

    assertThat(config.security())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.truststore.location", "/trust");
    assertThat(config.otherControllers()).containsExactly(new Address("a", 9093));
    assertThat(config.ownController()).isEmpty();
  }

  @Test
  void directoriesAreThoseOfKafka() {
    assertThat(read("log.dir=/x").directories().logs()).containsExactly("/x");
    assertThat(read("log.dir=/x", "log.dirs=/a, /b,").directories().logs())
        .containsExactly("/a", "/b");
    assertThat(read("broker.id=1").directories().logs()).containsExactly("/tmp/kafka-logs");
    assertThat(read("log.dirs=/a,/b").directories().metadata()).isEqualTo("/a");
    assertThat(read("log.dirs=/a,/b", "metadata.log.dir=/b").directories().metadata())
        .isEqualTo("/b");
  }

  @Test
  void inZooKeeperModeNothingElseIsNeeded() {
    assertThat(read("broker.id=1", "zookeeper.connect=z:2181").otherControllers())
        .isEqualTo(List.of());
  }

  @Test
  void saysEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                read(
                    "process.roles=controller",
                    "node.id=one",
                    "listeners=nonsense",
                    "controller.quorum.voters=1@a"))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "/c: node.id: must be a whole number from 0 to 2147483647, got 'one'; listeners: must be NAME://HOST:PORT, got 'nonsense'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right; controller.quorum.voters: must be ID@HOST:PORT with a port from 1 to 65535, got '1@a'; write for example 1@127.0.0.1:9093");
    assertThatThrownBy(() -> controller())
        .hasMessage(
            "/c: controller.quorum.voters or controller.quorum.bootstrap.servers: one of them must say where the controllers are");
  }
}
