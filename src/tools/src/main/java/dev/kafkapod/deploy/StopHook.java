package dev.kafkapod.deploy;

import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.settings.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A preStop hook that waits until a stop is safe. One that is wrong ends at once, and Kubernetes
 * stops the broker all the same.
 *
 * @param command what the hook runs
 */
record StopHook(List<String> command) {

  private static final String PROGRAM = "/opt/kafka-pod/bin/kafka-pod";
  private static final String COMMAND = "await-safe-stop";
  private static final String MAX_WAIT = "--max-wait";

  /** Two answers must be yes, and the second one comes up to 10 s after the first. */
  private static final Duration LEAST = Duration.ofSeconds(15);

  /** The shell that docs/stopping.md has, for a hook whose lines are to be seen in a pod's log. */
  private static final Pattern SHELL =
      Pattern.compile("exec ([\\w./=, :-]+?) *(?:>> */proc/1/fd/1|> */proc/1/fd/1)? *(?:2>&1)? *");

  /** The command's own words, out of a shell's or not; empty if it runs something else. */
  private List<String> words() {
    List<String> words = command;
    if (command.size() == 3
        && List.of("sh", "/bin/sh").contains(command.get(0))
        && command.get(1).equals("-c")) {
      Matcher shell = SHELL.matcher(command.get(2));
      words = shell.matches() ? List.of(shell.group(1).strip().split(" +")) : List.of();
    }
    return words.size() > 2 && words.get(0).equals(PROGRAM) && words.get(1).equals(COMMAND)
        ? words.subList(1, words.size())
        : List.of();
  }

  /** For how long it waits; empty if it doesn't say so, or says it wrongly. */
  Optional<Duration> maxWait() {
    return option(MAX_WAIT).flatMap(StopHook::duration);
  }

  /** What an option of the command is; empty if it isn't there. */
  Optional<String> option(String name) {
    List<String> words = words();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(name + "=")) {
        return Optional.of(word.substring(name.length() + 1));
      }
      if (word.equals(name) && i + 1 < words.size()) {
        return Optional.of(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> duration(String value) {
    try {
      return Optional.of(Values.duration(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What is wrong with it; empty if nothing is.
   *
   * @param environment the variables that it finds in its pod
   */
  Optional<String> problem(Map<String, String> environment) {
    List<String> words = words();
    if (words.stream().noneMatch(it -> it.startsWith(MAX_WAIT))) {
      return Optional.of(
          "lifecycle.preStop must run %s %s --max-wait=TIME, because nothing else holds up a rollout's first deletion, got %s; set it"
              .formatted(PROGRAM, COMMAND, command.isEmpty() ? "none" : String.join(" ", command)));
    }
    Optional<String> refused = KafkaPod.wrongUse(words.toArray(String[]::new), environment);
    if (refused.isPresent()) {
      return Optional.of(
          "lifecycle.preStop must run a command that kafka-pod understands, because nothing would be waited for, got: %s"
              .formatted(refused.get()));
    }
    if (maxWait().orElse(Duration.ZERO).compareTo(LEAST) < 0) {
      return Optional.of(
          "lifecycle.preStop: --max-wait must be at least %d s, because two answers must be yes, got %s; raise it"
              .formatted(LEAST.toSeconds(), maxWait().map(StopHook::text).orElse("none")));
    }
    return Optional.empty();
  }

  private static String text(Duration wait) {
    return wait.toMillis() + " ms";
  }
}
