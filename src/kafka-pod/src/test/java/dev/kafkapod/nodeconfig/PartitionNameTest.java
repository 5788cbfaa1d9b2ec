package dev.kafkapod.nodeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaDistribution;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that real brokers of 3.9.2 and 4.3.1 took or died of, and Kafka's own code. */
class PartitionNameTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo-1",
        "foo-+2",
        ".snapshot-1",
        "w--1",
        "t-0." + ID + "-delete",
        "t-0." + ID + "-future",
        "t-0." + ID + "-stray",
        "remote-log-index-cache",
        "__cluster_metadata-0"
      })
  void isTaken(String name) {
    assertThat(PartitionName.isAccepted(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost+found",
        ".snapshot",
        "foo",
        "foo-x",
        "a-delete",
        "t-0-delete",
        "-1",
        "foo-",
        "s p-1.x-delete",
        "foo-99999999999",
        "t-0.a.b-delete"
      })
  void isFatal(String name) {
    assertThat(PartitionName.isAccepted(name)).isFalse();
  }

  @Test
  void theTopicEndsAtTheLastDash() {
    assertThat(PartitionName.topic("a-b-3")).contains("a-b");
    assertThat(PartitionName.topic("a-b-3." + ID + "-stray")).contains("a-b");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "-", "0", "7", ".", " ", "+", "-delete", "-future", "-stray", "٣")
        .list()
        .ofMinSize(1)
        .ofMaxSize(7)
        .map(parts -> String.join("", parts));
  }

  @Property
  void isWhatKafkasOwnCodeSays(@ForAll("names") String name) throws Exception {
    Method parse =
        KafkaDistribution.of("4.3.1")
            .classLoader()
            .loadClass("org.apache.kafka.storage.internals.log.UnifiedLog")
            .getMethod("parseTopicPartitionName", File.class);
    boolean accepted;
    try {
      parse.invoke(null, new File("/data", name));
      accepted = true;
    } catch (InvocationTargetException e) {
      accepted = false;
    }
    assertThat(PartitionName.isAccepted(name)).as(name).isEqualTo(accepted);
  }
}
