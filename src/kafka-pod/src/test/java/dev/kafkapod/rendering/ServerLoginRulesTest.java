package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that speaks SASL needs a JAAS configuration for each mechanism, or Kafka dies. */
class ServerLoginRulesTest {

  private static final String NODE =
      """
      process.roles=broker,controller
      node.id=1
      controller.quorum.voters=1@a:19093
      controller.listener.names=CONTROLLER
      inter.broker.listener.name=INTERNAL
      listeners=INTERNAL://:19090,CLIENT://:19094,CONTROLLER://:19093
      advertised.listeners=INTERNAL://a:19090,CLIENT://a:19094
      log.dirs=/data/a
      """;
  private static final String CLIENTS =
      "listener.security.protocol.map=INTERNAL:PLAINTEXT,CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT\n";
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required user_a=\"b\";\n";
  private static final String REMEDY =
      ", or name a JAAS file with a section KafkaServer in KAFKA_OPTS (-Djava.security.auth.login.config=FILE)";

  private static List<String> said(String more, Map<String, String> environment) {
    return Requests.problems(Requests.render(Requests.of("", NODE + more, environment, "kafka-1")))
        .stream()
        .filter(it -> it.contains("jaas.config: must be set"))
        .toList();
  }

  @Test
  void eachMechanismHasOne() {
    assertThat(said(CLIENTS + "sasl.enabled.mechanisms=PLAIN, SCRAM-SHA-512\n", Map.of()))
        .containsExactly(
            "listener.name.client.plain.sasl.jaas.config and listener.name.client.scram-sha-512.sasl.jaas.config: must be set, because listener CLIENT speaks SASL_SSL and Kafka doesn't start without it; set it"
                + REMEDY);
    assertThat(
            said(
                CLIENTS
                    + "sasl.enabled.mechanisms=GSSAPI\nlistener.name.client.sasl.enabled.mechanisms=PLAIN\nlistener.name.client.plain.sasl.jaas.config="
                    + MODULE,
                Map.of()))
        .isEmpty();
  }

  @Test
  void oneThatABrokerDoesNotReadIsNamed() {
    assertThat(said(CLIENTS + "sasl.jaas.config=" + MODULE, Map.of()))
        .containsExactly(
            "listener.name.client.gssapi.sasl.jaas.config: must be set, because listener CLIENT speaks SASL_SSL and Kafka doesn't start without it; set it in place of sasl.jaas.config, which a broker doesn't read"
                + REMEDY);
  }

  @Test
  void theControllersMechanismHasOneOnEveryNodeThatConnects() {
    String controllers =
        "listener.security.protocol.map=INTERNAL:PLAINTEXT,CLIENT:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT\nsasl.mechanism.controller.protocol=PLAIN\n";
    String broker =
        "process.roles=broker\nlisteners=INTERNAL://:19090,CLIENT://:19094\n" + controllers;
    assertThat(said(broker, Map.of()))
        .containsExactly(
            "listener.name.controller.plain.sasl.jaas.config: must be set, because listener CONTROLLER speaks SASL_PLAINTEXT and Kafka doesn't start without it; set it"
                + REMEDY);
    assertThat(said(broker + "listener.name.controller.plain.sasl.jaas.config=" + MODULE, Map.of()))
        .isEmpty();
  }

  @Test
  void whatAProviderFillsInIsNotKnown() {
    assertThat(said(CLIENTS + "sasl.enabled.mechanisms=${file:/x:y}\n", Map.of())).isEmpty();
  }

  @Test
  void aJaasFileMayHaveThem(@TempDir Path directory) throws IOException {
    Path file = jaasFile(directory, "KafkaServer {\n" + MODULE + "};\n");
    for (String name : List.of("" + file, "=" + file, "file:" + file, "${user.home}/jaas.conf")) {
      assertThat(withFile(name)).isEmpty();
    }
  }

  /** Kafka would end only after the disk has been formatted. */
  @Test
  void aJaasFileThatIsNotThereHasNone() {
    for (String name : List.of("/nowhere/jaas.conf", "=/nowhere/jaas.conf")) {
      assertThat(withFile(name))
          .containsExactly(
              "KAFKA_OPTS: java.security.auth.login.config must name a JAAS file that is there, because listener CLIENT speaks SASL_SSL and Kafka doesn't start without it, and /nowhere/jaas.conf isn't; mount it, correct the name, or set listener.name.client.gssapi.sasl.jaas.config");
    }
  }

  @Test
  void aListenersOwnSectionComesFirst(@TempDir Path directory) throws IOException {
    String good = "{\n" + MODULE + "};\n";
    String misspelt = good.replace("PlainLogin", "PlainLogn");

    assertThat(withFile("" + jaasFile(directory, "client.KafkaServer " + good))).isEmpty();
    assertThat(
            withFile(
                "" + jaasFile(directory, "client.KafkaServer " + good + "KafkaServer " + misspelt)))
        .isEmpty();
    assertThat(withFile("" + jaasFile(directory, "KafkaServer " + misspelt)))
        .containsExactly(
            "KAFKA_OPTS: the login modules in the JAAS file's section for listener CLIENT must be classes that Kafka has, and org.apache.kafka.common.security.plain.PlainLognModule isn't one; correct it");
  }

  @Test
  void aJaasFileOfClientsAloneHasNone(@TempDir Path directory) throws IOException {
    assertThat(withFile("" + jaasFile(directory, "KafkaClient {\n" + MODULE + "};\n")))
        .containsExactly(
            "KAFKA_OPTS: the JAAS file must have a section KafkaServer or client.KafkaServer, because listener CLIENT speaks SASL_SSL and Kafka doesn't start without it, and has none; add it, or set listener.name.client.gssapi.sasl.jaas.config");
  }

  @Test
  void aMalformedJaasFileShowsNothingOfItself(@TempDir Path directory) throws IOException {
    assertThat(withFile("" + jaasFile(directory, "KafkaServer {\n x required password=s3cret\n")))
        .singleElement()
        .asString()
        .startsWith("warning: the JAAS file " + directory)
        .endsWith("(listener CLIENT needs it)")
        .doesNotContain("s3cret");
  }

  private static Path jaasFile(Path directory, String text) throws IOException {
    return Files.writeString(directory.resolve("jaas.conf"), text);
  }

  private static List<String> withFile(String name) {
    return Requests.problems(
            Requests.render(
                Requests.of(
                    "",
                    NODE + CLIENTS,
                    Map.of("KAFKA_OPTS", "-Djava.security.auth.login.config=" + name),
                    "kafka-1")))
        .stream()
        .filter(it -> it.contains("JAAS file") || it.contains("jaas.config"))
        .toList();
  }
}
