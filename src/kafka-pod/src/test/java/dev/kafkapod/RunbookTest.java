package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Pages;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The runbook's form. {@code RunbookIT} runs what runs in pods, on real brokers; the other kubectl
 * commands are run by {@code scripts/e2e-kubernetes}, because there is no Kubernetes here.
 */
class RunbookTest {

  private static final Path RUNBOOK = Path.of("docs/runbook.md");
  private static final List<Command> COMMANDS = ShownCommands.in(RUNBOOK);

  private static final Pattern KUBECTL =
      Pattern.compile(
          "kubectl -n kafka ("
              + "get pods -o wide"
              + "|get pod kafka-\\d -o jsonpath=\\{\\S+}"
              + "|logs kafka-\\d -c kafka (--tail=\\d+|--since=\\d+h)"
              + "|rollout status statefulset/kafka --timeout=60s"
              + "|delete pod kafka-\\d"
              + "|delete pvc data-kafka-\\d --wait=false"
              + "|delete configmap kafka-pod-override"
              + "|create configmap kafka-pod-override --from-file=readiness"
              + "|wait --for=delete pod/kafka-\\d --timeout=15m"
              + "|scale statefulset kafka(-controller)? --replicas=\\d"
              + ")");

  @Test
  void everyCommandIsOneThatSomebodyRuns() {
    assertThat(COMMANDS).hasSizeGreaterThan(30);
    assertThat(COMMANDS)
        .filteredOn(command -> command.pod().isEmpty())
        .allSatisfy(command -> assertThat(command.text()).matches(KUBECTL));
    assertThat(COMMANDS)
        .filteredOn(command -> command.pod().isPresent())
        .allSatisfy(command -> assertThat(command.inPod()).matches(ShownCommands.POD_HAS));
  }

  @Test
  void coversEveryIncidentAndTheTableLeadsThere() throws IOException {
    String text = Files.readString(RUNBOOK);
    List<String> anchors = Pages.anchors(RUNBOOK, "##");
    Set<String> links =
        Pattern.compile("]\\(#([^)]+)\\)")
            .matcher(text)
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toSet());

    assertThat(anchors).hasSize(13);
    assertThat(links).containsExactlyInAnyOrderElementsOf(anchors);
  }

  @Test
  void everyOverrideHasAnEndAReasonAndAName() {
    assertThat(COMMANDS)
        .filteredOn(command -> command.text().contains("override set"))
        .hasSizeGreaterThan(8)
        .allSatisfy(
            command ->
                assertThat(command.text())
                    .contains(" --for ")
                    .contains(" --reason \"INC-4711 ")
                    .contains(" --by jane"));
  }
}
