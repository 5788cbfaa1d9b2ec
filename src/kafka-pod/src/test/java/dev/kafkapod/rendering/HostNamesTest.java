package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a certificate holds, and which one the kubelet gives. */
class HostNamesTest {

  @ParameterizedTest
  @CsvSource({
    "kafka-0.kafka.svc, kafka-0.kafka.svc, true",
    "KAFKA-0.kafka.svc, kafka-0.Kafka.svc, true",
    "kafka-0.kafka.svc., kafka-0.kafka.svc, true",
    "kafka-0.kafka.svc, *.kafka.svc, true",
    "a.kafka-0.kafka.svc, *.kafka.svc, false",
    "kafka.svc, *.kafka.svc, false",
    ".kafka.svc, *.kafka.svc, false",
    "127.0.0.5, 127.0.0.5, true",
    "127.0.0.5, *.0.0.5, false",
    "127.0.0.5, localhost, false",
    "[::1], 0:0:0:0:0:0:0:1, true",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1, true",
    "999.1.1.1, 999.1.1.1, true",
    "[::zz], ::1, false",
    "a, '', false",
  })
  void comparesNamesAndAddresses(String host, String name, boolean match) {
    assertThat(HostNames.match(host, List.of("other", name))).isEqualTo(match);
  }

  @Test
  void readsThePodsNameFromTheKubeletsFile() {
    assertThat(
            HostsFile.parse(
                "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\nfe00::0\tip6-localnet\n10.0.0.5\tkafka-0.kafka.ns.svc.cluster.local\tkafka-0\nfd00::5\tkafka-0.kafka.ns.svc.cluster.local\tkafka-0\n"))
        .isEqualTo(Optional.of(new HostsFile("kafka-0", "kafka", "ns")));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'127.0.0.1 localhost'",
    "'# Kubernetes-managed hosts file (host network).\n10.0.0.5 a.b.c.svc a'",
    "'# Kubernetes-managed hosts file.\n10.0.0.5\tkafka-0'",
    "'# Kubernetes-managed hosts file.\n10.0.0.5\tkafka-0.example.com\tkafka-0'",
    "'# Kubernetes-managed hosts file.\n10.0.0.5 other.kafka.ns.svc kafka-0'",
    "'# Kubernetes-managed hosts file.\n127.0.0.1 kafka-0.kafka.ns.svc kafka-0'",
    "'# Kubernetes-managed hosts file.\n# Entries added by HostAliases.\n10.0.0.5 kafka-0.kafka.ns.svc kafka-0'",
  })
  void knowsNoNameWhereTheKubeletGivesNone(String file) {
    assertThat(HostsFile.parse(file)).isEmpty();
  }
}
