package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/image registry}: the base comes from a registry, and the image goes to one. */
@Tag("image")
class RegistryImageIT {

  private static final String CONFIG =
      """
      version: 0.1
      log:
        level: error
      storage:
        filesystem:
          rootdirectory: %s
      http:
        addr: %s
      """;

  @TempDir private Path directory;
  private final String registry = "127.0.0.1:" + FreePorts.find("127.0.0.1");
  private Process process;

  @BeforeEach
  void startARegistry() throws Exception {
    BuiltImage.requireEngine();
    Tools.require("docker-registry");
    Path config = directory.resolve("config.yml");
    Files.writeString(config, CONFIG.formatted(directory.resolve("data"), registry));
    process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Await.until("a registry at " + registry, Duration.ofSeconds(30), this::status, it -> it == 200);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void takesTheBaseFromARegistryAndPushesTheSameImageEachTime() throws Exception {
    String base = registry + "/debian:12-slim";
    String image = registry + "/kafka-pod:test";
    BuiltImage.run(List.of("docker", "tag", BuiltImage.baseInTheEngine(), base));
    BuiltImage.run(List.of("docker", "push", base));

    String first = push(base, image);
    assertThat(digestOf("kafka-pod", "test")).isEqualTo(first);
    // nothing of a base that a registry has is kept, so all of it is made again
    assertThat(push(base, image)).isEqualTo(first);

    BuiltImage.run(List.of("docker", "pull", image));
    assertThat(
            BuiltImage.run(
                List.of(
                    "docker",
                    "image",
                    "inspect",
                    "--format",
                    "{{index .Config.Labels \"org.opencontainers.image.base.name\"}} {{.Config.Healthcheck.Test}}",
                    image)))
        .isEqualTo(base + " [CMD /opt/kafka-pod/bin/kafka-pod-probe healthy]\n");
    assertThat(
            BuiltImage.run(
                List.of(
                    "docker", "run", "--rm", "--network", "none", image, "kafka-pod", "--version")))
        .contains(System.getProperty("kafkapod.version"));
    BuiltImage.run(List.of("docker", "image", "rm", image, base));
  }

  private static String push(String base, String image) throws IOException {
    BuiltImage.run(
        List.of(
            "env",
            "MAVEN_OPTS=-Djib.allowInsecureRegistries=true",
            "scripts/image",
            "registry",
            "--base",
            base,
            "--name",
            image));
    String kafka = System.getProperty("kafkapod.kafka.version");
    return Files.readString(Path.of("target/image", kafka, "image.digest")).strip();
  }

  private String digestOf(String name, String tag) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://%s/v2/%s/manifests/%s".formatted(registry, name, tag)))
            .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
            .build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.discarding())
        .headers()
        .firstValue("Docker-Content-Digest")
        .orElse("none");
  }

  private int status() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry + "/v2/")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
