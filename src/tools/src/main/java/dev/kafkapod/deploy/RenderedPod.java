package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.cli.KafkaPod;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A pod and the server.properties that its environment makes of the templates.
 *
 * @param said what was said on standard error, but that Kafka wasn't asked, and that the cluster's
 *     id is an example's
 */
record RenderedPod(Nodes.Pod pod, int exitCode, List<String> said, Properties settings) {

  private static final String NOT_ASKED =
      "kafka-pod render: warning: Kafka itself was not asked about these settings";

  /** Whoever deploys an overlay is to choose an id. */
  private static final String EXAMPLE = "is that of an example";

  static RenderedPod render(Nodes.Pod pod) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try {
      Path to = Files.createTempDirectory("rendered");
      int code =
          KafkaPod.run(
              new String[] {
                "render",
                "--templates=config-templates",
                "--mounted-dir=" + to.resolve("none"),
                "--pod-info=" + to.resolve("none"),
                "--hosts-file=" + to.resolve("none"),
                "--render-to=" + to
              },
              pod.environment(),
              false,
              new PrintWriter(out, true),
              new PrintWriter(err, true));
      Properties settings = new Properties();
      Path file = to.resolve("server.properties");
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file)) {
          settings.load(reader);
        }
      }
      for (Path each : List.of(to.toFile().listFiles()).stream().map(it -> it.toPath()).toList()) {
        Files.delete(each);
      }
      Files.delete(to);
      List<String> said =
          err.toString()
              .lines()
              .filter(it -> !it.startsWith(NOT_ASKED) && !it.contains(EXAMPLE))
              .toList();
      return new RenderedPod(pod, code, said, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void isValid() {
    assertThat(said).as("%s: what kafka-pod render says", pod).isEmpty();
    assertThat(exitCode).as("%s: kafka-pod render's exit code", pod).isZero();
  }

  String get(String key) {
    return settings.getProperty(key, "");
  }

  boolean isController() {
    return get("process.roles").contains("controller");
  }

  List<String> list(String key) {
    return Arrays.stream(get(key).split(",")).filter(it -> !it.isEmpty()).toList();
  }

  /** HOST:PORT of an advertised listener. */
  String advertised(String listener) {
    return list("advertised.listeners").stream()
        .filter(it -> it.startsWith(listener + "://"))
        .map(it -> it.substring(listener.length() + 3))
        .findFirst()
        .orElse("none");
  }

  /** HOST:PORT of this controller among the voters. */
  String voter() {
    return list("controller.quorum.voters").stream()
        .filter(it -> it.startsWith(get("node.id") + "@"))
        .map(it -> it.substring(it.indexOf('@') + 1))
        .findFirst()
        .orElse("none");
  }

  /** The ports that it binds. */
  List<Integer> bound() {
    return list("listeners").stream()
        .map(it -> Integer.valueOf(it.substring(it.lastIndexOf(':') + 1)))
        .sorted()
        .toList();
  }

  /** How others reach it: brokers as brokers, controllers as voters. */
  String reachedAt() {
    return isController() ? voter() : advertised("INTERNAL");
  }
}
