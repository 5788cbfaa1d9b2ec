package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaDistribution;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods' settings are ones that the very Kafka of the image takes. */
@Tag("tools")
class DeployedPodsIT {

  @TempDir Path temporary;

  /** One for each StatefulSet: what differs between its pods, Kafka doesn't judge. */
  static List<Nodes.Pod> pods() {
    return Overlay.shipped().stream()
        .flatMap(it -> Overlay.build(it).nodes().stream())
        .map(it -> it.pods().get(0))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void kafkaTakesThem(Nodes.Pod pod) throws IOException {
    Files.createSymbolicLink(temporary.resolve("libs"), KafkaDistribution.of("4.3.1").directory());
    KafkaPodCli render = KafkaPodCli.packaged().with("KAFKA_HOME", temporary.toString());
    for (Map.Entry<String, String> variable : pod.environment().entrySet()) {
      render = render.with(variable.getKey(), variable.getValue());
    }

    KafkaPodCli.Result result = render.run("render", "--check");

    // whoever applies an overlay is to make an id of his own, and is told so
    assertThat(result.err().lines())
        .allMatch(line -> line.contains("KAFKA_POD_CLUSTER_ID") && line.contains("of an example"));
    assertThat(result.exitCode()).as("%s", result).isZero();
  }
}
