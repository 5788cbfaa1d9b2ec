package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is tried on a real Kubernetes is what is shipped, but for this list; {@code
 * docs/e2e-kubernetes.md} says why each is there.
 */
class EndToEndOverlayTest {

  private static final Path OVERLAYS = Path.of("deploy/overlays");

  private static final List<String> NAMESPACE =
      List.of(
          "Namespace kafka /metadata/labels/pod-security.kubernetes.io~enforce: restricted -> privileged",
          "Namespace kafka /metadata/labels/pod-security.kubernetes.io~warn: restricted -> none");
  private static final List<String> BROKERS =
      List.of(
          "StatefulSet kafka …/containers/kafka/env/KAFKA_ADVERTISED_LISTENERS: none -> INTERNAL://127.0.0.${node.id+10}:19090,MESH://127.0.0.5:${node.id+9091}",
          "StatefulSet kafka …/containers/kafka/env/KAFKA_HEAP_OPTS: none -> -Xms256m -Xmx256m",
          "StatefulSet kafka …/containers/kafka/env/KAFKA_LISTENERS: none -> INTERNAL://127.0.0.${node.id+10}:19090,MESH://127.0.0.${node.id+10}:19092",
          "StatefulSet kafka …/containers/kafka/env/KAFKA_POD_HTTP: none -> off",
          "StatefulSet kafka …/containers/kafka/resources/limits/memory: 4Gi -> 1Gi",
          "StatefulSet kafka …/containers/kafka/resources/requests/cpu: 1 -> 100m",
          "StatefulSet kafka …/containers/kafka/resources/requests/memory: 4Gi -> 1Gi",
          "StatefulSet kafka …/hostNetwork: none -> true",
          "StatefulSet kafka without …/affinity",
          "StatefulSet kafka without …/containers/kafka/ports",
          "StatefulSet kafka without …/nodeSelector",
          "StatefulSet kafka without …/tolerations",
          "StatefulSet kafka without …/topologySpreadConstraints");
  private static final List<String> CONTROLLERS =
      List.of(
          "StatefulSet kafka-controller …/containers/kafka/env/KAFKA_LISTENERS: none -> CONTROLLER://127.0.0.${node.id+10}:19093",
          "StatefulSet kafka-controller …/containers/kafka/env/KAFKA_POD_HTTP: none -> off",
          "StatefulSet kafka-controller …/containers/kafka/resources/requests/cpu: 250m -> 100m",
          "StatefulSet kafka-controller …/hostNetwork: none -> true",
          "StatefulSet kafka-controller without …/affinity",
          "StatefulSet kafka-controller without …/containers/kafka/ports",
          "StatefulSet kafka-controller without …/nodeSelector",
          "StatefulSet kafka-controller without …/tolerations");
  private static final String TURNS =
      "StatefulSet kafka-controller …/containers/kafka/env/KAFKA_POD_TURNS_BOOTSTRAP_SERVER/value: %s -> %s";
  private static final String SPREAD =
      "StatefulSet kafka-controller without …/topologySpreadConstraints";
  private static final String RACK =
      "StatefulSet kafka …/containers/kafka/env/KAFKA_BROKER_RACK: none -> zone-${ordinal}/${cluster}";

