package dev.kafkapod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's form. {@code GuideIT} runs what runs in pods, on real brokers. */
class GuideTest {

  private static final List<Command> COMMANDS = ShownCommands.in(Path.of("docs/guide.md"));

  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "kubectl label node( node-\\d)+ dedicated=kafka"
              + "|kubectl taint node( node-\\d)+ dedicated=kafka:NoSchedule"
              + "|kubectl (--context \\w+ )?apply -k \\S+"
              + "|kubectl -n kafka rollout status statefulset/kafka(-controller)? --timeout=\\d+m"
              + "|kubectl -n kafka get pods -o wide"
              + "|scripts/image registry --name \\S+"
              + "|target/kafka-pod/bin/kafka-pod can-stop .+");

  @Test
  void everyCommandIsOneThatSomebodyRuns() {
    assertThat(COMMANDS).hasSizeGreaterThan(30);
    assertThat(COMMANDS)
        .filteredOn(command -> command.pod().isEmpty())
        .allSatisfy(command -> assertThat(command.text()).matches(ELSEWHERE));
    assertThat(COMMANDS)
        .filteredOn(command -> command.pod().isPresent())
        .hasSizeGreaterThan(15)
        .allSatisfy(command -> assertThat(command.inPod()).matches(ShownCommands.POD_HAS));
  }

  @Test
  void everyOverlayThatIsAppliedIsThere() {
    assertThat(COMMANDS)
        .filteredOn(command -> command.text().matches(".* -k deploy/.*"))
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            command ->
                assertThat(Path.of(command.text().replaceFirst(".* -k ", "")))
                    .isDirectoryContaining("glob:**kustomization.yaml"));
  }

  @Test
  void theImageScriptKnowsWhatItIsCalledWith() throws Exception {
    assertThat(Files.readString(Path.of("scripts/image")))
        .contains("# image [tar|daemon|registry]")
        .contains("[--name NAME]");
  }
}
