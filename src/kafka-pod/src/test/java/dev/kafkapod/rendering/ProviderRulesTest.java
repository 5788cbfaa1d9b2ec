package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Config providers that values name. */
class ProviderRulesTest {

  private static final String BROKER =
      """
      process.roles=broker
      node.id=1
      controller.listener.names=CONTROLLER
      controller.quorum.voters=100@c:9093
      listeners=INTERNAL://:9092
      advertised.listeners=INTERNAL://h:9092
      listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT
      inter.broker.listener.name=INTERNAL
      log.dirs=/data
      """;
  private static final String DIR =
      """
      config.providers=env, dir
      config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
      """;

  private static final String TAKEN_LITERALLY =
      "which isn't set, so Kafka takes the text itself for the value; list the provider in config.providers and set config.providers.NAME.class, or write $${ if a literal ${ is meant";

  private static List<String> warnings(String mounted) {
    return Requests.problems(Requests.render(Requests.of(BROKER, mounted, Map.of(), "kafka-1")));
  }

  @Test
  void warnsOfAProviderThatNobodyHasSet() {
    assertThat(warnings("broker.rack=${file:/a:rack}\n"))
        .containsExactly(
            "warning: server.properties:1: broker.rack: names the config provider 'file', "
                + TAKEN_LITERALLY);
  }

  /** A password may look like one, and no word of it is shown. */
  @Test
  void showsNothingOfASecret() {
    assertThat(warnings("ssl.key.password=pa${ss:wo}rd\n"))
        .containsExactly(
            "warning: server.properties:1: ssl.key.password: names the config provider '[hidden]', "
                + TAKEN_LITERALLY);
  }

  @Test
  void takesAProviderThatIsListedAndHasAClass() {
    assertThat(warnings(DIR + "broker.rack=${dir:/a:rack}\n")).isEmpty();
    assertThat(warnings(DIR + "broker.rack=${env:RACK}\n"))
        .as("Kafka ignores a provider without a class")
        .containsExactly(
            "warning: server.properties:3: broker.rack: names the config provider 'env', "
                + TAKEN_LITERALLY);
  }

  @Test
  void takesALiteralThatIsMeant() {
    assertThat(warnings("broker.rack=$${file:/a:rack}\n")).isEmpty();
  }

  @Test
  void looksIntoAMountedClientFileWithTheBrokersProviders() {
    assertThat(ofClient(DIR, "ssl.key.password=${dir:/a:b}\n")).isEmpty();
    assertThat(ofClient("", "client.id=${dir:/a:b}\n"))
        .containsExactly(
            "warning: client.properties:1: client.id: names the config provider 'dir', "
                + TAKEN_LITERALLY);
  }

  private static List<String> ofClient(String server, String client) {
    Request plain = Requests.of(BROKER, server, Map.of(), "kafka-1");
    return Requests.problems(
        Requests.render(
            new Request(
                plain.template(),
                plain.logTemplate(),
                plain.mountedServer(),
                Optional.of(new TextFile("client.properties", client)),
                plain.mountedLog(),
                plain.environment(),
                plain.secretFiles(),
                plain.pod(),
                plain.meshPorts(),
                plain.controllerSites(),
                plain.clusterId(),
                plain.hosts(),
                plain.logFormat(),
                plain.bind())));
  }
}
