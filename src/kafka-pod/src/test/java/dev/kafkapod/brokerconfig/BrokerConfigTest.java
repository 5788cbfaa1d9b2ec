package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Address;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a broker's server.properties says that its peers' listener is. */
class BrokerConfigTest {

  private static final Map<String, String> PLAINTEXT = Map.of("security.protocol", "PLAINTEXT");

  private static BrokerConfig read(String... keysAndValues) {
    return BrokerConfig.of(properties(keysAndValues), "server.properties");
  }

  static Map<String, String> properties(String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  private static BrokerConfig brokers(
      String listener,
      String host,
      int port,
      String localHost,
      int localPort,
      Map<String, String> security) {
    return new BrokerConfig(
        Asked.BROKERS,
        new Address(host, port),
        new Address(localHost, localPort),
        listener,
        security);
  }

  private static void assertRefused(String message, String... keysAndValues) {
    assertThatThrownBy(() -> read(keysAndValues))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(message);
  }

  @Test
  void isKafkasDefaultWhereNothingIsSaid() {
    assertThat(read())
        .isEqualTo(brokers("PLAINTEXT", "127.0.0.1", 9092, "127.0.0.1", 9092, PLAINTEXT));
    assertThat(read("listeners", " ", "advertised.listeners", ""))
        .isEqualTo(brokers("PLAINTEXT", "127.0.0.1", 9092, "127.0.0.1", 9092, PLAINTEXT));
  }

  @Test
  void isTheListenerWhoseNameIsSet() {
    assertThat(
            read(
                "process.roles", "broker",
                "listeners", "CLIENT://127.0.0.3:9092, INTERNAL://127.0.0.4:9093",
                "inter.broker.listener.name", "INTERNAL",
                "listener.security.protocol.map", "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT"))
        .isEqualTo(brokers("INTERNAL", "127.0.0.4", 9093, "127.0.0.4", 9093, PLAINTEXT));
  }

  @Test
  void namesAreTheSameInAnyCaseAsInKafka() {
    assertThat(
            read(
                "listeners", "client://127.0.0.3:9092,internal://127.0.0.4:9093",
                "advertised.listeners", "Client://c:9092,Internal://b:9094",
                "inter.broker.listener.name", " Internal",
                "listener.security.protocol.map", "client:PLAINTEXT,INTERNAL:ssl"))
        .isEqualTo(
            brokers("INTERNAL", "b", 9094, "127.0.0.4", 9093, Map.of("security.protocol", "SSL")));
  }

  @Test
  void isTheListenerThatIsCalledLikeTheProtocolAmongBrokers() {
    assertThat(
            read(
                "listeners", "PLAINTEXT://127.0.0.3:9092,SSL://127.0.0.3:9093",
                "security.inter.broker.protocol", "SSL"))
        .isEqualTo(
            brokers(
                "SSL", "127.0.0.3", 9093, "127.0.0.3", 9093, Map.of("security.protocol", "SSL")));
  }

  @Test
  void isTheOneCalledPlaintextAndNoOtherThatIsPlaintextToo() {
    assertThat(
            read(
                "listeners", "MESH://127.0.0.3:9092,PLAINTEXT://127.0.0.4:9093",
                "listener.security.protocol.map", "MESH:PLAINTEXT,PLAINTEXT:PLAINTEXT"))
        .isEqualTo(brokers("PLAINTEXT", "127.0.0.4", 9093, "127.0.0.4", 9093, PLAINTEXT));
  }

  @Test
  void peersKnowTheAdvertisedAddressAndThisMachineTheBoundOne() {
    assertThat(
            read(
                "listeners", "PLAINTEXT://127.0.0.9:9092",
                "advertised.listeners", "PLAINTEXT://kafka-0.kafka.svc:19092"))
        .isEqualTo(brokers("PLAINTEXT", "kafka-0.kafka.svc", 19092, "127.0.0.9", 9092, PLAINTEXT));
  }

  @ParameterizedTest
  @CsvSource({"''", "0.0.0.0", "[::]"})
  void aListenerOnAllAddressesIsReachedThroughLoopback(String host) {
    assertThat(
            read(
                "listeners",
                "PLAINTEXT://" + host + ":9092",
                "advertised.listeners",
                "PLAINTEXT://kafka-0:9092"))
        .isEqualTo(brokers("PLAINTEXT", "kafka-0", 9092, "127.0.0.1", 9092, PLAINTEXT));
  }

  @Test
  void readsAddressesOfIpv6() {
    assertThat(
            read(
                "listeners", "PLAINTEXT://[::1]:9092",
                "advertised.listeners", "PLAINTEXT://[2001:db8::1]:9093"))
        .isEqualTo(brokers("PLAINTEXT", "[2001:db8::1]", 9093, "[::1]", 9092, PLAINTEXT));
  }

  @Test
  void aProcessThatIsOnlyAControllerIsAskedAsOne() {
    assertThat(
            read(
                "process.roles", "controller",
                "listeners", "CONTROLLER://127.0.0.7:9094",
                "controller.listener.names", "CONTROLLER"))
        .isEqualTo(
            new BrokerConfig(
                Asked.CONTROLLERS,
                new Address("127.0.0.7", 9094),
                new Address("127.0.0.7", 9094),
                "CONTROLLER",
                PLAINTEXT));
  }

  @Test
  void theFirstControllerListenerThatIsBoundCounts() {
    assertThat(
            read(
                "process.roles", "controller",
                "listeners", "NEW://127.0.0.7:9095",
                "controller.listener.names", "OLD,NEW",
                "listener.security.protocol.map", "OLD:PLAINTEXT,NEW:SASL_PLAINTEXT",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256"))
        .isEqualTo(
            new BrokerConfig(
                Asked.CONTROLLERS,
                new Address("127.0.0.7", 9095),
                new Address("127.0.0.7", 9095),
                "NEW",
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN")));
  }

  @Test
  void aProcessWithBothRolesIsAskedAsABroker() {
    assertThat(
            read(
                "process.roles", " broker , controller",
                "listeners", "CONTROLLER://127.0.0.7:9094,PLAINTEXT://127.0.0.7:9092",
                "controller.listener.names", "CONTROLLER"))
        .isEqualTo(brokers("PLAINTEXT", "127.0.0.7", 9092, "127.0.0.7", 9092, PLAINTEXT));
  }

  @Test
  void withZooKeeperThereAreNoRoles() {
    assertThat(
            read(
                "zookeeper.connect", "127.0.0.1:2181",
                "listeners", "PLAINTEXT://127.0.0.7:9092"))
        .isEqualTo(brokers("PLAINTEXT", "127.0.0.7", 9092, "127.0.0.7", 9092, PLAINTEXT));
  }

  @Test
  void refusesANameThatNoListenerHas() {
    assertRefused(
        "server.properties: inter.broker.listener.name: must be one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_SERVER",
        "inter.broker.listener.name",
        "REPLICATION");
    assertRefused(
        "server.properties: inter.broker.listener.name: must be one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_SERVER",
        "listeners",
        "SSL://127.0.0.1:9093");
    assertRefused(
        "server.properties: controller.listener.names: must name one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_CONTROLLER",
        "process.roles",
        "controller",
        "listeners",
        "CONTROLLER://127.0.0.1:9093");
  }

  @Test
  void refusesEveryListenerThatCannotBeRead() {
    assertRefused(
        "server.properties:"
            + " listeners: must be NAME://HOST:PORT, got '127.0.0.1:9092'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right;"
            + " listeners: must be NAME://HOST:PORT, got 'B://c'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right;"
            + " advertised.listeners: must be NAME://HOST:PORT, got 'C://${file:/etc/host:name}:1'; name the address with KAFKA_POD_BOOTSTRAP_SERVER if it is right",
        "listeners",
        "127.0.0.1:9092,PLAINTEXT://a:1,B://c",
        "advertised.listeners",
        "C://${file:/etc/host:name}:1");
  }
}
