package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClientSettings.Source;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.readiness.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAccessTest {

  private static final Address ONE = new Address("127.0.0.2", 9092);
  private static final Address TWO = new Address("127.0.0.3", 9092);

  @TempDir private Path directory;
  private Path serverConfig;
  private Optional<BrokerCommandLine> broker;

  @BeforeEach
  void configure() throws IOException {
    serverConfig = directory.resolve("server.properties");
    Files.writeString(
        serverConfig,
        """
        listeners=SSL://127.0.0.4:9093
        advertised.listeners=SSL://kafka-0:9093
        security.inter.broker.protocol=SSL
        ssl.keystore.location=/broker.p12
        ssl.truststore.location=/trusted.p12
        """);
    broker = Optional.of(new BrokerCommandLine(serverConfig, Map.of()));
  }

  private Optional<Path> commandConfig(String text) throws IOException {
    return Optional.of(Files.writeString(directory.resolve("client.properties"), text));
  }

  private ClusterAccess fromBroker(Optional<Path> commandConfig) {
    return new ClusterAccess(List.of(), List.of(), commandConfig, Optional.empty(), broker);
  }

  @Test
  void isTheBrokersOwnWhereNobodySaysOtherwise() {
    assertThat(fromBroker(Optional.empty()).clientSettings())
        .isEqualTo(
            new ClientSettings(
                Asked.BROKERS,
                List.of("kafka-0:9093"),
                Map.of(
                    "security.protocol", "SSL",
                    "ssl.keystore.location", "/broker.p12",
                    "ssl.truststore.location", "/trusted.p12"),
                Optional.of(ClusterTimeouts.DEFAULT),
                new Source(
                    new SettingsOrigin(
                        "advertised.listeners in " + serverConfig, serverConfig.toString(), true),
                    serverConfig.toString())));
  }

  @Test
  void knowsTheClustersTimeoutsByTheBrokersConfiguration() throws IOException {
    ClusterAccess access =
        started(
            """
            listeners=PLAINTEXT://h:1
            zookeeper.connect=z:2181
            zookeeper.session.timeout.ms=30000
            """);

    assertThat(access.clientSettings().timeouts().orElseThrow().zooKeeperSession())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(access.toNotice()).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void inKraftADeathIsNoticedByTheQuorum() throws IOException {
    String kraft = "listeners=PLAINTEXT://h:1\nprocess.roles=broker\nzookeeper.connect=z:2181\n";

    assertThat(started(kraft).toNotice()).isEqualTo(Freshness.BROKER_LAG);
    assertThat(started(kraft + "controller.quorum.fetch.timeout.ms=12000\n").toNotice())
        .isEqualTo(Duration.ofSeconds(12));
    assertThat(
            new ClusterAccess(
                    List.of(ONE), List.of(), Optional.empty(), Optional.empty(), Optional.empty())
                .toNotice())
        .as("without a configuration")
        .isEqualTo(Freshness.BROKER_LAG);
  }

  private ClusterAccess started(String config) throws IOException {
    Path file = Files.writeString(directory.resolve("started.properties"), config);
    return new ClusterAccess(
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new BrokerCommandLine(file, Map.of())));
  }

  @Test
  void settingsForClientsWinOverTheBrokers() throws IOException {
    assertThat(
            fromBroker(commandConfig("ssl.keystore.location=/mine.p12\nclient.id=me\n"))
                .clientSettings()
                .commandConfig())
        .isEqualTo(
            Map.of(
                "security.protocol", "SSL",
                "ssl.keystore.location", "/mine.p12",
                "ssl.truststore.location", "/trusted.p12",
                "client.id", "me"));
  }

  @Test
  void doesNotSendTheBrokersCredentialsToServersThatAreNamed() throws IOException {
    Optional<Path> config = commandConfig("client.id=me\n");

    assertThat(
            new ClusterAccess(List.of(ONE, TWO), List.of(), config, Optional.empty(), broker)
                .clientSettings())
        .isEqualTo(
            new ClientSettings(
                Asked.BROKERS,
                List.of("127.0.0.2:9092", "127.0.0.3:9092"),
                Map.of("client.id", "me"),
                Optional.of(ClusterTimeouts.DEFAULT),
                Source.options(Asked.BROKERS)));
    assertThat(
            new ClusterAccess(List.of(), List.of(TWO), Optional.empty(), Optional.empty(), broker)
                .clientSettings())
        .isEqualTo(
            new ClientSettings(
                Asked.CONTROLLERS,
                List.of("127.0.0.3:9092"),
                Map.of(),
                Optional.of(ClusterTimeouts.DEFAULT),
                new Source(
                    new SettingsOrigin("--bootstrap-server", "--command-config", false),
                    "--command-config")));
  }

  @Test
  void readsTheFilesAnewWheneverItIsAsked() throws IOException {
    ClusterAccess access = fromBroker(Optional.empty());
    assertThat(access.localListener()).isEqualTo(Answer.known(new Address("127.0.0.4", 9093)));

    Files.writeString(serverConfig, "listeners=PLAINTEXT://127.0.0.5:9095\n");

    assertThat(access.localListener()).isEqualTo(Answer.known(new Address("127.0.0.5", 9095)));
    assertThat(access.clientSettings().bootstrap()).containsExactly("127.0.0.5:9095");
  }

  @Test
  void theListenerThatIsNamedWins() {
    assertThat(
            new ClusterAccess(List.of(), List.of(), Optional.empty(), Optional.of(ONE), broker)
                .localListener())
        .isEqualTo(Answer.known(ONE));
  }

  @Test
  void theListenerIsUnknownWhereNothingSaysIt() throws IOException {
    Files.delete(serverConfig);

    assertThat(fromBroker(Optional.empty()).localListener())
        .isEqualTo(Answer.unknown("the broker's configuration: there is no file " + serverConfig));
  }

  @Test
  void saysWhatToDoWhereNothingSaysHowToReachTheCluster() {
    broker = Optional.empty();

    assertThatThrownBy(() -> fromBroker(Optional.empty()).clientSettings())
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "--bootstrap-server is needed to ask the cluster, because no local broker's configuration file was found; write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config");
  }

  @Test
  void namesTheFileWhoseListenersAreWrong() throws IOException {
    Files.writeString(serverConfig, "inter.broker.listener.name=X\n");

    assertThatThrownBy(() -> fromBroker(Optional.empty()).clientSettings())
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            serverConfig
                + ": inter.broker.listener.name: must be one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_SERVER");
  }

  @Test
  void namesTheFilesInWhichAChangeOfCredentialsWouldShow() throws IOException {
    Optional<Path> config = commandConfig("client.id=me\n");
    ClusterAccess access = fromBroker(config);

    assertThat(access.files(access.clientSettings()))
        .containsExactlyInAnyOrder(
            serverConfig, config.get(), Path.of("/broker.p12"), Path.of("/trusted.p12"));
  }
}
