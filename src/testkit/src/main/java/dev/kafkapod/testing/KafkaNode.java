package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker, a controller or a ZooKeeper in a process of its own. */
public final class KafkaNode {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final String HOST = "127.0.0.1";
  private static final String RUNNING = "running";
  private static final String NOT_LISTENING = "refuses connections";

  /** What a node does, which decides how to tell whether it runs. */
  enum Role {
    BROKER,
    CONTROLLER,
    ZOOKEEPER
  }

  /**
   * How to run a node.
   *
   * @param name for messages, such as "broker 1"
   * @param port where clients of this kind of node connect
   * @param plaintextPort of a broker, the port of a listener that asks nobody who he is
   * @param jmxPort on 127.0.0.1
   * @param environment added to this JVM's
   */
  record Spec(
      Role role,
      String name,
      int id,
      String host,
      int port,
      int plaintextPort,
      int jmxPort,
      Path directory,
      List<String> command,
      Map<String, String> environment) {
    Spec {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  private final Spec spec;
  private volatile Process process;
  private volatile boolean paused;

  KafkaNode(Spec spec) {
    this.spec = spec;
  }

  /** Its node id (in ZooKeeper mode its broker id); a ZooKeeper has -1. */
  public int id() {
    return spec.id();
  }

  /**
   * The id of its current or last process.
   *
   * @throws IllegalStateException if it has never been started
   */
  public long pid() {
    if (process == null) {
      throw new IllegalStateException(spec.name() + " has never been started");
    }
    return process.pid();
  }

  /** The loopback address that it listens on. */
  public String host() {
    return spec.host();
  }

  /**
   * The port for clients: of a broker, its client listener; of a controller, that of the quorum.
   */
  public int port() {
    return spec.port();
  }

  /** host:port. */
  public String bootstrapServer() {
    return spec.host() + ":" + spec.port();
  }

  /** The address of its JMX server, which needs neither password nor TLS. */
  public String jmxUrl() {
    return "service:jmx:rmi:///jndi/rmi://%s:%d/jmxrmi".formatted(HOST, spec.jmxPort());
  }

  /** Everything that its processes have written to stdout and stderr: Kafka's log, mostly. */
  public Path log() {
    return spec.directory().resolve("node.log");
  }

  /** Has its configuration, its log and, in {@code data}, its log directory. */
  public Path directory() {
    return spec.directory();
  }

  /** Whether its process exists, be it paused or not. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Starts it, with the same directories and ports as the last time; returns once the process has
   * been launched.
   *
   * @throws IllegalStateException if it is alive
   */
  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(this + " is alive already");
    }
    paused = false;
    process = Reaper.get().start(spec.command(), spec.directory(), log(), spec.environment());
  }

  /**
   * Waits up to 90 s until it is up: a broker until its BrokerState is RUNNING and its listener
   * accepts connections, a controller until it knows a leader of the quorum, a ZooKeeper until it
   * says that it serves.
   *
   * @throws AssertionError if it is not up in time or its process has ended; the message has its
   *     last state and the end of its log
   */
  public void awaitRunning() {
    awaitRunning(START);
  }

  /** The same with another limit. */
  public void awaitRunning(Duration limit) {
    String state =
        Await.until(
            spec.name() + " to run",
            limit,
            this::state,
            seen -> seen.equals(RUNNING) || !isAlive(),
            this::whyNotRunning);
    if (!state.equals(RUNNING)) {
      throw new AssertionError("%s does not run: %s%n%s".formatted(this, state, logTail()));
    }
  }

  /** Ends it by SIGKILL, paused or not, and waits until it has gone; nothing happens if it has. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      awaitExit();
    }
  }

  /**
   * Ends it by SIGTERM, which for a broker means a controlled shutdown, and waits up to 60 s until
   * it has gone; nothing happens if it has.
   *
   * @throws AssertionError if it is still alive then, as when it is paused
   */
  public void stop() {
    if (process != null) {
      process.destroy();
      awaitExit();
    }
  }

