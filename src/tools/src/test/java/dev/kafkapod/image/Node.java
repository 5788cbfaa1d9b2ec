package dev.kafkapod.image;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker's container on the host's network, locked down as far as Kubernetes can lock one down:
 * read-only root, no capabilities, a user id that nobody has heard of.
 */
final class Node extends GenericContainer<Node> {

  /** In no /etc/passwd. */
  static final String USER = "12345";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String HOST = "127.0.0.1";

  private final String volume = "kafka-pod-test-" + java.util.UUID.randomUUID();

  Node(DockerImageName image) {
    super(image);
    withNetworkMode("host");
    withEnv("KAFKA_POD_HTTP", HOST + ":" + FreePorts.find(HOST));
    withEnv("KAFKA_HEAP_OPTS", "-Xms256m -Xmx256m");
    // what the ten seconds of production are for, other tests show
    withEnv("KAFKA_POD_STABLE_FOR", "1s");
    // all waiting is the tests' own
    withStartupCheckStrategy(new NoCheck());
    setWaitStrategy(null);
    withCreateContainerCmdModifier(
        command ->
            command
                .withUser(USER)
                .getHostConfig()
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withTmpFs(Map.of("/run/kafka-pod", "mode=1777", "/tmp", "mode=1777"))
                .withBinds(new Bind(volume, new Volume("/var/lib/kafka/data"), AccessMode.rw)));
  }

  /** One node that is its own controller, on free ports, told as the apache/kafka image is told. */
  Node alone(int port) {
    int controller = FreePorts.find(HOST);
    return withEnv("KAFKA_NODE_ID", "1")
        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
        .withEnv(
            "KAFKA_LISTENERS",
            "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controller))
        .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://%s:%d".formatted(HOST, port))
        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@%s:%d".formatted(HOST, controller))
        .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1");
  }

  /** Runs a command in it, as kubectl exec would. */
  ExecResult exec(String... command) {
    try {
      return execInContainer(command);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same for a line of shell; returns what it printed, both streams. */
  String shell(String line) {
    ExecResult result = exec("sh", "-c", line);
    return (result.getStdout() + result.getStderr()).strip();
  }

  /** Waits until its probe says yes; returns the line. */
  String awaitReady() {
    return Await.until(
            "the probe to say ready",
            LIMIT,
            () -> exec("kafka-pod-probe", "ready"),
            result -> result.getExitCode() == 0 || !isRunning(),
            this::getLogs)
        .getStdout()
        .strip();
  }

  /** What Docker says of its health: starting, healthy or unhealthy. */
  String health() {
    return getDockerClient()
        .inspectContainerCmd(getContainerId())
        .exec()
        .getState()
        .getHealth()
        .getStatus();
  }

  /** Sends SIGTERM, waits for the end, and returns the exit code; the container stays. */
  long terminate() {
    getDockerClient().stopContainerCmd(getContainerId()).withTimeout(60).exec();
    return awaitExit();
  }

  /** Starts it again, with what it had. */
  void startAgain() {
    getDockerClient().startContainerCmd(getContainerId()).exec();
  }

  /** Waits for its end, and returns the exit code. */
  long awaitExit() {
    return Await.until(
            "the container to end",
            LIMIT,
            () -> getDockerClient().inspectContainerCmd(getContainerId()).exec().getState(),
            state -> !Boolean.TRUE.equals(state.getRunning()),
            this::getLogs)
        .getExitCodeLong();
  }

  /** Removes it and its data. */
  @Override
  public void close() {
    super.close();
    try {
      getDockerClient().removeVolumeCmd(volume).exec();
    } catch (com.github.dockerjava.api.exception.NotFoundException e) {
      // it never started
    }
  }

  /** The lines of its log that have this text. */
  List<String> logged(String text) {
    List<String> lines = new ArrayList<>(getLogs().lines().toList());
    lines.removeIf(line -> !line.contains(text));
    return lines;
  }

  private static final class NoCheck extends StartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(
        com.github.dockerjava.api.DockerClient dockerClient, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }
}
