package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kafka's command line tools, for people in a broker's container. */
@Tag("image")
class ToolsImageIT {

  private static final String CALL_ALL =
      "cd /opt/kafka/bin && ls kafka-*.sh | grep -vx kafka-run-class.sh | xargs -P 2 -I TOOL sh -c"
          + " 'echo \"== TOOL $(TOOL --help 2>&1 | grep -ciE \"^ *usage|^Option|option\")\"'";

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void everyToolAnswersHelpWhateverTheBrokersEnvironmentHas() {
    try (Node node =
        new Node(BuiltImage.get())
            .withEnv("JMX_PORT", "1")
            .withEnv("KAFKA_OPTS", "-javaagent:/no/such.jar")
            .withCommand("sh", "-c", CALL_ALL)) {
      node.start();
      assertThat(node.awaitExit()).as(node.getLogs()).isZero();

      List<String> tools = node.logged("== kafka-");
      assertThat(tools).hasSizeGreaterThanOrEqualTo(34);
      assertThat(tools).noneMatch(line -> line.endsWith(".sh 0"));
    }
  }
}
