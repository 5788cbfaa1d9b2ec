package dev.kafkapod.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory with a copy of the probe and, if wanted, a stand-in for our own launcher beside it,
 * which writes down how it was called and whether it was alone.
 */
final class Sandbox {

  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static final String LAUNCHER =
      """
      #!/bin/sh
      here=${0%/*}
      mkdir "$here/running" 2>/dev/null || echo "$*" >>"$here/overlaps"
      printf '%s\\n' "$*" >>"$here/calls"
      [ ! -f "$here/slow" ] || sleep 0.1
      while [ -f "$here/hold" ]; do sleep 0.05; done
      echo "the answer of kafka-pod"
      echo "the log of kafka-pod, LC_ALL=${LC_ALL-unset}" >&2
      rmdir "$here/running"
      read -r code <"$here/code"
      exit "$code"
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final AtomicInteger runs = new AtomicInteger();

  Sandbox(Path directory) {
    this.directory = directory;
    for (String script : List.of("kafka-pod-probe", "kafka-pod-probe.slow")) {
      write("bin/" + script, read(Path.of("probe", script)));
    }
    make(runDirectory());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LANG", "C.UTF-8");
    environment.put("KAFKA_POD_RUN_DIR", runDirectory().toString());
    environment.put("TMPDIR", make(directory.resolve("tmp")).toString());
  }

  /** What a probe printed, and its exit code. */
  record Outcome(int code, String out, String err) {}

  Path runDirectory() {
    return directory.resolve("run");
  }

  Path bin(String name) {
    return directory.resolve("bin").resolve(name);
  }

  Path tmp(String name) {
    return directory.resolve("tmp").resolve(name);
  }

  Path lock() {
    return runDirectory().resolve("kafka-pod-fallback");
  }

  Path verdictFile() {
    return runDirectory().resolve("verdict");
  }

  Sandbox with(VerdictText verdict) {
    return with(verdict.bytes());
  }

  /** Replaces the verdict as the agent does. */
  Sandbox with(byte[] verdict) {
    try {
      Path fresh = Files.write(directory.resolve("verdict.new"), verdict);
      Files.move(fresh, verdictFile(), StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Sandbox set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** With a kafka-pod that ends with this exit code. */
  Sandbox withLauncher(int code) {
    write("bin/kafka-pod", LAUNCHER);
    write("bin/code", code + "\n");
    return this;
  }

  /** With a kafka-pod that takes long enough for others to run into it. */
  Sandbox withSlowLauncher() {
    write("bin/slow", "");
    return withLauncher(0);
  }

  Sandbox withLockOf(String holder) {
    link(lock(), holder);
    return this;
  }

  static void link(Path link, String target) {
    try {
      Files.createSymbolicLink(link, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the programs that the probe uses, but without flock: some images have none. */
  Sandbox withoutFlock() {
    Path tools = make(directory.resolve("tools"));
    for (String tool : List.of("ln", "rm", "readlink", "sleep", "mkdir", "rmdir")) {
      link(tools.resolve(tool), Programs.find(tool).orElseThrow().toString());
    }
    return set("PATH", tools.toString());
  }

  /** How kafka-pod was called, one line for each call. */
  List<String> calls() {
    return linesOf("calls");
  }

  /** The calls during which another kafka-pod was running. */
  List<String> overlaps() {
    return linesOf("overlaps");
  }

  private List<String> linesOf(String name) {
    return Files.exists(bin(name)) ? read(bin(name)).lines().toList() : List.of();
  }

  Outcome run(Shell shell, String... arguments) {
    return start(shell, arguments).outcome();
  }

  Running start(Shell shell, String... arguments) {
    return start(shell, bin("kafka-pod-probe"), arguments);
  }

  Running start(Shell shell, Path script, String... arguments) {
    List<String> command = new ArrayList<>(shell.command());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    return start(command);
  }

  Running start(List<String> command) {
    int run = runs.incrementAndGet();
    Path out = directory.resolve("out" + run);
    Path err = directory.resolve("err" + run);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reason why it can't tell: there is nothing beside it that it could fall back on. */
  String whyNot(Shell shell) {
    Outcome outcome = run(shell, "ready");

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.err()).isEmpty();
    String start = "cannot tell: ";
    String end =
        ", and there is no kafka-pod beside " + bin("kafka-pod-probe") + " or on the PATH\n";
    assertThat(outcome.out()).startsWith(start).endsWith(end);
    return outcome.out().substring(start.length(), outcome.out().length() - end.length());
  }

  /** A probe that has been started. */
  record Running(Process process, Path out, Path err) {

    Outcome outcome() {
      try {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(
              "the probe runs for more than %s; it has printed '%s' and '%s'"
                  .formatted(LONGEST, read(out), read(err)));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a probe ran", e);
      }
      return new Outcome(process.exitValue(), read(out), read(err));
    }
  }

  Path write(String name, String content) {
    try {
      Path file = directory.resolve(name);
      make(file.getParent());
      Files.writeString(file, content);
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("can't make " + file + " executable");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
