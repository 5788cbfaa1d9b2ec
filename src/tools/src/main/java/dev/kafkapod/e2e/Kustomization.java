package dev.kafkapod.e2e;

import java.util.Map;

/**
 * Names what an overlay can't know: the namespace, the image, the node, and what an old server
 * doesn't take.
 */
final class Kustomization {

  private Kustomization() {}

  /**
   * A kustomization.yaml on top of an overlay.
   *
   * @param overlay where it is, as seen from the file
   * @param image with its tag
   */
  static String text(String overlay, String namespace, String image, Server server) {
    int colon = image.lastIndexOf(':');
    boolean tagged = colon > image.lastIndexOf('/');
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: %s
            resources:
              - %s
            images:
              - name: kafka-pod
                newName: %s
                newTag: "%s"
            patches:
            """
                .formatted(
                    namespace,
                    overlay,
                    tagged ? image.substring(0, colon) : image,
                    tagged ? image.substring(colon + 1) : "latest"));
    // a local image of a tag that looks movable would be asked for at a registry
    add(
        text,
        "StatefulSet",
        "add",
        "/spec/template/spec/containers/0/imagePullPolicy",
        "IfNotPresent");
    add(
        text,
        "StatefulSet",
        "add",
        "/spec/template/spec/nodeSelector",
        Map.of("kubernetes.io/hostname", server.node()));
    if (!server.knowsProbesGracePeriod()) {
      add(
          text,
          "StatefulSet",
          "remove",
          "/spec/template/spec/containers/0/livenessProbe/terminationGracePeriodSeconds",
          null);
    }
    if (!server.policyVersion().equals("policy/v1")) {
      add(text, "PodDisruptionBudget", "replace", "/apiVersion", server.policyVersion());
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String kind, String op, String path, Object value) {
    text.append("  - target:\n      kind: ").append(kind).append("\n    patch: |-\n");
    text.append("      - op: ").append(op).append("\n        path: ").append(path).append('\n');
    if (value instanceof Map<?, ?> map) {
      text.append("        value:\n");
      map.forEach(
          (name, it) ->
              text.append("          ").append(name).append(": ").append(it).append('\n'));
    } else if (value != null) {
      text.append("        value: ").append(value).append('\n');
    }
  }
}
