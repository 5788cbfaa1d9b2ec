package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.report.ExitCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Ends the process when its time is over and something still hangs that isn't asked as a bounded
 * question: a configuration file on a dead mount, a regular expression without end.
 */
public final class Watchdog {

  /**
   * How much longer than the waiting for answers a command may take; it has promised half a second.
   */
  private static final Duration MERCY = Duration.ofMillis(400);

  private static final AtomicReference<IntConsumer> EXIT = new AtomicReference<>();

  private Watchdog() {}

  /**
   * From now on commands are watched: the process is theirs. Tests and agents run them in processes
   * of others.
   *
   * @param exit ends the process at once with an exit code
   */
  public static void enable(IntConsumer exit) {
    EXIT.set(exit);
  }

  /**
   * Ends the process with "cannot tell" some time after the deadline, unless it has ended by
   * itself.
   *
   * @param option what sets the deadline, for the message
   */
  public static void watch(Deadline deadline, String option, PrintWriter out) {
    IntConsumer exit = EXIT.get();
    if (exit == null) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(deadline.remaining().plus(MERCY).toMillis());
              } catch (InterruptedException e) {
                return;
              }
              out.println("cannot tell: no end within " + option);
              exit.accept(ExitCode.CANNOT_TELL);
            },
            "kafka-pod: watchdog");
    thread.setDaemon(true);
    thread.start();
  }
}
