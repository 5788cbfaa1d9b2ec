package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlay of one's own that the guide shows, beside a copy of {@code deploy}. */
class GuideOverlayTest {

  @Test
  void buildsWithTheImageAndTheClusterIdThatItSays(@TempDir Path directory) throws IOException {
    Trees.copy(Path.of("deploy"), directory.resolve("deploy"));
    Path mine = Files.createDirectory(directory.resolve("my-kafka"));
    Files.write(mine.resolve("kustomization.yaml"), shown());

    assertThat(Kustomize.build(mine).lines())
        .contains("        image: registry.example.com/kafka-pod:1")
        .contains("  KAFKA_POD_CLUSTER_ID: kZ1nCz8fQ3-8tN2b8Q5nLg")
        .noneMatch(line -> line.contains("image: kafka-pod:"));
  }

  private static List<String> shown() throws IOException {
    List<String> guide = Files.readAllLines(Path.of("docs/guide.md"));
    int begin = guide.indexOf("```yaml") + 1;
    List<String> rest = guide.subList(begin, guide.size());
    return rest.subList(0, rest.indexOf("```"));
  }
}
