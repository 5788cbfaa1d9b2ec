package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.SaslSsl;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that know each other by certificates, on both sides of each connection. */
@Tag("matrix")
class TlsIT {

  private static final String PASSWORD = "loopback-only";
  private static final String KEYS = "listener.name.client.ssl.keystore.";

  @TempDir private Path directory;

  /** Broker 0 trusts by its settings, and broker 1 by options of its JVM. */
  @Test
  void agentAndCommandsShowTheBrokersCertificate() throws Exception {
    Map<String, String> security = new SaslSsl(directory, "127.0.0.1").brokerProperties("CLIENT");
    String keyStore = security.get("ssl.keystore.location");
    KafkaClusterBuilder builder =
        KafkaCluster.kraft()
            .brokers(2)
            .saslSsl()
            .without(security.keySet().toArray(String[]::new))
            .config(
                "listener.security.protocol.map",
                "CLIENT:SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .config("inter.broker.listener.name", "CLIENT")
            .config("listener.name.client.ssl.client.auth", "required")
            .config("super.users", "User:CN=kafka-pod test;User:ANONYMOUS")
            .config(KEYS + "location", keyStore)
            .config(KEYS + "type", "PKCS12")
            .config(KEYS + "password", PASSWORD)
            .config("listener.name.client.ssl.key.password", PASSWORD)
            .brokerConfig(0, "ssl.truststore.type", "PEM")
            .brokerConfig(0, "ssl.truststore.location", security.get("ssl.truststore.location"))
            .brokerJvmOptions(
                1,
                "-Djavax.net.ssl.trustStore=" + keyStore,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    Agents agents = Agents.join(builder, 2);
    try (KafkaCluster cluster = builder.start()) {
      for (KafkaNode broker : cluster.brokers()) {
        agents.awaitReady(broker.id());
        Result byProcess = KafkaPodCli.packaged().run("ready", "--direct", "--pid=" + broker.pid());
        assertThat(byProcess.line()).as(byProcess.toString()).startsWith("ready: broker ");
      }
      KafkaNode broker = cluster.broker(1);
      Result byVariable =
          KafkaPodCli.packaged()
              .with(
                  "KAFKA_JMX_OPTS",
                  "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                      .formatted(keyStore, PASSWORD))
              .run(
                  "await-safe-stop",
                  "--max-wait=40s",
                  "--jmx-url=" + broker.jmxUrl(),
                  "--server-config=" + broker.directory().resolve("server.properties"));
      assertThat(byVariable.exitCode()).as(byVariable.toString()).isZero();
    }
  }
}
