package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ServerTest {

  private static final String NODES =
      """
      {"items": [
        {"metadata": {"name": "control"}, "spec": {"taints": [{"effect": "NoSchedule"}]},
         "status": {"conditions": [{"type": "Ready", "status": "True"}]}},
        {"metadata": {"name": "down"}, "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}},
        {"metadata": {"name": "drained"}, "spec": {"unschedulable": true},
         "status": {"conditions": [{"type": "Ready", "status": "True"}]}},
        {"metadata": {"name": "node1"}, "status": {"conditions": [
          {"type": "DiskPressure", "status": "False"}, {"type": "Ready", "status": "True"}]}}]}
      """;
  private static final String CLASSES =
      """
      {"items": [{"metadata": {"name": "x", "annotations":
        {"storageclass.kubernetes.io/is-default-class": "true"}}}]}
      """;

  private static JsonNode json(String text) {
    try {
      return Kubectl.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Server server(String minor, String classes, String node) {
    return Server.of(
        json("{\"serverVersion\": {\"major\": \"1\", \"minor\": \"%s\"}}".formatted(minor)),
        json(NODES),
        json(classes),
        node);
  }

  @Test
  void anOldServerHasTheOldApis() {
    Server old = server("20", "{\"items\": []}", "");

    assertThat(old).isEqualTo(new Server(20, "node1", false));
    assertThat(old.policyVersion()).isEqualTo("policy/v1beta1");
    assertThat(old.knowsProbesGracePeriod()).isFalse();
  }

  @Test
  void aNewServerHasTheNewOnes() {
    Server recent = server("34+", CLASSES, "control");

    assertThat(recent).isEqualTo(new Server(34, "control", true));
    assertThat(recent.policyVersion()).isEqualTo("policy/v1");
    assertThat(recent.knowsProbesGracePeriod()).isTrue();
  }

  @Test
  void withoutANodeItCantBeRun() {
    assertThatThrownBy(() -> server("34", CLASSES, "node9"))
        .isInstanceOf(CouldNotRun.class)
        .hasMessage("there is no node 'node9'; kubectl get nodes shows them");
    assertThatThrownBy(() -> Server.of(json("{}"), json("{}"), json("{}"), ""))
        .isInstanceOf(CouldNotRun.class)
        .hasMessage("the server doesn't say which version it has");
    assertThatThrownBy(
            () ->
                Server.of(
                    json("{\"serverVersion\": {\"minor\": \"34\"}}"), json("{}"), json("{}"), ""))
        .isInstanceOf(CouldNotRun.class)
        .hasMessage(
            "no node is ready and takes pods without tolerations; kubectl get nodes shows them");
  }
}
