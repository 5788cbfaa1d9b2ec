package dev.kafkapod.inquiry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.RecoveryProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The local node as the agent in its process sees it, from the agent's status in JSON. */
final class AgentBroker {

  private static final String OBJECT = "broker/";

  private AgentBroker() {}

  /**
   * Reads a status. The agent looks at its broker in every heartbeat, and a verdict file names its
   * address only while that goes on.
   *
   * @return empty if it isn't one, or the agent doesn't know its broker
   */
  static Optional<BrokerSnapshot> parse(String status) {
    try (JsonParser json = new JsonFactory().createParser(status)) {
      return of(values(json));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The values outside of arrays, by their path: {@code broker/recovery/remainingLogs}. */
  private static Map<String, String> values(JsonParser json) throws IOException {
    Map<String, String> values = new HashMap<>();
    while (json.nextToken() != null) {
      JsonToken token = json.currentToken();
      if (token == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else if (token.isScalarValue()) {
        values.put(
            json.getParsingContext().pathAsPointer().toString().substring(1), json.getText());
      }
    }
    return values;
  }

  private static Optional<BrokerSnapshot> of(Map<String, String> values) {
    if (values.containsKey(OBJECT + "problem")) {
      return Optional.empty();
    }
    return Optional.ofNullable(values.get(OBJECT + "controller"))
        .map(
            controller ->
                new BrokerSnapshot(
                    number(values, "nodeId"),
                    text(values, "clusterId"),
                    text(values, "kafkaVersion"),
                    text(values, "state").map(BrokerState::valueOf),
                    recovery(values),
                    number(values, "offlineLogDirs"),
                    text(values, "metadataLagMs").map(AgentBroker::millis),
                    text(values, "raftRole")
                        .map(role -> new BrokerSnapshot.Raft(role, OptionalInt.empty())),
                    Boolean.parseBoolean(controller),
                    text(values, "zooKeeperSession"),
                    text(values, "uptimeMs").map(AgentBroker::millis).orElse(Duration.ZERO),
                    List.of()));
  }

  private static Optional<RecoveryProgress> recovery(Map<String, String> values) {
    Optional<String> logs = text(values, "recovery/remainingLogs");
    Optional<String> segments = text(values, "recovery/remainingSegments");
    return logs.isEmpty() || segments.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecoveryProgress(Long.parseLong(logs.get()), Long.parseLong(segments.get())));
  }

  private static Optional<String> text(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(OBJECT + name));
  }

  private static OptionalInt number(Map<String, String> values, String name) {
    return text(values, name).stream().mapToInt(Integer::parseInt).findFirst();
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }
}
