package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KustomizationTest {

  @Test
  void namesNamespaceImageAndNode() {
    assertThat(
            Kustomization.text(
                "../x/e2e", "try", "host:5000/kafka-pod:1", new Server(34, "node1", true)))
        .isEqualTo(
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: try
            resources:
              - ../x/e2e
            images:
              - name: kafka-pod
                newName: host:5000/kafka-pod
                newTag: "1"
            patches:
              - target:
                  kind: StatefulSet
                patch: |-
                  - op: add
                    path: /spec/template/spec/containers/0/imagePullPolicy
                    value: IfNotPresent
              - target:
                  kind: StatefulSet
                patch: |-
                  - op: add
                    path: /spec/template/spec/nodeSelector
                    value:
                      kubernetes.io/hostname: node1
            """);
  }

  @Test
  void leavesOutWhatAnOldServerDoesNotTake() {
    assertThat(Kustomization.text("x", "try", "host:5000/kafka-pod", new Server(20, "n", false)))
        .contains("newName: host:5000/kafka-pod\n    newTag: \"latest\"")
        .endsWith(
            """
              - target:
                  kind: StatefulSet
                patch: |-
                  - op: remove
                    path: /spec/template/spec/containers/0/livenessProbe/terminationGracePeriodSeconds
              - target:
                  kind: PodDisruptionBudget
                patch: |-
                  - op: replace
                    path: /apiVersion
                    value: policy/v1beta1
            """);
  }
}
