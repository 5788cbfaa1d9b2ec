package dev.kafkapod.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a topic's replicas are observers: Confluent Server's, which join an ISR only when they
 * are promoted. Apache's clients are told of them by nothing but the topic's setting {@value
 * #SETTING}; Confluent Server puts observers last in the list of replicas.
 *
 * @param count how many of each partition's replicas are observers, at least 1
 * @param racks where they are
 */
record ObserverPlacement(int count, Set<String> racks) {

  static final String SETTING = "confluent.placement.constraints";

  private static final JsonFactory JSON = new JsonFactory();

  ObserverPlacement {
    racks = Set.copyOf(racks);
  }

  /**
   * Reads the setting's value, for example {@code {"version": 2, "replicas": […], "observers":
   * [{"count": 1, "constraints": {"rack": "west"}}]}}.
   *
   * @return empty where it names no observers, or in a way that isn't understood
   */
  static Optional<ObserverPlacement> of(String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    try (JsonParser json = JSON.createParser(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean observers = json.currentName().equals("observers");
        json.nextToken();
        if (observers) {
          return read(json);
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ObserverPlacement> read(JsonParser json) throws IOException {
    int count = 0;
    Set<String> racks = new HashSet<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return Optional.empty();
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken token = json.nextToken();
        if (field.equals("count") && token == JsonToken.VALUE_NUMBER_INT) {
          count += Math.max(0, json.getIntValue());
        } else if (field.equals("constraints") && token == JsonToken.START_OBJECT) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean rack = json.currentName().equals("rack");
            json.nextToken();
            if (!rack) {
              return Optional.empty();
            }
            racks.add(json.getText());
          }
        } else {
          json.skipChildren();
        }
      }
    }
    return count == 0 || racks.isEmpty()
        ? Optional.empty()
        : Optional.of(new ObserverPlacement(count, racks));
  }

  /**
   * The observers among a partition's replicas that haven't been promoted. Those of a broker whose
   * rack isn't known are none.
   *
   * @param replicas in their order
   * @param rackOf the racks of brokers that the cluster lists
   */
  List<Integer> among(List<Integer> replicas, List<Integer> isr, Map<Integer, String> rackOf) {
    return replicas.subList(Math.max(0, replicas.size() - count), replicas.size()).stream()
        .filter(id -> !isr.contains(id))
        .filter(id -> rackOf.containsKey(id) && racks.contains(rackOf.get(id)))
        .toList();
  }
}
