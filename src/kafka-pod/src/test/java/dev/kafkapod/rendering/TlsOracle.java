package dev.kafkapod.rendering;

import static dev.kafkapod.rendering.MadeCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.security.ssl.SslFactory;

/** What is said of a listener's settings for TLS, and what Kafka itself does with them. */
final class TlsOracle {

  static final String KEYS = "ssl.keystore.location";
  static final String KEYS_TYPE = "ssl.keystore.type";
  static final String KEYS_PASSWORD = "ssl.keystore.password";
  static final String KEY_PASSWORD = "ssl.key.password";
  static final String KEY = "ssl.keystore.key";
  static final String CHAIN = "ssl.keystore.certificate.chain";
  static final String TRUST = "ssl.truststore.location";
  static final String TRUST_TYPE = "ssl.truststore.type";
  static final String TRUST_PASSWORD = "ssl.truststore.password";
  static final String TRUSTED = "ssl.truststore.certificates";
  static final String PASSWORD = MadeStores.STORE;

  private static final String BROKER =
      """
      process.roles=broker
      node.id=1
      controller.listener.names=CONTROLLER
      controller.quorum.voters=100@c:9093
      listeners=A://:9092
      advertised.listeners=A://kafka-1.kafka.streams.svc:9092
      listener.security.protocol.map=A:SSL,CONTROLLER:PLAINTEXT
      inter.broker.listener.name=A
      log.dirs=/data
      """;

  private TlsOracle() {}

  static List<String> problems(Map<String, String> tls, Clock clock) {
    StringBuilder text = new StringBuilder();
    tls.forEach((key, value) -> text.append(PropertiesText.line(key, value)).append('\n'));
    Rendering rendering =
        new Renderer(directories -> List.of(), Optional.empty(), clock)
            .render(Requests.of(BROKER, text.toString(), Map.of(), "kafka-1"));
    return Requests.problems(rendering).stream()
        .map(it -> it.replaceFirst("server.properties:\\d+: ", ""))
        .toList();
  }

  static Optional<String> refusalOfKafka(Map<String, String> tls) {
    try (SslFactory factory = new SslFactory(ConnectionMode.SERVER, null, true)) {
      factory.configure(
          new HashMap<>(
              new ConfigDef()
                  .withClientSslSupport()
                  .define("ssl.client.auth", ConfigDef.Type.STRING, "none", null, "")
                  .parse(tls)));
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether Kafka refuses is for Kafka to say. */
  static void agree(Map<String, String> tls) {
    List<String> problems = problems(tls, Clock.systemUTC());
    assertThat(problems.stream().anyMatch(it -> !it.startsWith("warning")))
        .as("%s: %s; Kafka: %s", tls, problems, refusalOfKafka(tls))
        .isEqualTo(refusalOfKafka(tls).isPresent());
    assertThat(problems.toString()).doesNotContain(MadeStores.STORE, MadeStores.KEY, "hunter2");
  }

  static void agreeAndRefuse(Map<String, String> tls) {
    agree(tls);
    assertThat(refusalOfKafka(tls)).isPresent();
  }

  static void agreeAndTake(Map<String, String> tls) {
    agree(tls);
    assertThat(refusalOfKafka(tls)).isEmpty();
  }

  static Map<String, String> trusting(Path trusted, String... more) {
    Map<String, String> tls = new HashMap<>();
    tls.put(TRUST, trusted.toString());
    tls.put(TRUST_PASSWORD, PASSWORD);
    for (int i = 0; i < more.length; i += 2) {
      tls.put(more[i], more[i + 1]);
    }
    return tls;
  }

  static Map<String, String> trustingPem(String... more) {
    Map<String, String> tls = new HashMap<>();
    tls.put(TRUST_TYPE, "PEM");
    tls.put(TRUSTED, pem(MadeStores.CA.chain()));
    for (int i = 0; i < more.length; i += 2) {
      tls.put(more[i], more[i + 1]);
    }
    return tls;
  }
}
