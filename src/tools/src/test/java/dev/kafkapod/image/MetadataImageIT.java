package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the image says of itself, to those who run it. */
@Tag("image")
@Tag("everyday")
class MetadataImageIT {

  private static JsonNode config;

  @BeforeAll
  static void inspect() throws IOException {
    BuiltImage.requireEngine();
    String image = BuiltImage.get().asCanonicalNameString();
    config =
        new ObjectMapper()
            .readTree(
                BuiltImage.run(
                    List.of("docker", "image", "inspect", "--format", "{{json .Config}}", image)));
  }

  @Test
  void plainDockerAsksWhetherTheBrokerHasStartedAndThenWhetherItLives() {
    JsonNode check = config.path("Healthcheck");

    assertThat(check.path("Test"))
        .extracting(JsonNode::asText)
        .containsExactly("CMD", "/opt/kafka-pod/bin/kafka-pod-probe", "healthy");
    assertThat(Duration.ofNanos(check.path("Interval").asLong())).isEqualTo(Duration.ofSeconds(10));
    assertThat(Duration.ofNanos(check.path("Timeout").asLong())).isEqualTo(Duration.ofSeconds(10));
    // no recovery of logs is so long that a container counts as unhealthy for it
    assertThat(Duration.ofNanos(check.path("StartPeriod").asLong()))
        .isEqualTo(Duration.ofHours(24));
    assertThat(check.path("Retries").asInt()).isEqualTo(3);
  }

  @Test
  void saysWhatItIsInTheLabelsOfOci() {
    String kafka = System.getProperty("kafkapod.kafka.version");
    Map<String, Object> labels =
        new ObjectMapper().convertValue(config.path("Labels"), new MapOfLabels());

    assertThat(labels)
        .contains(
            entry("org.opencontainers.image.title", "kafka-pod"),
            entry("org.opencontainers.image.licenses", "Apache-2.0"),
            entry(
                "org.opencontainers.image.version",
                System.getProperty("kafkapod.version") + "-" + kafka),
            entry("dev.kafkapod.kafka.version", kafka))
        .containsKeys(
            "org.opencontainers.image.description",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.base.name");
  }

  @Test
  void isRunByANumberInGroupZeroAndWantsAVolumeForItsData() {
    assertThat(config.path("User").asText()).isEqualTo("1000:0");
    assertThat(config.path("Volumes").fieldNames())
        .toIterable()
        .containsExactly("/var/lib/kafka/data");
    assertThat(config.path("Entrypoint"))
        .extracting(JsonNode::asText)
        .containsExactly("/opt/kafka-pod/bin/entrypoint");
    assertThat(config.path("Cmd")).extracting(JsonNode::asText).containsExactly("start");
  }

  private static final class MapOfLabels
      extends com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>> {}
}
