package dev.kafkapod.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Kubernetes refuses an object without. The model's classes leave it empty. */
final class Required {

  /** More nodes than this no Kafka cluster has. */
  private static final int MOST_REPLICAS = 1000;

  /** Of each kind, the fields that must be there. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "StatefulSet",
          List.of("/spec/template/spec/containers"),
          "Service",
          List.of("/spec"),
          "PodDisruptionBudget",
          List.of("/spec"));

  private static final String POD = "/spec/template/spec";

  /** Of each list, the fields that each of its items must have. */
  private static final Map<String, List<String>> ITEMS =
      Map.of(
          "containers", List.of("image"),
          "initContainers", List.of("name", "image"),
          "volumes", List.of("name"));

  private static final Map<String, List<String>> CONTAINER_ITEMS =
      Map.of(
          "env", List.of("name"),
          "ports", List.of("containerPort"),
          "volumeMounts", List.of("name", "mountPath"));

  private Required() {}

  /** What is missing, as paths and words. */
  static List<String> missing(JsonNode object) {
    List<String> problems = new ArrayList<>();
    field(object, "/metadata/name", "", problems);
    FIELDS
        .getOrDefault(object.path("kind").asText(), List.of())
        .forEach(it -> field(object, it, "", problems));
    empty(object, "", problems);
    if (!problems.isEmpty()) {
      return problems;
    }
    JsonNode containers = object.at(POD + "/containers");
    containers.forEach(it -> field(it, "/name", POD + "/containers", problems));
    if (containers.findValuesAsText("name").contains("kafka")) {
      node(object, problems);
    }
    items(object.path("spec"), "/spec", Map.of("ports", List.of("port")), problems);
    return problems;
  }

  /** What rules ask of a Kafka node. */
  private static void node(JsonNode object, List<String> problems) {
    field(object, "/spec/template/metadata/labels", "", problems);
    items(object.at(POD), POD, ITEMS, problems);
    for (String list : List.of("containers", "initContainers")) {
      object
          .at(POD + "/" + list)
          .forEach(it -> items(it, POD + "/" + list, CONTAINER_ITEMS, problems));
    }
    object
        .at("/spec/volumeClaimTemplates")
        .forEach(it -> field(it, "/metadata/name", "/spec/volumeClaimTemplates", problems));
    JsonNode replicas = object.at("/spec/replicas");
    if (replicas.isNumber() && (replicas.asLong() < 0 || replicas.asLong() > MOST_REPLICAS)) {
      problems.add(
          "spec.replicas must be from 0 to %d, got %s".formatted(MOST_REPLICAS, replicas.asText()));
    }
  }

  private static void items(
      JsonNode node, String where, Map<String, List<String>> lists, List<String> problems) {
    lists.forEach(
        (list, fields) ->
            node.path(list)
                .forEach(
                    item ->
                        fields.forEach(it -> field(item, "/" + it, where + "/" + list, problems))));
  }

  private static void field(JsonNode node, String path, String within, List<String> problems) {
    JsonNode found = node.at(path);
    boolean empty = found.isContainerNode() ? found.isEmpty() : found.asText("").isBlank();
    if ((found.isMissingNode() || found.isNull() || empty) && !found.isNumber()) {
      problems.add(dotted(within + path) + " is missing");
    }
  }

  private static void empty(JsonNode node, String where, List<String> problems) {
    if (node.isArray()) {
      node.forEach(
          it -> {
            if (it.isNull()) {
              problems.add(dotted(where) + " has an empty item");
            }
            empty(it, where, problems);
          });
    }
    node.fields().forEachRemaining(it -> empty(it.getValue(), where + "/" + it.getKey(), problems));
  }

  private static String dotted(String path) {
    return path.substring(1).replace('/', '.');
  }
}
