package dev.kafkapod.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with this one's class path and flags of its own, whose standard input ends when this JVM
 * does.
 */
final class ChildJvm implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;

  private final String name;
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(String name, Process process) {
    this.name = name;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildJvm start(Class<?> main, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().keySet().removeIf(GnuTime.JVM_VARIABLES::contains);
    return new ChildJvm(main.getSimpleName(), builder.start());
  }

  /** Called in the child: returns when the parent has closed it or has ended, however it did. */
  static void awaitParentsEnd() {
    try {
      while (System.in.read() >= 0) {
        // nothing to read is ever sent
      }
    } catch (IOException e) {
      // as good as the end
    }
  }

  /** Called in the child: it ends with its parent, whatever it is doing then. */
  static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              awaitParentsEnd();
              Runtime.getRuntime().halt(1);
            },
            "end with parent");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next line of its output.
   *
   * @throws IllegalStateException if it ends instead; what went wrong is on standard error
   */
  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException(name + " ended without an answer; see its messages above");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
