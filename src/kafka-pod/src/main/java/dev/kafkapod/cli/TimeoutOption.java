package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.inquiry.Watchdog;
import dev.kafkapod.settings.Values;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How long a command may take. */
final class TimeoutOption {

  /** What is left of the time when the waiting ends, for judging and printing. */
  private static final Duration TO_REPORT = Duration.ofMillis(100);

  private final OptionSpec timeout;
  private final CommandSpec spec;

  TimeoutOption(CommandSpec spec) {
    this(spec, "How long to wait for answers before exiting with 3: 500ms, 8s (the default), 1m.");
  }

  TimeoutOption(CommandSpec spec, String description) {
    this.spec = spec;
    timeout =
        Options.option("--timeout", "TIME", Duration.class)
            .converters(Converters.of(Values::duration))
            .defaultValue("8s")
            .descriptionKey(HelpPages.GENERAL)
            .description(description)
            .build();
    spec.addOption(timeout);
  }

  /** The whole time. */
  Duration timeout() {
    return timeout.getValue();
  }

  /**
   * Begins the command's time: when to stop waiting for answers. To be called before anything that
   * may take time.
   */
  Deadline begin() {
    return begin(Duration.ZERO);
  }

  /**
   * The same of a command that may go on for a while once it has its answers.
   *
   * @param more how long
   */
  Deadline begin(Duration more) {
    Deadline deadline = Deadline.in(timeout()).minus(TO_REPORT);
    Watchdog.watch(
        Deadline.in(timeout().plus(more)).minus(TO_REPORT),
        "--timeout",
        spec.commandLine().getOut());
    return deadline;
  }
}
