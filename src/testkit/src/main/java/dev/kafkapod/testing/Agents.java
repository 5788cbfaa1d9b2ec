package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The packaged agent in each broker of a cluster, with a run directory and an HTTP endpoint of its
 * own.
 */
public final class Agents {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("kafkapod.distribution", "target/kafka-pod")).toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String HOST = "127.0.0.1";

  private final Map<Integer, Path> runDirectories = new HashMap<>();
  private final Map<Integer, Integer> ports = new HashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Agents() {}

  /** The agent's jar. */
  public static Path jar() {
    return DISTRIBUTION.resolve("lib/kafka-pod-agent.jar");
  }

  /** Gives the brokers 0 to {@code brokers - 1} of a cluster to be an agent each. */
  public static Agents join(KafkaClusterBuilder cluster, int brokers) {
    Agents agents = new Agents();
    for (int id = 0; id < brokers; id++) {
      agents.join(id, cluster);
    }
    return agents;
  }

  /** Gives one more node, perhaps a controller, an agent. */
  public void join(int node, KafkaClusterBuilder cluster) {
    try {
      runDirectories.put(node, Files.createTempDirectory("kafka-pod-run-" + node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ports.put(node, FreePorts.find(HOST));
    cluster
        .brokerJvmOptions(node, "-javaagent:" + jar())
        .brokerEnvironment(node, "KAFKA_POD_RUN_DIR", runDirectory(node).toString())
        .brokerEnvironment(node, "KAFKA_POD_HTTP", HOST + ":" + port(node));
  }

  /** Where a broker's agent leaves its verdict. */
  public Path runDirectory(int broker) {
    return runDirectories.get(broker);
  }

  /** What a broker's agent answers to GET; an error where it doesn't answer. */
  public HttpResponse<String> get(int broker, String path) throws IOException {
    return send(broker, HttpRequest.newBuilder(uri(broker, path)));
  }

  /** The answer to any other request; its URI is replaced. */
  public HttpResponse<String> send(int broker, HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The address of a page. */
  public URI uri(int broker, String path) {
    return URI.create("http://%s:%d%s".formatted(HOST, ports.get(broker), path));
  }

  /** The port on 127.0.0.1. */
  public int port(int broker) {
    return ports.get(broker);
  }

  /** Waits until a broker's agent says something of its readiness, and returns that line. */
  public String awaitReadyz(int broker, String what, Predicate<String> expected) {
    return Await.until(
        "broker " + broker + " to say " + what, LIMIT, () -> readyz(broker), expected);
  }

  /** Waits until a broker is ready. */
  public String awaitReady(int broker) {
    return awaitReadyz(broker, "ready", line -> line.startsWith("ready: "));
  }

  /** Waits until a broker is ready by what is so now, not by a verdict that is kept. */
  public String awaitReadyByANewVerdict(int broker) {
    return awaitReadyz(
        broker,
        "ready, and not by an old verdict",
        line -> line.startsWith("ready: ") && !line.contains("the state is unknown"));
  }

  /** What a broker's agent says of its readiness. */
  public String readyz(int broker) throws IOException {
    return get(broker, "/readyz").body().strip();
  }

  /** Takes down what agents say of their brokers' readiness until all say what is expected. */
  public List<String> readyzUntil(
      String what, Duration limit, List<Integer> brokers, Predicate<String> expected) {
    List<String> said = new ArrayList<>();
    Await.until(
        what,
        limit,
        () -> {
          List<String> now = new ArrayList<>();
          for (int broker : brokers) {
            now.add(readyz(broker));
          }
          said.addAll(now);
          return now;
        },
        now -> now.stream().allMatch(expected));
    return said;
  }

  /** The probe, as Kubernetes would exec it in the broker's container. */
  public KafkaPodCli probe(KafkaNode broker) {
    return KafkaPodCli.program(DISTRIBUTION.resolve("bin/kafka-pod-probe"))
        .with("KAFKA_POD_RUN_DIR", runDirectory(broker.id()).toString())
        .with("KAFKA_POD_PID", String.valueOf(broker.pid()));
  }
}
