package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever a broker or the network does, the command ends in time and says that it couldn't tell.
 */
@Tag("quiet")
class BoundedIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /**
   * The promise is half a second over the time limit; the rest is for a machine that runs other
   * things too.
   */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(1).combined().start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static void assertCannotTell(Result result, String because) {
    assertThat(result.line()).as(result.toString()).startsWith("cannot tell: ").contains(because);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).isEmpty();
    assertThat(result.took()).isLessThan(TIMEOUT.plus(SLACK));
  }

  private static Result ready(String jmxUrl, String bootstrap) {
    return KafkaPodCli.packaged()
        .run("ready", "--timeout=3s", "--jmx-url=" + jmxUrl, "--bootstrap-server=" + bootstrap);
  }

  private static String jmxUrl(int port) {
    return "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
  }

  @Test
  void endsInTimeWhenTheBrokerIsStopped() {
    KafkaNode broker = cluster.broker(0);
    broker.pause();
    try {
      assertCannotTell(
          ready(broker.jmxUrl(), broker.bootstrapServer()),
          "accepts connections and says nothing: the broker hangs or is stopped");
    } finally {
      broker.resume();
    }
  }

  @Test
  void endsInTimeWhenAttachingToAStoppedBroker() {
    KafkaNode broker = cluster.broker(0);
    broker.pause();
    try {
      Result result = KafkaPodCli.packaged().run("live", "--timeout=3s", "--pid=" + broker.pid());
      assertCannotTell(result, "is stopped (SIGSTOP or a debugger), so it can't answer");
    } finally {
      broker.resume();
    }
  }

  @Test
  void endsInTimeWhenTheJmxPortAcceptsAndSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertCannotTell(
          ready(jmxUrl(silent.getLocalPort()), cluster.bootstrapServers()),
          "accepts connections and says nothing: the broker hangs or is stopped");
    }
  }

  @Test
  void endsInTimeWhenAnAddressDropsPackets() throws IOException {
    try (Deaf deaf = new Deaf()) {
      assertCannotTell(
          ready(cluster.broker(0).jmxUrl(), deaf.address()),
          "asking " + deaf.address() + " for the cluster's nodes");
    }
  }

  @Test
  void asksAnotherAddressWhereOneDropsPackets() throws IOException {
    try (Deaf deaf = new Deaf()) {
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // which one is asked first is left to chance
        results.add(
            KafkaPodCli.packaged()
                .run(
                    "ready",
                    "--jmx-url=" + cluster.broker(0).jmxUrl(),
                    "--bootstrap-server=" + deaf.address() + "," + cluster.bootstrapServers()));
      }
      assertThat(results).extracting(Result::exitCode).as(results.toString()).containsOnly(0);
    }
  }

  @Test
  void endsInTimeWhenANameDoesNotResolve() {
    assertCannotTell(
        ready(cluster.broker(0).jmxUrl(), "broker.invalid:9092"),
        "broker.invalid:9092: none of these host names resolves; check --bootstrap-server");
  }

  @Test
  void endsInTimeWhenNobodyListensOnTheJmxPort() {
    assertCannotTell(
        ready(jmxUrl(1), cluster.bootstrapServers()),
        "can't be reached over JMX: Connection refused");
  }

  @Test
  void neverSaysYesOfABrokerInARestartLoop() {
    KafkaNode broker = cluster.broker(0);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      broker.kill();
      broker.start();
      results.add(ready(broker.jmxUrl(), broker.bootstrapServer()));
    }
    broker.awaitRunning();

    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.exitCode()).as(result.toString()).isIn(1, 3);
              assertThat(result.took()).isLessThan(TIMEOUT.plus(SLACK));
            });
  }

  /** A listener whose queue of connections is full: the kernel drops what comes next. */
  private static final class Deaf implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> queue = new ArrayList<>();

    Deaf() throws IOException {
      boolean full = false;
      while (!full) {
        Socket socket = new Socket();
        queue.add(socket);
        try {
          socket.connect(
              new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 300);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
    }

    String address() {
      return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queue) {
        socket.close();
      }
      listener.close();
    }
  }
}
