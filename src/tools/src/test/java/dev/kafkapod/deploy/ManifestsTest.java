package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every overlay in {@code deploy/overlays}, built, is what Kubernetes takes, and keeps to our
 * rules.
 */
class ManifestsTest {

  static List<String> overlays() {
    return Overlay.shipped();
  }

  @Test
  void theseOverlaysAreShipped() {
    assertThat(overlays())
        .containsExactly("dev", "single", "stretch-a", "stretch-b", "stretch-witness");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void isWhatKubernetesTakesAndKeepsToAllRules(String name) {
    Overlay overlay = Overlay.build(name);

    assertThat(overlay.nodes()).isNotEmpty();
    assertThat(Rules.broken(overlay)).isEmpty();
  }

  @Test
  void theImageIsTheOneThatThisBuildMakes() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(Overlay.build("single").nodes())
        .extracting(it -> it.kafka().getImage())
        .containsOnly(
            "kafka-pod:%s-%s".formatted(between(pom, "version"), between(pom, "kafka.version")));
  }

  private static String between(String pom, String tag) {
    int from = pom.indexOf("<" + tag + ">", pom.indexOf("<artifactId>kafka-pod-parent<"));
    return pom.substring(from + tag.length() + 2, pom.indexOf("</", from));
  }

  @Test
  void fieldsThatKubernetesDoesNotKnowAreNamed() {
    assertThatThrownBy(
            () ->
                KubernetesModel.read(
                    """
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: kafka
                    spec:
                      publishUnreadyAddresses: true
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: kafka-cluster
                    data:
                      KAFKA_POD_BOOTSTRAP: true
                    ---
                    apiVersion: policy/v1beta1
                    kind: PodDisruptionBudget
                    metadata:
                      name: kafka
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .satisfiesExactly(
                        it ->
                            assertThat(it)
                                .startsWith(
                                    "v1 Service kafka: must be what Kubernetes takes, got: Unrecognized field \"publishUnreadyAddresses\""),
                        it ->
                            assertThat(it)
                                .startsWith(
                                    "v1 ConfigMap kafka-cluster: must be what Kubernetes takes, got: Cannot coerce Boolean value"),
                        it ->
                            assertThat(it)
                                .isEqualTo(
                                    "policy/v1beta1 PodDisruptionBudget kafka: must be one of the kinds that have rules (apps/v1 StatefulSet, policy/v1 PodDisruptionBudget, v1 ConfigMap, v1 Namespace, v1 Service); correct it, or add it and its rules")));
  }
}
