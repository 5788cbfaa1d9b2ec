package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kafka's default lies in the container, and data with it. */
class NoLogDirsTest {

  private static List<String> said(String mounted) {
    return Requests.problems(Requests.render(Requests.of("", mounted, Map.of(), "kafka-1")))
        .stream()
        .filter(it -> it.contains("log.dirs"))
        .toList();
  }

  @Test
  void isAWarning() {
    assertThat(said("node.id=1\n"))
        .containsExactly(
            "warning: log.dirs: isn't set, and what Kafka writes to its default, /tmp/kafka-logs, is gone with the container; set it to a directory of a volume (in server.properties, or as KAFKA_LOG_DIRS)");
    assertThat(said("log.dirs=/data/a\n")).isEmpty();
    assertThat(said("log.dir=/data/a\n")).isEmpty();
  }

  @Test
  void isAWarningForABrokerWhoseMetadataAloneHasAPlace() {
    assertThat(said("process.roles=broker\nmetadata.log.dir=/data/m\n")).hasSize(1);
    assertThat(said("process.roles=broker,controller\nmetadata.log.dir=/data/m\n")).hasSize(1);
    assertThat(said("process.roles=controller\nmetadata.log.dir=/data/m\n")).isEmpty();
    assertThat(said("process.roles=controller\n")).hasSize(1);
  }
}
