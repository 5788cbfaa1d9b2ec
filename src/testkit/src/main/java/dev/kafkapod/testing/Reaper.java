package dev.kafkapod.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts processes that can't outlive this JVM, however it ends.
 *
 * <p>A shell reads from a pipe that only this JVM holds open which processes there are; at the end
 * of the pipe, be it an orderly exit or a kill -9, it kills those that are left. A shutdown hook
 * would not do: it doesn't run on kill -9.
 */
final class Reaper {
  // Signals sent to the whole process group (Ctrl-C, a closed terminal) must not end the reaper
  // before its work is done.
  private static final String REAP =
      """
      trap '' INT HUP TERM QUIT
      pids=' '
      while read -r line; do
        pid=${line#?}
        case $line in
          +*) pids="$pids$pid " ;;
          -*) case $pids in *" $pid "*) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -9 "$pid"; done
      """;

  // A process waits for a line before it becomes what it shall be, so that there is no moment in
  // which it runs and the reaper doesn't know it. It ignores Ctrl-C and a closed terminal: this JVM
  // decides when it ends, and a released cluster lives on.
  private static final String LAUNCH =
      """
      read -r go || exit 1
      trap '' INT HUP
      exec "$@" </dev/null
      """;

  private static Reaper instance;

  private final OutputStream pipe;

  private Reaper() throws IOException {
    // Not our own stdout and stderr: who waits for the end of those would wait for the reaper too.
    Process process =
        new ProcessBuilder("sh", "-c", REAP)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    pipe = process.getOutputStream();
  }

  /** The reaper of this JVM. */
  static synchronized Reaper get() {
    if (instance == null) {
      try {
        instance = new Reaper();
      } catch (IOException e) {
        throw new UncheckedIOException("reaper: sh could not be started", e);
      }
    }
    return instance;
  }

  /**
   * Starts a process that dies with this JVM at the latest.
   *
   * @param output where stdout and stderr are appended
   * @param environment added to this JVM's own, from which settings for JVMs and Kafka are removed
   * @throws UncheckedIOException if it can't be started
   */
  Process start(
      List<String> command, Path directory, Path output, Map<String, String> environment) {
    GatedProcess gated = prepare(command, directory, output, environment);
    gated.go();
    return gated.process();
  }

  /** The same, but it waits for a sign before it becomes what it shall be. */
  GatedProcess prepare(
      List<String> command, Path directory, Path output, Map<String, String> environment) {
    List<String> launched = new ArrayList<>(List.of("sh", "-c", LAUNCH, "sh"));
    launched.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(launched)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(output.toFile()));
    builder.environment().keySet().removeIf(Reaper::disturbs);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      tell("+" + process.pid());
      // Its id may soon belong to somebody else.
      var unused = process.onExit().thenRun(() -> forget(process.pid()));
      return new GatedProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + String.join(" ", command), e);
    }
  }

  /** Ends one more process with this JVM: one that a process of ours has started. */
  void watch(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(
            handle -> {
              try {
                tell("+" + pid);
                var unused = handle.onExit().thenRun(() -> forget(pid));
              } catch (IOException e) {
                throw new UncheckedIOException("the reaper has ended", e);
              }
            });
  }

  /** Lets the process live on after this JVM. */
  void forget(long pid) {
    try {
      tell("-" + pid);
    } catch (IOException e) {
      // The reaper is gone, and with it what it knew.
    }
  }

  private synchronized void tell(String line) throws IOException {
    pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  private static boolean disturbs(String variable) {
    return variable.startsWith("KAFKA_")
        || variable.equals("JMX_PORT")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("_JAVA_OPTIONS");
  }
}
