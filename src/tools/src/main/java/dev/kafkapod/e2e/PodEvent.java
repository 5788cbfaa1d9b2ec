package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How a StatefulSet's pod looked when the API server told of it.
 *
 * @param atMillis since the epoch, by the clock of the one who watches
 * @param set the StatefulSet, with its namespace: {@code kafka-pod-e2e/kafka}
 * @param pod its name
 * @param uid which of the pods that have had this name
 * @param revision of the template that it was made from
 * @param terminating whether it has been deleted and still runs
 * @param gone whether it is no more
 * @param ready what its readiness probe said last
 * @param running whether its container runs
 * @param restarts how often its container has been started again
 * @param waiting why its container doesn't run, such as CrashLoopBackOff; empty if it does
 */
record PodEvent(
    long atMillis,
    String set,
    String pod,
    String uid,
    String revision,
    boolean terminating,
    boolean gone,
    boolean ready,
    boolean running,
    int restarts,
    String waiting) {

  /**
   * Reads an event of {@code kubectl get pods --watch --output-watch-events}.
   *
   * @return empty if the pod is no StatefulSet's
   */
  static Optional<PodEvent> of(JsonNode event, long atMillis) {
    JsonNode pod = event.path("object");
    JsonNode owner = pod.path("metadata").path("ownerReferences").path(0);
    if (!owner.path("kind").asText().equals("StatefulSet")) {
      return Optional.empty();
    }
    JsonNode metadata = pod.path("metadata");
    JsonNode container = pod.path("status").path("containerStatuses").path(0);
    return Optional.of(
        new PodEvent(
            atMillis,
            metadata.path("namespace").asText() + "/" + owner.path("name").asText(),
            metadata.path("name").asText(),
            metadata.path("uid").asText(),
            metadata.path("labels").path("controller-revision-hash").asText(),
            metadata.has("deletionTimestamp"),
            event.path("type").asText().equals("DELETED"),
            Kubectl.isReady(pod),
            container.path("state").has("running"),
            container.path("restartCount").asInt(),
            container.path("state").path("waiting").path("reason").asText()));
  }

  /** Whether the pod serves as far as Kubernetes can tell by its life, whatever its probe says. */
  boolean stays() {
    return !terminating && !gone;
  }
}
