package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.Kdc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that meet by GSSAPI, with a real KDC. */
@Tag("matrix")
class KerberosIT {

  @TempDir private Path directory;

  @Test
  void agentAndCommandsLogInAsTheBrokerDoes() throws Exception {
    try (Kdc kdc = Kdc.start(Files.createDirectory(directory.resolve("kdc")))) {
      Path jaas =
          Files.writeString(
              directory.resolve("jaas.conf"),
              """
              KafkaServer {
                com.sun.security.auth.module.Krb5LoginModule required
                  useKeyTab=true storeKey=true keyTab="%s" principal="kafka/localhost@%s";
              };
              """
                  .formatted(kdc.keyTab("kafka/localhost"), Kdc.REALM));
      String options =
          "-Djava.security.auth.login.config=%s -Djava.security.krb5.conf=%s"
              .formatted(jaas, kdc.krb5Conf());
      KafkaClusterBuilder builder =
          KafkaCluster.kraft()
              .brokers(2)
              .saslSsl()
              .config(
                  "listener.security.protocol.map",
                  "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
              .config("inter.broker.listener.name", "CLIENT")
              .config("sasl.mechanism.inter.broker.protocol", "GSSAPI")
              .config("sasl.kerberos.service.name", "kafka")
              .config("listener.name.client.sasl.enabled.mechanisms", "GSSAPI")
              .config("super.users", "User:kafka;User:ANONYMOUS");
      Agents agents = Agents.join(builder, 2);
      for (int id = 0; id < 2; id++) {
        builder.brokerJvmOptions(id, options.split(" ", -1));
      }
      try (KafkaCluster cluster = builder.start()) {
        agents.awaitReady(0);
        agents.awaitReady(1);

        KafkaNode broker = cluster.broker(0);
        Result byProcess = KafkaPodCli.packaged().run("ready", "--direct", "--pid=" + broker.pid());
        Result byVariable =
            KafkaPodCli.packaged()
                .with("KAFKA_OPTS", options + " -javaagent:/no/such.jar")
                .run(
                    "await-safe-stop",
                    "--max-wait=40s",
                    "--jmx-url=" + broker.jmxUrl(),
                    "--server-config=" + broker.directory().resolve("server.properties"));

        assertThat(byProcess.line()).as(byProcess.toString()).startsWith("ready: broker 0");
        assertThat(byVariable.exitCode()).as(byVariable.toString()).isZero();
      }
    }
  }
}
