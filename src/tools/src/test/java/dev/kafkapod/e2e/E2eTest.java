package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class E2eTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return E2e.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  @Test
  void helpListsOptionsAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "--part=PART", "rollout, evict, runbook, two, crash, all", "--namespace", "--context")
        .contains("1   a check failed", "3   it couldn't be run");
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    assertThat(run("--image", "-x", "--namespace", "Kafka", "--load-image", "podman")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "e2e-kubernetes: --namespace: must be lower-case letters, digits and hyphens, at most 40, got 'Kafka';"
                + " --load-image: must be kind, minikube or none, got 'podman';"
                + " --image: must be an image's name, such as kafka-pod:1, got '-x'\n");
  }

  @Test
  void anUnknownPartIsWrongUse() {
    assertThat(run("--image", "x", "--part", "some")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("e2e-kubernetes: Invalid value for option '--part'")
        .endsWith("; --help lists what there is\n");
  }

  @Test
  void anImageIsNeeded() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "e2e-kubernetes: Missing required option: '--image=IMAGE'; --help lists what there is\n");
  }
}
