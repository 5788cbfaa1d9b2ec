package dev.kafkapod.formatting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose own user is not among those of a new cluster shuts itself out. */
class PeerLoginTest {

  private static final String MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule required ";

  private static PeerLogin login(String jaas, String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "0");
    properties.put("listeners", "INTERNAL://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "INTERNAL");
    properties.put("controller.quorum.voters", "0@127.0.0.1:9093,1@127.0.0.2:9093");
    properties.put(
        "listener.security.protocol.map", "INTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    properties.put("listener.name.internal.scram-sha-512.sasl.jaas.config", jaas);
    for (String line : more) {
      properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return new PeerLogin(properties);
  }

  private static List<ScramUser> users(String text) {
    return new ScramUsersText(text, () -> new byte[16]).users();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username=\"broker\" password=\"se\\\"cret\";",
        "password=\"se\\\"cret\" username=broker;",
        "username='broker' password='se\"cret';",
        "username=\"broker\" password=\"se\\042cret\";",
        "username=\"broker\" password=\"${file:/etc/x:y}\";",
        "username=\"${env:WHO}\" password=\"other\";",
        "/* username=old */ username=\"broker\" password=\"se\\\"cret\";",
        "note=\"username=\\\"old\\\"\" username=\"broker\" password=\"se\\\"cret\";",
        "username=\"broker\" password=\"other",
        ""
      })
  void hasNoObjectionWhereTheUserFitsOrIsFilledInLater(String options) {
    assertThat(login(MODULE + options).objection(users("broker=se\"cret"))).isEmpty();
  }

  @Test
  void mustBeAmongTheUsers() {
    assertThat(login(MODULE + "username=\"broker\" password=\"a\";").objection(users("alice=a")))
        .contains(
            "must name 'broker' with SCRAM-SHA-512, the user by which this node logs in to its peers (sasl.jaas.config), and doesn't; add it, or correct the configuration");
    assertThat(
            login(MODULE + "username=\"broker\" password=\"a\";")
                .objection(users("SCRAM-SHA-256=[name=broker,password=a]")))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"username\"=\"broker\";", "username=\"br\\157ker\";"})
  void isReadAsKafkaReadsIt(String options) {
    assertThat(login(MODULE + options).objection(users("alice=a")))
        .hasValueSatisfying(it -> assertThat(it).startsWith("must name 'broker' with SCRAM"));
  }

  @Test
  void mustHaveTheSamePassword() {
    assertThat(
            login(MODULE + "username=\"broker\" password=\"hunter2\";")
                .objection(users("broker=hunter3")))
        .contains(
            "the password of 'broker' must be the one by which this node logs in to its peers (sasl.jaas.config), and is another; correct one of the two");
  }

  @Test
  void isOfNoConcernWithAnotherMechanismOrNone() {
    PeerLogin plain =
        login(MODULE + "username=\"broker\";", "sasl.mechanism.inter.broker.protocol=PLAIN");
    PeerLogin open =
        login(
            MODULE + "username=\"broker\";",
            "listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");

    assertThat(List.of(plain, open))
        .allSatisfy(
            it -> {
              assertThat(it.objection(users("alice=a"))).isEmpty();
              assertThat(it.warnings(List.of())).isEmpty();
            });
  }

  @Test
  void warnsOfAClusterThatBeginsWithoutUsers() {
    assertThat(login("").warnings(users("alice=a"))).isEmpty();
    assertThat(login("").warnings(List.of()))
        .containsExactly(
            "this node logs in to its peers by SCRAM-SHA-512, and a new cluster has no users: they will refuse it; set KAFKA_POD_SCRAM_USERS_FILE, empty the disks of all nodes, and start them again");
  }

  @Test
  void warnsOfControllersThatNeedEachOtherToLogIn() {
    String[] scram = {
      "listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:SASL_SSL",
      "sasl.mechanism.controller.protocol=SCRAM-SHA-256"
    };

    assertThat(login("", scram).warnings(users("alice=a")))
        .containsExactly(
            "controllers log in to each other by SCRAM-SHA-256 (sasl.mechanism.controller.protocol), but get the users only from a leader, so they will never have one; use TLS or PLAIN on their listener");
    assertThat(
            login("", scram[0], scram[1], "controller.quorum.voters=0@127.0.0.1:9093")
                .warnings(List.of()))
        .isEmpty();
    assertThat(login("", scram[0], scram[1], "process.roles=controller").objection(users("a=a")))
        .isEmpty();
  }
}
