package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Classes without which Kafka dies at its start. */
class PluginRulesTest {

  private static final KafkaOpinion KAFKA = Requests.kafka(Set.of(), "a.Known"::equals);

  private static List<String> said(String mounted, Map<String, String> environment) {
    return Requests.broken(
        PluginRules.RULES,
        Requests.input(Requests.of("", mounted, environment, "kafka-1"), Optional.of(KAFKA)));
  }

  @Test
  void eachMustBeThere() {
    assertThat(
            said(
                "metric.reporters=a.Known, io.confluent.X\nauthorizer.class.name=kafka.security.authorizer.AclAuthorizer\nreplica.selector.class=${file:/x:y}\n",
                Map.of()))
        .containsExactly(
            "server.properties:2: authorizer.class.name: there is no class kafka.security.authorizer.AclAuthorizer, and Kafka doesn't start without it; in KRaft mode it is org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "server.properties:1: metric.reporters: there is no class io.confluent.X, and Kafka doesn't start without it; correct the name, or name the jar that has it in CLASSPATH");
  }

  @Test
  void remoteStorageHasAClass() {
    assertThat(said("remote.log.storage.system.enable=true\n", Map.of()))
        .containsExactly(
            "server.properties:1: remote.log.storage.system.enable: needs remote.log.storage.manager.class.name, without which Kafka doesn't start, and that isn't set; set it to the storage's class, or remove this one");
    assertThat(
            said(
                "remote.log.storage.system.enable=true\nremote.log.storage.manager.class.name=a.B\n",
                Map.of()))
        .isEmpty();
  }

  @Test
  void anAgentMayBringThem() {
    assertThat(said("metric.reporters=a.B\n", Map.of("KAFKA_OPTS", "-javaagent:/opt/a.jar")))
        .isEmpty();
  }
}