  @Test
  void e2eIsSingleOnOneNode() {
    List<String> expected = new ArrayList<>(NAMESPACE);
    expected.add(voters("kafka-controller-%d.kafka-controller.${pod.namespace}.svc", 0));
    expected.add("ConfigMap kafka-cluster /data/KAFKA_POD_MESH_PORTS: 9091-9093 -> 9091-9094");
    expected.addAll(BROKERS);
    expected.addAll(CONTROLLERS);
    expected.add(SPREAD);
    expected.add(TURNS.formatted("kafka:19090", turns("127.0.0.1%d:19090", 3)));

    assertThat(differences("single", "e2e")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({"a, 3", "b, 3", "witness, 0"})
  void theStretchedOnesAreTheirsOnOneNode(String site, int brokers) {
    List<String> expected = new ArrayList<>(NAMESPACE);
    expected.add(voters("controller-%d.${env.KAFKA_POD_DOMAIN}", 100));
    expected.addAll(CONTROLLERS);
    if (brokers > 0) {
      expected.addAll(BROKERS);
      expected.add(RACK);
    }
    for (int ordinal = 0; ordinal < brokers; ordinal++) {
      expected.add("without Service kafka-" + ordinal + "-external");
    }
    expected.add("without Service kafka-controller-0-external");
    expected.add(
        TURNS.formatted(
            turns("kafka-%d.$(KAFKA_POD_DOMAIN):19090", 6), turns("127.0.0.1%d:19090", 6)));

    assertThat(differences("stretch-" + site, "e2e-stretch-" + site))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String turns(String address, int brokers) {
    return IntStream.range(0, brokers)
        .mapToObj(address::formatted)
        .collect(Collectors.joining(","));
  }

  private static String voters(String host, int first) {
    List<String> shipped = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shipped.add("%d@%s:19093".formatted(100 + i, host.formatted(first + i)));
    }
    return "ConfigMap kafka-cluster /data/KAFKA_CONTROLLER_QUORUM_VOTERS: %s -> 100@127.0.0.110:19093,101@127.0.0.111:19093,102@127.0.0.112:19093"
        .formatted(String.join(",", shipped));
  }

  /**
   * Objects and fields that differ; a field that one doesn't have with all that is below it at
   * once.
   */
  private static List<String> differences(String shipped, String tried) {
    Map<String, JsonNode> before = objects(shipped);
    Map<String, JsonNode> after = objects(tried);
    List<String> all = new ArrayList<>();
    before.forEach(
        (name, object) -> {
          if (after.containsKey(name)) {
            compare(name, "", object, after.get(name), all);
          } else {
            all.add("without " + name);
          }
        });
    after.keySet().stream()
        .filter(it -> !before.containsKey(it))
        .forEach(it -> all.add("new " + it));
    return all;
  }

  private static Map<String, JsonNode> objects(String overlay) {
    // a ConfigMap's name has a hash of its contents
    String yaml =
        Kustomize.build(OVERLAYS.resolve(overlay))
            .replaceAll("kafka-cluster-[a-z0-9]{10}\\b", "kafka-cluster");
    Map<String, JsonNode> objects = new TreeMap<>();
    for (JsonNode object : KubernetesModel.documents(yaml)) {
      objects.put(
          object.path("kind").asText() + " " + object.path("metadata").path("name").asText(),
          object);
    }
    return objects;
  }

  private static void compare(
      String object, String path, JsonNode before, JsonNode after, List<String> all) {
    if (before.isContainerNode() && before.getNodeType() == after.getNodeType()) {
      Map<String, JsonNode> old = children(before);
      Map<String, JsonNode> now = children(after);
      old.forEach(
          (name, child) ->
              compare(
                  object,
                  path + "/" + name,
                  child,
                  now.getOrDefault(name, MissingNode.getInstance()),
                  all));
      now.forEach(
          (name, child) -> {
            if (!old.containsKey(name)) {
              compare(object, path + "/" + name, MissingNode.getInstance(), child, all);
            }
          });
    } else if (!before.equals(after)) {
      String where = object + " " + path.replaceFirst("/spec/template/spec/", "…/");
      all.add(
          before.isContainerNode() && after.isMissingNode()
              ? where.replaceFirst(" (…?/)", " without $1")
              : where + ": " + value(before) + " -> " + value(after));
    }
  }

  private static String value(JsonNode node) {
    if (node.isMissingNode()) {
      return "none";
    }
    // a variable is a name and a value, and its name is in the path
    return node.has("value") ? node.path("value").asText() : node.asText(node.toString());
  }

  /** What is in lists by its name, where it has one: the order of variables doesn't matter here. */
  private static Map<String, JsonNode> children(JsonNode node) {
    Map<String, JsonNode> children = new TreeMap<>();
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(it -> children.put(it.getKey().replace('/', '~'), it.getValue()));
    } else {
      for (int i = 0; i < node.size(); i++) {
        children.put(node.get(i).path("name").asText(String.valueOf(i)), node.get(i));
      }
    }
    return children;
  }
}
