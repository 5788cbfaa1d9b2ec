package dev.kafkapod.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process that ends, and whose parent doesn't wait for it: what is left of it stays. The shell
 * that starts it might wait; so it ends only after the shell has become {@code sleep}, which
 * doesn't.
 */
public final class Zombie implements AutoCloseable {

  private static final String CHILD =
      "until read name </proc/$$/comm && [ \"$name\" = sleep ]; do sleep 0.01; done";

  private final Process parent;
  private final long pid;

  private Zombie(Process parent, long pid) {
    this.parent = parent;
    this.pid = pid;
  }

  /** Starts one, which may take some milliseconds more to end. */
  public static Zombie start() {
    try {
      Process parent =
          new ProcessBuilder("sh", "-c", "{ " + CHILD + "; } & echo $!; exec sleep 60").start();
      BufferedReader printed = parent.inputReader();
      return new Zombie(parent, Long.parseLong(printed.readLine()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of the process that ends. */
  public long pid() {
    return pid;
  }

  /** Ends its parent, whose heir clears it away. */
  @Override
  public void close() {
    parent.destroyForcibly();
  }
}
