package dev.kafkapod.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs kubectl, as people do. Every run is bounded.
 *
 * @param context the context to use
 */
record Kubectl(String context) {

  static final ObjectMapper JSON = new ObjectMapper();
  static final Duration USUALLY = Duration.ofSeconds(60);

  /**
   * What came of a run.
   *
   * @param exitCode 124 if it had to be ended
   * @param output what it printed
   * @param error what it complained of
   */
  record Outcome(int exitCode, String output, String error) {
    boolean ok() {
      return exitCode == 0;
    }

    /** Both, for people. */
    String all() {
      return (output.strip() + "\n" + error.strip()).strip();
    }
  }

  /** The context that kubectl uses by itself. */
  static String currentContext() {
    Outcome outcome = execute(USUALLY, "", List.of("kubectl", "config", "current-context"));
    if (!outcome.ok()) {
      throw new CouldNotRun(
          "kubectl has no current context (%s); set one, or KUBECONFIG, or --context"
              .formatted(outcome.all()));
    }
    return outcome.output().strip();
  }

  /** Runs it, whatever comes of it. */
  Outcome run(String... arguments) {
    return run(USUALLY, "", List.of(arguments));
  }

  /** The same, with something on its standard input and a limit of its own. */
  Outcome run(Duration limit, String input, List<String> arguments) {
    return execute(limit, input, command(arguments));
  }

  /**
   * Runs it, and returns what it printed.
   *
   * @throws CouldNotRun if it fails
   */
  String must(String... arguments) {
    return must(USUALLY, "", List.of(arguments));
  }

  /** The same, with something on its standard input and a limit of its own. */
  String must(Duration limit, String input, List<String> arguments) {
    Outcome outcome = run(limit, input, arguments);
    if (!outcome.ok()) {
      throw new CouldNotRun(
          "kubectl %s ended with %d: %s"
              .formatted(String.join(" ", arguments), outcome.exitCode(), outcome.all()));
    }
    return outcome.output();
  }

  /** Runs it with {@code -o json}, and returns what it printed. */
  JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("-o");
    all.add("json");
    try {
      return JSON.readTree(must(USUALLY, "", all));
    } catch (JsonProcessingException e) {
      throw new CouldNotRun("kubectl %s printed no JSON".formatted(String.join(" ", all)));
    }
  }

  /** How far a pod has come: Pending, Running, Succeeded or Failed. */
  String phase(String namespace, String pod) {
    return json("-n", namespace, "get", "pod", pod).path("status").path("phase").asText();
  }

  /** Whether a node's or a pod's condition says that it is ready. */
  static boolean isReady(JsonNode object) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /**
   * Starts one that goes on until it is ended, such as a watch; what it complains of is dropped.
   */
  Process start(String... arguments) {
    try {
      Process process =
          new ProcessBuilder(command(List.of(arguments)))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new CouldNotRun("kubectl can't be run: " + e.getMessage());
    }
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--context", context));
    command.addAll(arguments);
    return command;
  }

  /** Runs any command, such as a shell's line with kubectl in it. */
  static Outcome execute(Duration limit, String input, List<String> command) {
    try {
      Finished finished = Finished.run(limit, input, command);
      return finished.exitCode().isPresent()
          ? new Outcome(finished.exitCode().getAsInt(), finished.out(), finished.err())
          : new Outcome(
              124,
              finished.out(),
              finished.err() + "ended after %d s".formatted(limit.toSeconds()));
    } catch (IOException e) {
      if (e.getMessage().contains("Cannot run program")) {
        throw new CouldNotRun("there is no kubectl on the PATH; install it");
      }
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNotRun("interrupted");
    }
  }
}
