package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class PodEventTest {

  private static final String POD =
      """
      {"type": "%s", "object": {
        "metadata": {"name": "kafka-2", "namespace": "ns", "uid": "u1", %s
          "labels": {"controller-revision-hash": "kafka-1"},
          "ownerReferences": [{"kind": "%s", "name": "kafka"}]},
        "status": {
          "conditions": [{"type": "Initialized", "status": "True"}, {"type": "Ready", "status": "%s"}],
          "containerStatuses": [{"restartCount": 3, "state": {%s}}]}}}
      """;

  private static PodEvent event(String... with) throws JsonProcessingException {
    return PodEvent.of(Kubectl.JSON.readTree(POD.formatted((Object[]) with)), 7).orElseThrow();
  }

  @Test
  void readsARunningPod() throws JsonProcessingException {
    assertThat(event("ADDED", "", "StatefulSet", "True", "\"running\": {}"))
        .isEqualTo(
            new PodEvent(
                7, "ns/kafka", "kafka-2", "u1", "kafka-1", false, false, true, true, 3, ""));
  }

  @Test
  void readsOneThatCrashLoopsWhileItIsDeleted() throws JsonProcessingException {
    assertThat(
            event(
                "MODIFIED",
                "\"deletionTimestamp\": \"2026-11-24T14:00:00Z\",",
                "StatefulSet",
                "False",
                "\"waiting\": {\"reason\": \"CrashLoopBackOff\"}"))
        .isEqualTo(
            new PodEvent(
                7,
                "ns/kafka",
                "kafka-2",
                "u1",
                "kafka-1",
                true,
                false,
                false,
                false,
                3,
                "CrashLoopBackOff"));
  }

  @Test
  void readsOneThatIsGone() throws JsonProcessingException {
    assertThat(event("DELETED", "", "StatefulSet", "False", "").gone()).isTrue();
    assertThat(event("DELETED", "", "StatefulSet", "False", "").stays()).isFalse();
  }

  @Test
  void otherPodsAreNobodysBusiness() throws JsonProcessingException {
    assertThat(PodEvent.of(Kubectl.JSON.readTree(POD.formatted("ADDED", "", "Job", "True", "")), 7))
        .isEmpty();
  }
}
