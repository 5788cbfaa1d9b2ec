package dev.kafkapod.nodeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.NodeNumber;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka itself makes of a text is what this reader has to make of it. */
class KafkasOwnReadingTest {

  private static OptionalInt kafkasNodeId(String text) {
    try {
      int id = (int) ConfigDef.parseType("node.id", text, ConfigDef.Type.INT);
      return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    } catch (ConfigException e) {
      return OptionalInt.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "999999999",
        "1234567890",
        "2147483647",
        "2147483648",
        "99999999999",
        "-1",
        "-0",
        "+5",
        "007",
        " 7 ",
        "7\t",
        "",
        " ",
        "one",
        "1.0",
        "1 2",
        "0x1",
        "٣",
        "${file:/x:id}"
      })
  void readsANodeIdAsKafkaDoes(String text) {
    assertThat(NodeNumber.of(text)).isEqualTo(kafkasNodeId(text));
    assertThat(NodeId.of(Map.of("node.id", text))).isEqualTo(kafkasNodeId(text));
    assertThat(NodeId.of(Map.of("broker.id", text))).isEqualTo(kafkasNodeId(text));
  }

  @Test
  void takesBrokerIdOnlyWhereThereIsNoNodeId() {
    assertThat(NodeId.of(Map.of("node.id", "1", "broker.id", "2"))).hasValue(1);
    assertThat(NodeId.of(Map.of("node.id", "", "broker.id", "2"))).isEmpty();
    assertThat(NodeId.of(Map.of("node.id", "one", "broker.id", "2"))).isEmpty();
    assertThat(NodeId.of(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h:1",
        "kafka-0.kafka.streams.svc:9092",
        "a_b:9092",
        "10.0.0.1:9092",
        "[::1]:9092",
        "::1:9092",
        "[fe80::1%eth0]:9093",
        "[h]:1",
        "PLAINTEXT://h:1",
        "h:007",
        "h",
        "h:",
        "h:+1",
        "h:-1",
        "h: 1",
        " h:1",
        "a b:1",
        "a/b:1",
        "u@h:1",
        "h:1/",
        "é:1",
        "*:1",
        "$h:1"
      })
  void readsAnAddressAsKafkaDoes(String text) {
    Optional<String> kafkas = Optional.ofNullable(Utils.getHost(text));
    Optional<Address> ours = Address.read(text);

    assertThat(ours.map(it -> it.host().replaceAll("[\\[\\]]", ""))).isEqualTo(kafkas);
    assertThat(ours.map(Address::port)).isEqualTo(kafkas.map(it -> Utils.getPort(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:0", "h:65536", ":1", "[]:1", "h:1:2", "[h:1", "h]:1", "h:99999999999"})
  void refusesAnAddressThatKafkaReadsAndNobodyReaches(String text) {
    assertThat(Address.read(text)).isEmpty();
  }

  /** Seen with org.apache.kafka.network.SocketServerConfigs.listenerListToEndPoints of 4.3.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "PLAINTEXT://:9092                   | PLAINTEXT | ''                | 9092",
        "PLAINTEXT://[]:9092                 | PLAINTEXT | ''                | 9092",
        "plaintext://h:1                     | PLAINTEXT | h                 | 1",
        "a.b-c_d://h:1                       | A.B-C_D   | h                 | 1",
        "PLAIN TEXT://h:1                    | PLAIN TEXT| h                 | 1",
        "é://h:1                             | É         | h                 | 1",
        "A://[::]:9092                       | A         | [::]              | 9092",
        "A://:::9092                         | A         | [::]              | 9092",
        "A://::1:9092                        | A         | [::1]             | 9092",
        "A://[fe80::1%eth0]:9092             | A         | [fe80::1%eth0]    | 9092",
        "A://[host]:9092                     | A         | host              | 9092",
        "A://a_b:007                         | A         | a_b               | 7",
        "A://:0                              | A         | ''                | 0",
        "A://:-1                             | A         | ''                | -1",
        "A://:70000                          | A         | ''                | 70000"
      })
  void readsAListenerAsKafkaDoes(String text, String name, String host, int port) {
    assertThat(Listener.of(text)).contains(new Listener(name, text, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A://h", "A://h:", "A://h:+1", "A://h: 1", "A:// h:1", "A://h:1/", "A://a b:1", "A://a/b:1",
        "A://u@h:1", "A://é:1", "A://*:1", "A://$h:1", "://h:1", "h:1", "A:/h:1", "A://h:9999999999"
      })
  void refusesAListenerThatKafkaRefuses(String text) {
    assertThat(Listener.of(text)).isEmpty();
  }

  /** Seen with org.apache.kafka.raft.QuorumConfig.parseVoterConnections of 4.3.1. */
  @ParameterizedTest
  @CsvSource({
    "1@h:1, 1, h, 1",
    "+1@h:1, 1, h, 1",
    "007@h:1, 7, h, 1",
    "2147483647@h:1, 2147483647, h, 1",
    "1234567890@h:65535, 1234567890, h, 65535",
    "1@[::1]:1, 1, [::1], 1",
    "1@::1:1, 1, [::1], 1",
    "1@CONTROLLER://h:1, 1, h, 1",
    "1@[fe80::1%eth0]:9093, 1, [fe80::1%eth0], 9093"
  })
  void readsAVoterAsKafkaDoes(String text, int id, String host, int port) {
    assertThat(ConfiguredVoter.of(text)).contains(new ConfiguredVoter(id, new Address(host, port)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 @h:1",
        " 1@h:1",
        "1@ h:1",
        "2147483648@h:1",
        "1@h",
        "1@h:1@2",
        "@h:1",
        "1@a/b:1",
        "-1@h:1",
        "1@h:65536",
        "h:1"
      })
  void refusesAVoterThatKafkaRefuses(String text) {
    assertThat(ConfiguredVoter.of(text)).isEmpty();
  }

  @Test
  void splitsAListAsKafkaDoes() {
    String text = " a ,b,\tc d , e";

    assertThat((Iterable<?>) ConfigDef.parseType("l", text, ConfigDef.Type.LIST))
        .isEqualTo(KafkaList.of(text));
  }
}
