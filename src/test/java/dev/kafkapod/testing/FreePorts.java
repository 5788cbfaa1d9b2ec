package dev.kafkapod.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Finds loopback ports to listen on, so that clusters can run side by side. */
public final class FreePorts {
  // Below the range from which systems take the local ports of outgoing connections: a port from
  // that range may be gone again before the broker has started or restarted.
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  // Each JVM starts somewhere else, so that two test runs on one machine seldom meet.
  private static int next = FIRST + new Random().nextInt(LAST - FIRST);
  private static final Set<Integer> HANDED_OUT = new HashSet<>();

  private FreePorts() {}

  /**
   * A port between 20000 and 31999 that nobody listens on, never the same twice in this JVM.
   *
   * @param host a loopback address
   * @throws IllegalStateException if no port is left
   */
  public static synchronized int find(String host) {
    for (int tried = FIRST; tried < LAST; tried++) {
      int port = next;
      next = next + 1 < LAST ? next + 1 : FIRST;
      if (!HANDED_OUT.contains(port) && isFree(host, port)) {
        HANDED_OUT.add(port);
        return port;
      }
    }
    throw new IllegalStateException(
        "ports %d to %d on %s: none is free".formatted(FIRST, LAST - 1, host));
  }

  /**
   * Checks that a certain port can be listened on.
   *
   * @throws IllegalStateException if it can't, with the reason
   */
  public static void require(String host, int port) {
    try {
      bind(host, port);
    } catch (IOException e) {
      throw new IllegalStateException(
          "address %s:%d: must be free for a node of the cluster, but: %s; stop what uses it (ss -ltnp shows it) or choose another address"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private static boolean isFree(String host, int port) {
    try {
      bind(host, port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void bind(String host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    }
  }
}
