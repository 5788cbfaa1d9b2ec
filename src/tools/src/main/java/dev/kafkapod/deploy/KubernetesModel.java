package dev.kafkapod.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static final YAMLMapper YAML = new YAMLMapper();
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
   */
  static List<HasMetadata> read(String yaml, List<String> problems, Consumer<String> others) {
    List<HasMetadata> objects = new ArrayList<>();
    documents(yaml).forEach(it -> read(it, objects, problems, others));
    return objects;
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
      others.accept(who);
      return;
    }
    try {
      objects.add(STRICT.treeToValue(node, type));
    } catch (JsonProcessingException e) {
      problems.add(
          "%s: must be what Kubernetes takes, got: %s"
              .formatted(who, e.getMessage().replaceAll("\\s+", " ")));
    }
  }
}
