package dev.kafkapod.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads manifests as strictly as a Kubernetes API server that validates fields: an unknown field,
 * or a number where text must be, is an error. The model itself would put them aside, or convert.
 */
final class KubernetesModel {

  /** The kinds that the shipped manifests have; a new one is worth a thought about its rules. */
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 Service", Service.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

  /** Where a broker is found in an object that no rule is about. */
  private static final Set<String> WORKLOADS =
      Set.of("deployment", "daemonset", "replicaset", "statefulset", "pod");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper STRICT = strict();

  private KubernetesModel() {}

  private static ObjectMapper strict() {
    JsonMapper mapper =
        JsonMapper.builder()
            .annotationIntrospector(new NoExtraProperties())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  /** Every class of the model has a place for properties that it doesn't know. */
  private static final class NoExtraProperties extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /**
   * Reads the objects of a file.
   *
   * @throws IllegalArgumentException if one of them isn't what Kubernetes takes; the message has
   *     all that are not
   */
  static List<HasMetadata> read(String yaml) {
    List<String> problems = new ArrayList<>();
    List<HasMetadata> objects =
        read(
            yaml,
            problems,
            who ->
                problems.add(
                    "%s: must be one of the kinds that have rules (%s); correct it, or add it and its rules"
                        .formatted(
                            who, String.join(", ", KINDS.keySet().stream().sorted().toList()))));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return objects;
  }

  /**
   * The same of files that have other kinds, too.
   *
   * @param problems gets what isn't as Kubernetes takes it
   * @param others gets each object that no rule is about
   * @throws IllegalArgumentException if a document isn't an object of Kubernetes at all
   */
  static List<HasMetadata> read(String yaml, List<String> problems, Consumer<String> others) {
    List<HasMetadata> objects = new ArrayList<>();
    documents(yaml).forEach(it -> each(it, one -> read(one, objects, problems, others)));
    return objects;
  }

  /** Each object of a document, which may be a list of them, as {@code kubectl get} prints. */
  private static void each(JsonNode document, Consumer<JsonNode> objects) {
    if (document.path("kind").asText().endsWith("List") && document.path("items").isArray()) {
      document.path("items").forEach(it -> each(it, objects));
    } else if (!document.isNull()) {
      objects.accept(document);
    }
  }

  /** The same, whatever they are. */
  static List<JsonNode> documents(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(
      JsonNode node, List<HasMetadata> objects, List<String> problems, Consumer<String> others) {
    String kind = node.path("apiVersion").asText() + " " + node.path("kind").asText();
    String who = kind + " " + node.path("metadata").path("name").asText();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      other(node, kind, who, objects, problems, others);
      return;
    }
    List<String> missing = Required.missing(node);
    if (!missing.isEmpty()) {
      problems.add(
          "%s: must be what Kubernetes takes, got: %s".formatted(who, String.join("; ", missing)));
      return;
    }
    if (type.equals(StatefulSet.class)) {
      misnamed(node, who, problems);
    }
    // what a cluster adds to its objects
    ((ObjectNode) node).remove("status");
    ((ObjectNode) node.path("metadata")).remove("managedFields");
    try {
      objects.add(STRICT.treeToValue(node, type));
    } catch (JsonProcessingException e) {
      problems.add("%s: must be what Kubernetes takes, got: %s".formatted(who, reason(e)));
    }
  }

  /** Without a place in a file, which Jackson doesn't know here. */
  private static String reason(JsonProcessingException e) {
    return e.getMessage()
        .replaceAll("\\s+", " ")
        .replace(" at [Source: UNKNOWN; byte offset: #UNKNOWN]", "");
  }

  private static void other(
      JsonNode node,
      String kind,
      String who,
      List<HasMetadata> objects,
      List<String> problems,
      Consumer<String> others) {
    if (!node.isObject() || kind.isBlank()) {
      throw new IllegalArgumentException(
          "must have objects of Kubernetes with apiVersion and kind only, and one has neither; correct it");
    }
    boolean workload = WORKLOADS.contains(node.path("kind").asText().toLowerCase(Locale.ROOT));
    if (workload && (hasBroker(node.at("/spec/template/spec")) || hasBroker(node.path("spec")))) {
      problems.add(
          "%s: a Kafka node must run in an apps/v1 StatefulSet, because nothing else gives pods names and disks of their own; correct it"
              .formatted(who));
      return;
    }
    Map<String, String> labels = new TreeMap<>();
    node.at("/spec/template/metadata/labels")
        .fields()
        .forEachRemaining(it -> labels.put(it.getKey(), it.getValue().asText()));
    if (!labels.isEmpty()) { // all that a Service may ask of it
      objects.add(
          new PodTemplateBuilder()
              .withNewMetadata()
              .withName(node.path("metadata").path("name").asText())
              .endMetadata()
              .withNewTemplate()
              .withNewMetadata()
              .withLabels(labels)
              .endMetadata()
              .endTemplate()
              .build());
    }
    others.accept(who);
  }

  private static boolean hasBroker(JsonNode pod) {
    for (JsonNode container : pod.path("containers")) {
      if (container.path("name").asText().equals("kafka") || probes(container)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a container has kafka-pod's probes, which only Kafka nodes have. */
  private static boolean probes(JsonNode container) {
    return container.path("readinessProbe").toString().contains("kafka-pod")
        || container.path("lifecycle").toString().contains("await-safe-stop");
  }

  private static void misnamed(JsonNode set, String who, List<String> problems) {
    int kafka = 0;
    for (JsonNode container : set.at("/spec/template/spec/containers")) {
      String name = container.path("name").asText();
      if (name.equals("kafka")) {
        kafka++;
      } else if (probes(container)) {
        problems.add(
            "%s: a Kafka node's container must be named kafka, because no rule finds it otherwise, got %s; rename it"
                .formatted(who, name));
      }
    }
    if (kafka > 1) {
      problems.add(
          "%s: must have one container named kafka, got %d; rename the others"
              .formatted(who, kafka));
    }
  }
}
