package dev.kafkapod.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Something on a port that isn't Kafka. */
final class StrangeServer implements AutoCloseable {

  /** What it does with a connection. */
  interface Answering {
    void serve(Socket client) throws IOException;
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  StrangeServer(Answering server) throws IOException {
    Thread thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                try {
                  Socket client = listener.accept();
                  serve(client, server);
                } catch (IOException e) {
                  // the test is over
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Each on a thread of its own: Kafka's client keeps its connection open. */
  private static void serve(Socket client, Answering server) {
    Thread thread =
        new Thread(
            () -> {
              try {
                server.serve(client);
              } catch (IOException e) {
                // the other side has gone
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