  /** Sends SIGKILL without waiting. */
  void destroy() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /**
   * Freezes it by SIGSTOP: it keeps its connections and answers nothing.
   *
   * @throws IllegalStateException if it is not alive
   */
  public synchronized void pause() {
    signal("STOP");
    paused = true;
  }

  /**
   * Lets it go on after {@link #pause()}.
   *
   * @throws IllegalStateException if it is not alive
   */
  public synchronized void resume() {
    signal("CONT");
    paused = false;
  }

  /**
   * What an attribute of one of its MBeans says.
   *
   * @throws IOException if it doesn't answer within 5 s
   */
  public Object attribute(String bean, String attribute) throws IOException, InterruptedException {
    return Jmx.attribute(jmxUrl(), bean, attribute, ANSWER);
  }

  boolean isPaused() {
    return paused;
  }

  /**
   * What this broker says of the cluster.
   *
   * @param topics the topics to ask for; null for all
   * @throws IOException if it doesn't answer within 5 s
   */
  BrokerView view(List<String> topics) throws IOException {
    return BrokerView.ask(spec.id(), spec.host(), spec.plaintextPort(), topics, ANSWER);
  }

  /** Lets its process live on after this JVM. */
  void release() {
    Reaper.get().forget(pid());
  }

  /** The last lines of its log without stack frames, under a heading. */
  String logTail() {
    return "-- end of %s%n%s".formatted(log(), LogTail.of(log()));
  }

  @Override
  public String toString() {
    return spec.name() + (process == null ? "" : " (pid " + process.pid() + ")");
  }

  private String state() throws IOException, InterruptedException {
    if (process == null) {
      return "never started";
    }
    if (!process.isAlive()) {
      return "exited with " + process.exitValue();
    }
    // First what costs nothing to ask: a JVM that starts has little to spare for JMX.
    try {
      connect().close();
    } catch (ConnectException e) {
      return NOT_LISTENING;
    }
    return switch (spec.role()) {
      case BROKER -> {
        Object state = brokerState();
        yield state.equals((byte) 3) ? RUNNING : "BrokerState " + state;
      }
      case CONTROLLER -> controllerState();
      case ZOOKEEPER -> zooKeeperState();
    };
  }

  private Object brokerState() throws IOException, InterruptedException {
    return Jmx.attribute(
        jmxUrl(), "kafka.server:type=KafkaServer,name=BrokerState", "Value", ANSWER);
  }

  private String controllerState() throws IOException, InterruptedException {
    Object leader =
        Jmx.attribute(jmxUrl(), "kafka.server:type=raft-metrics", "current-leader", ANSWER);
    return leader instanceof Number id && id.longValue() >= 0
        ? RUNNING
        : "leader of the quorum: " + leader;
  }

  private String zooKeeperState() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.contains("Mode: ") ? RUNNING : "answers '" + answer.strip() + "'";
    }
  }

  private String whyNotRunning() {
    String state = "";
    if (spec.role() == Role.BROKER && isAlive()) {
      try {
        state = "BrokerState " + brokerState() + "\n";
      } catch (IOException e) {
        state = e.getMessage() + "\n";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return state + logTail();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout((int) ANSWER.toMillis());
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(spec.host()), spec.port()),
        (int) ANSWER.toMillis());
    return socket;
  }

  private void signal(String signal) {
    if (!isAlive()) {
      throw new IllegalStateException(this + " is not alive: SIG" + signal + " not sent");
    }
    try {
      // The shell's own kill: the command of that name is not installed everywhere.
      int exitCode =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
              .redirectError(Redirect.INHERIT)
              .start()
              .waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(
            "%s: kill -%s exited with %d".formatted(this, signal, exitCode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Await.interrupted("SIG" + signal, e);
    }
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "%s is still alive %d s after it was told to end%n%s"
                .formatted(this, STOP.toSeconds(), logTail()));
      }
    } catch (InterruptedException e) {
      throw Await.interrupted("the end of " + this, e);
    }
  }
}
