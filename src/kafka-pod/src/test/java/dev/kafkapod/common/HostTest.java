package dev.kafkapod.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.0",
        "0.0.0.0",
        "::",
        "[::]",
        "[::0]",
        "0::0",
        "[0:0:0:0:0:0:0:0]",
        "[0000:0000:0000:0000:0000:0000:0000:0000]",
        "[::%eth0]",
        "[::ffff:0.0.0.0]"
      })
  void takesEverySpellingOfTheUnspecifiedAddressForAllAddresses(String host) {
    assertThat(Host.isWildcard(host)).isTrue();
    assertThat(new Address(host, 1).fromHere()).isEqualTo(new Address("127.0.0.1", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "[::1]",
        "localhost",
        "0.example.com",
        "[::",
        "0.0.0.0.0",
        "zero",
        "*"
      })
  void takesNothingElseForAllAddresses(String host) {
    assertThat(Host.isWildcard(host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, true",
    "127.1, true, true",
    "[::1], true, true",
    "[0:0:0:0:0:0:0:1], true, true",
    "LOCALHOST, true, true",
    "127.0.0.5, true, false",
    "127.example.com, false, false",
    "10.0.0.1, false, false",
    "300.0.0.1, false, false"
  })
  void knowsThisMachineWithoutAskingDns(String host, boolean loopback, boolean thisMachine) {
    assertThat(Host.isLoopback(host)).isEqualTo(loopback);
    assertThat(Host.isThisMachine(host)).isEqualTo(thisMachine);
  }

  @Test
  void comparesAddressesAndNotSpellings() {
    assertThat(Host.isSame("[fd00::1]", "[FD00:0:0::1]")).isTrue();
    assertThat(Host.isSame("[fe80::1%eth0]", "[fe80::1%eth1]")).isFalse();
    assertThat(Host.isSame("Kafka-0.kafka", "kafka-0.KAFKA")).isTrue();
    assertThat(Host.isSame("kafka-0", "kafka-1")).isFalse();
  }
}
