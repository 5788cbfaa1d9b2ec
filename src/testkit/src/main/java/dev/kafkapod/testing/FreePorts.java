package dev.kafkapod.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Finds loopback ports to listen on, so that clusters can run side by side. */
public final class FreePorts {
  // Below the range from which systems take the local ports of outgoing connections: a port from
  // that range may be gone again before the broker has started or restarted.
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  // A port that was free may be another JVM's a moment later. So each JVM has blocks of ports of
  // its
  // own, as long as it lives: whoever holds the lock of a block's file.
  private static final int BLOCK = 100;
  private static final Path LOCKS =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "kafka-pod-ports-" + System.getProperty("user.name"));
  private static final List<FileLock> BLOCKS = new ArrayList<>();

  // Other users' test runs don't see these locks: each JVM starts somewhere else, so that they
  // seldom meet.
  private static int block = new Random().nextInt((LAST - FIRST) / BLOCK);
  private static int next = 0;
  private static int end = 0;

  private FreePorts() {}

  /**
   * A port between 20000 and 31999 that nobody listens on, never the same twice in this JVM, nor in
   * another one of this user's that runs at the same time.
   *
   * @param host a loopback address
   * @throws IllegalStateException if no port is left
   */
  public static synchronized int find(String host) {
    do {
      while (next < end) {
        int port = next;
        next++;
        if (isFree(host, port)) {
          return port;
        }
      }
    } while (takeBlock());
    throw new IllegalStateException(
        "ports %d to %d on %s: none is free".formatted(FIRST, LAST - 1, host));
  }

  /**
   * The first of so many ports in a row, as {@link #find} finds them.
   *
   * @throws IllegalStateException if there is no such row
   */
  public static synchronized int findRow(String host, int count) {
    int first = find(host);
    for (int last = first; last < first + count - 1; ) {
      int port = find(host);
      first = port == last + 1 ? first : port;
      last = port;
    }
    return first;
  }

  private static boolean takeBlock() {
    int blocks = (LAST - FIRST) / BLOCK;
    for (int tried = 0; tried < blocks; tried++) {
      block = (block + 1) % blocks;
      if (lock(block)) {
        next = FIRST + block * BLOCK;
        end = next + BLOCK;
        return true;
      }
    }
    return false;
  }

  private static boolean lock(int number) {
    try {
      Files.createDirectories(LOCKS);
      FileChannel channel = FileChannel.open(LOCKS.resolve(String.valueOf(number)), CREATE, WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return false;
      }
      BLOCKS.add(lock);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // this JVM's own
      return null;
    }
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
