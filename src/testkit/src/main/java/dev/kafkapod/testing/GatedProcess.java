package dev.kafkapod.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that stands ready and begins when it is told, so that several begin in the same moment.
 * It ends with this JVM at the latest, and so does what it has started, if it was paused.
 */
public final class GatedProcess {

  private static final Duration START = Duration.ofSeconds(20);
  private static final long LOOK_MS = 50;

  private final Process process;
  private final Path output;
  private final OutputStream gate;

  GatedProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.gate = process.getOutputStream();
  }

  /** Lets it begin. */
  public void go() {
    try {
      gate.write('\n');
      gate.close();
    } catch (IOException e) {
      throw new UncheckedIOException("process %d didn't begin".formatted(process.pid()), e);
    }
  }

  Process process() {
    return process;
  }

  /** Whether it ends within that time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * What it ended with.
   *
   * @throws IllegalThreadStateException if it hasn't ended
   */
  public int exitCode() {
    return process.exitValue();
  }

  /** All that it has printed so far. */
  public String said() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Freezes its Java, as a machine that is suspended does.
   *
   * @return whether it had one: it may have ended
   */
  public boolean pause() throws InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (javas().findAny().isEmpty() && process.isAlive() && System.nanoTime() < until) {
      var unused = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> paused = javas().toList();
    paused.forEach(java -> Reaper.get().watch(java.pid()));
    paused.forEach(java -> signal("STOP", java));
    return !paused.isEmpty();
  }

  /** Lets it go on. */
  public void resume() {
    javas().forEach(java -> signal("CONT", java));
  }

  /** Ends it and what it has started, paused or not. */
  public void kill() {
    children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Stream<ProcessHandle> children() {
    return process.descendants();
  }

  private Stream<ProcessHandle> javas() {
    return children()
        .filter(child -> child.info().command().filter(it -> it.endsWith("/java")).isPresent());
  }

  private static void signal(String signal, ProcessHandle target) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + target.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Await.interrupted("SIG" + signal, e);
    }
  }
}
