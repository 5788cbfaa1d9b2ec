package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real broker writes by the rendered log4j2.yaml. */
@Tag("matrix")
@Timeout(180)
class LogFormatIT {

  /** The template has it at INFO. */
  private static final String LOGGER = "org.apache.kafka.controller.QuorumController";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.2"})
  void writesAJsonObjectALineAndTheLoggersThatAreAskedFor(String version) throws Exception {
    int port = FreePorts.find("127.0.0.1");
    int controllerPort = FreePorts.find("127.0.0.1");
    try (EntrypointNode node =
        new EntrypointNode(directory.resolve("node"), version, Map.of())
            .with("KAFKA_POD_TEMPLATE", "single-node")
            .with("KAFKA_POD_LOG_FORMAT", "json")
            .with("KAFKA_LOG4J_ROOT_LOGLEVEL", "INFO")
            .with("KAFKA_LOG4J_LOGGERS", LOGGER + "=DEBUG,org.apache.kafka.raft=WARN")
            .with(
                "KAFKA_LISTENERS",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                    .formatted(port, controllerPort))
            .with("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port)
            .with("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:" + controllerPort)
            .with("KAFKA_LOG_DIRS", directory.resolve("data").toString())) {
      node.start();
      node.awaitLine("Transitioning from RECOVERY to RUNNING");
      assertThat(node.stop()).as(node.tail()).isEqualTo(143);

      List<JsonNode> entries = entries(node);
      assertThat(entries)
          .allSatisfy(
              it -> {
                assertThat(it.path("time").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                assertThat(it.path("message").isTextual()).isTrue();
              })
          .anyMatch(it -> isFrom(it, LOGGER, "DEBUG"))
          .anyMatch(it -> it.path("logger").asText().startsWith("kafka.server."))
          .noneMatch(
              it ->
                  it.path("logger").asText().startsWith("org.apache.kafka.raft")
                      && it.path("level").asText().equals("INFO"));
      // each entry once, by the one appender
      assertThat(
              entries.stream()
                  .filter(it -> it.path("message").asText().contains("RECOVERY to RUNNING")))
          .hasSize(1);
    }
  }

  private static boolean isFrom(JsonNode entry, String logger, String level) {
    return entry.path("logger").asText().equals(logger)
        && entry.path("level").asText().equals(level);
  }

  /** The broker's lines; what comes before is from the entrypoint's own steps. */
  private static List<JsonNode> entries(EntrypointNode node) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> entries = new ArrayList<>();
    for (String line : node.log().lines().dropWhile(it -> !it.startsWith("{")).toList()) {
      if (!line.startsWith("SLF4J: ")) {
        entries.add(json.readTree(line));
      }
    }
    return entries;
  }
}
