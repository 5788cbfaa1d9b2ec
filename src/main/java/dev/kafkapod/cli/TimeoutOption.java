package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command may take. */
final class TimeoutOption {

  /** What is left of the time when the waiting ends, for judging and printing. */
  private static final Duration TO_REPORT = Duration.ofMillis(100);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "8s",
      converter = Converters.DurationConverter.class,
      description =
          "How long to wait for answers before exiting with 3: 500ms, 8s (the default), 1m.")
  private Duration timeout = Duration.ofSeconds(8);

  /** The whole time. */
  Duration timeout() {
    return timeout;
  }

  /** When to stop waiting, from now on. */
  Deadline deadline() {
    return Deadline.in(timeout).minus(TO_REPORT);
  }
}
