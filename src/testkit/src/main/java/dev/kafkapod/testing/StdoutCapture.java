package dev.kafkapod.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Catches what a task prints on {@link System#out}; other threads' output goes where it went. */
final class StdoutCapture extends OutputStream {
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final PrintStream original;
  private final Thread owner = Thread.currentThread();

  private StdoutCapture(PrintStream original) {
    this.original = original;
  }

  /**
   * Runs the task and returns what it printed. One at a time: there is only one System.out.
   *
   * @throws Failure if the task threw
   */
  static synchronized String of(Callable<?> task) throws Failure {
    PrintStream original = System.out;
    StdoutCapture capture = new StdoutCapture(original);
    PrintStream stream = new PrintStream(capture, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    try {
      task.call();
    } catch (Exception e) {
      stream.flush();
      throw new Failure(capture.text(), e);
    } finally {
      System.setOut(original);
    }
    stream.flush();
    return capture.text();
  }

  private String text() {
    return captured.toString(StandardCharsets.UTF_8);
  }

  private OutputStream stream() {
    return Thread.currentThread() == owner ? captured : original;
  }

  @Override
  public void write(int b) throws IOException {
    stream().write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    stream().write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    stream().flush();
  }

  /** What was printed before the task threw, and what it threw. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final String printed;

    private Failure(String printed, Exception cause) {
      super(cause);
      this.printed = printed;
    }

    String printed() {
      return printed;
    }
  }
}
