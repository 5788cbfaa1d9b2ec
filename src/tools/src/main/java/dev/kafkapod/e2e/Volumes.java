package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives the pods' claims directories of the node, where the cluster has nothing that does. */
final class Volumes {

  /** On the node; below it a directory for each namespace. */
  private static final String PARENT = "/var/lib/kafka-pod-e2e";

  private final Kubectl kubectl;
  private final Server server;
  private final String image;
  private final String namespace;
  private final Set<String> made = new HashSet<>();

  Volumes(Kubectl kubectl, Server server, String image, String namespace) {
    this.kubectl = kubectl;
    this.server = server;
    this.image = image;
    this.namespace = namespace;
  }

  /** Makes a volume for each claim that waits for one. */
  void provide() {
    if (server.provisions()) {
      return;
    }
    StringBuilder directories = new StringBuilder();
    ObjectNode list = Kubectl.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    for (JsonNode claim : kubectl.json("-n", namespace, "get", "pvc").path("items")) {
      String uid = claim.path("metadata").path("uid").asText();
      if (claim.path("status").path("phase").asText().equals("Pending") && made.add(uid)) {
        // a claim made again gets another directory: the old one's disk is lost
        String directory = claim.path("metadata").path("name").asText() + "-" + made.size();
        directories.append(" /host/").append(namespace).append('/').append(directory);
        list.withArray("items").add(volume(directory, claim));
      }
    }
    if (!directories.isEmpty()) {
      // brokers aren't root, and Kubernetes gives them no right to a node's directory
      onTheNode("make-" + made.size(), "mkdir -p" + directories + " && chmod 0777" + directories);
      kubectl.must(Kubectl.USUALLY, list.toString(), List.of("apply", "-f", "-"));
    }
  }

  private ObjectNode volume(String directory, JsonNode claim) {
    ObjectNode volume = Kubectl.JSON.createObjectNode();
    volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
    volume
        .putObject("metadata")
        .put("name", namespace + "-" + directory)
        .putObject("labels")
        .put(Stage.LABEL, namespace);
    ObjectNode spec = volume.putObject("spec");
    spec.putObject("capacity")
        .put(
            "storage",
            claim.path("spec").path("resources").path("requests").path("storage").asText());
    spec.putArray("accessModes").add("ReadWriteOnce");
    spec.put("persistentVolumeReclaimPolicy", "Retain");
    spec.put("storageClassName", "");
    spec.putObject("claimRef")
        .put("namespace", namespace)
        .put("name", claim.path("metadata").path("name").asText());
    spec.putObject("hostPath").put("path", PARENT + "/" + namespace + "/" + directory);
    return volume;
  }

  /** Removes the volumes and what was on them. */
  void remove() {
    if (!made.isEmpty()) {
      onTheNode("remove", "rm -rf /host/" + namespace);
      kubectl.must("delete", "pv", "--wait=false", "-l", Stage.LABEL + "=" + namespace);
    }
  }

  private void onTheNode(String name, String command) {
    ObjectNode pod = Kubectl.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).put("namespace", namespace);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    spec.put("nodeName", server.node()).put("hostNetwork", true);
    spec.put("automountServiceAccountToken", false);
    spec.putObject("securityContext").put("runAsUser", 0);
    ObjectNode container = spec.putArray("containers").addObject().put("name", "directories");
    container.put("image", image).put("imagePullPolicy", "IfNotPresent");
    container.putArray("command").add("sh").add("-c").add(command);
    container.putArray("volumeMounts").addObject().put("name", "host").put("mountPath", "/host");
    spec.putArray("volumes")
        .addObject()
        .put("name", "host")
        .putObject("hostPath")
        .put("path", PARENT)
        .put("type", "DirectoryOrCreate");
    kubectl.must(Kubectl.USUALLY, pod.toString(), List.of("create", "-f", "-"));
    Waiting.until(
        "the pod " + name + " to end",
        Duration.ofMinutes(2),
        () -> kubectl.phase(namespace, name),
        it -> it.equals("Succeeded"));
    kubectl.must("-n", namespace, "delete", "pod", name, "--wait=false");
  }
}
