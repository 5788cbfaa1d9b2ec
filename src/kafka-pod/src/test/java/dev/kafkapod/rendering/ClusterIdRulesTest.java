package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.MetadataLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterIdRulesTest {

  private static final Pattern IN_MANIFESTS = Pattern.compile("CLUSTER_ID[=:]\\s*([\\w-]{22})");

  private static List<String> problems(String id, Directory... directories) {
    Request request = Requests.of("", "", Map.of(), "kafka-1");
    return Requests.broken(
        ClusterIdRules.RULES,
        Requests.input(Requests.ofCluster(id, request), Optional.empty(), directories));
  }

  /** Whoever copies an overlay or the guide is told that the id is to be their own. */
  @Test
  void knowsEveryIdOfTheManifestsAndTheDocs() throws IOException {
    for (String folder : List.of("deploy", "docs", "README.md", "config-templates")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          IN_MANIFESTS
              .matcher(Files.readString(file))
              .results()
              .forEach(
                  it -> assertThat(ClusterIdRules.EXAMPLES).as("%s", file).contains(it.group(1)));
        }
      }
    }
  }

  @Test
  void anIdThatADiskHasIsThereForGood() {
    Directory disk =
        new Directory(
            "/data",
            true,
            new Directory.Formatted(
                Optional.of("my-kafka"),
                OptionalInt.of(1),
                Optional.empty(),
                Directory.Usage.NONE,
                MetadataLog.ABSENT));

    assertThat(problems("my-kafka", disk)).isEmpty();
    assertThat(problems("my-kafka")).hasSize(1);
    assertThat(problems("9dJzdGvfTPaCY4e8klXaDQ", disk)).hasSize(1);
  }

  @Test
  void takesWhatKafkasOwnToolMakes() {
    for (int i = 0; i < 100; i++) {
      assertThat(problems(org.apache.kafka.common.Uuid.randomUuid().toString())).isEmpty();
    }
  }
}
