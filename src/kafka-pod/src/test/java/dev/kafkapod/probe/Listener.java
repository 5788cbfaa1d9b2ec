package dev.kafkapod.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for a broker's HTTP endpoint in a process of its own, which a test can stop: prints its
 * port, answers whoever connects, and ends with its standard input.
 */
final class Listener {

  private Listener() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(server), "answering");
      answering.setDaemon(true);
      answering.start();
      PrintStream out = System.out;
      out.println(server.getLocalPort());
      while (System.in.read() >= 0) {
        // until its end
      }
    }
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // the next one may have more luck
      }
    }
  }
}
