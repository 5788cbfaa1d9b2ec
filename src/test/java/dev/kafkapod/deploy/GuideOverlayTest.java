package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlay of one's own that the guide shows, beside a copy of {@code deploy}. */
class GuideOverlayTest {

  private static final Path DEPLOY = Path.of("deploy");

  @Test
  void buildsWithTheImageAndTheClusterIdThatItSays(@TempDir Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve("deploy").resolve(DEPLOY.relativize(file).toString()));
      }
    }
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
