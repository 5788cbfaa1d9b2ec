package dev.kafkapod.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Speaks as much of Kafka's protocol as a {@link dev.kafkapod.cluster.ClusterProbe} asks for, for a
 * cluster with more partitions than real brokers on one machine could have.
 *
 * <p>It stands in for Kafka only where costs are measured; whether the probe is right is found out
 * on real brokers.
 */
final class StandInCluster implements AutoCloseable {

  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  private final List<ServerSocket> brokers = new ArrayList<>();
  private final StandInAnswers answers;

  private StandInCluster(StandInShape shape) throws IOException {
    for (int id = 0; id < shape.brokers(); id++) {
      brokers.add(new ServerSocket(0, 50, HOST));
    }
    answers =
        new StandInAnswers(
            shape,
            brokers.stream()
                .map(
                    it ->
                        InetSocketAddress.createUnresolved(
                            HOST.getHostAddress(), it.getLocalPort()))
                .toList());
  }

  /**
   * Serves until its standard input ends, which is when whoever started it does.
   *
   * @param args brokers, topics, partitions a topic, shrunken partitions
   */
  public static void main(String[] args) throws IOException {
    try (StandInCluster cluster = new StandInCluster(StandInShape.parse(args))) {
      cluster.start();
      System.out.println(cluster.bootstrapServers());
      ChildJvm.awaitParentsEnd();
    }
    System.exit(0);
  }

  private String bootstrapServers() {
    return brokers.stream()
        .map(it -> HOST.getHostAddress() + ":" + it.getLocalPort())
        .collect(Collectors.joining(","));
  }

  private void start() {
    for (ServerSocket broker : brokers) {
      daemon("stand-in broker " + broker.getLocalPort(), () -> accept(broker));
    }
  }

  private void accept(ServerSocket broker) {
    while (!broker.isClosed()) {
      try {
        Socket socket = broker.accept();
        daemon("stand-in connection", new StandInConnection(socket, answers));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket broker : brokers) {
      broker.close();
    }
  }
}
