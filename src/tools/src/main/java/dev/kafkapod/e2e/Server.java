package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the Kubernetes at hand is.
 *
 * @param minor of its version: 20 for 1.20
 * @param node on which everything is to run
 * @param provisions whether volumes come by themselves: there is a default StorageClass
 */
record Server(int minor, String node, boolean provisions) {

  /** The API of PodDisruptionBudgets and evictions: v1 since 1.21 and 1.22. */
  String policyVersion() {
    return minor >= 22 ? "policy/v1" : "policy/v1beta1";
  }

  /** Probes' own grace periods are taken since 1.22 (beta), and unknown before. */
  boolean knowsProbesGracePeriod() {
    return minor >= 22;
  }

  /**
   * Reads what kubectl says.
   *
   * @param wantedNode empty for the first that is ready
   * @throws CouldNotRun if there is no such node
   */
  static Server of(JsonNode version, JsonNode nodes, JsonNode storageClasses, String wantedNode) {
    String minor = version.path("serverVersion").path("minor").asText().replaceAll("\\D", "");
    if (minor.isEmpty()) {
      throw new CouldNotRun("the server doesn't say which version it has");
    }
    boolean provisions = false;
    for (JsonNode storageClass : storageClasses.path("items")) {
      provisions |=
          storageClass
              .path("metadata")
              .path("annotations")
              .path("storageclass.kubernetes.io/is-default-class")
              .asText()
              .equals("true");
    }
    for (JsonNode node : nodes.path("items")) {
      String name = node.path("metadata").path("name").asText();
      if (wantedNode.isEmpty() ? isReady(node) : name.equals(wantedNode)) {
        return new Server(Integer.parseInt(minor), name, provisions);
      }
    }
    throw new CouldNotRun(
        wantedNode.isEmpty()
            ? "no node is ready and takes pods without tolerations; kubectl get nodes shows them"
            : "there is no node '%s'; kubectl get nodes shows them".formatted(wantedNode));
  }

  private static boolean isReady(JsonNode node) {
    for (JsonNode taint : node.path("spec").path("taints")) {
      if (taint.path("effect").asText().startsWith("No")) {
        return false;
      }
    }
    return Kubectl.isReady(node) && !node.path("spec").path("unschedulable").asBoolean();
  }
}
