package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That {@code kafka-pod render} says what the checks before a start find. */
class RenderCommandTest {

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void everythingThatIsWrongIsSaidWithTheConfiguration() {
    environment.put("KAFKA_POD_GATE", "lax");
    environment.put("KAFKA_PROCESS_ROLES", "cook");
    environment.put("KAFKA_POD_RENDER_TO", directory.resolve("config").toString());

    Outcome outcome = Outcome.of(environment, "render", "--templates", "config-templates");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .anyMatch(it -> it.startsWith("kafka-pod render: KAFKA_POD_GATE: there is no preset 'lax'"))
        .anyMatch(it -> it.contains("cook"));
    assertThat(directory).isEmptyDirectory();
  }
}
