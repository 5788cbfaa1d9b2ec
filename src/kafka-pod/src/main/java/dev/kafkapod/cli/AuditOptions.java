package dev.kafkapod.cli;

import dev.kafkapod.settings.Values;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who writes something into the topic of turns, and why. */
final class AuditOptions {

  static final String REASON = "--reason";
  static final String BY = "--by";

  private final OptionSpec reason;
  private final OptionSpec by;

  /**
   * The options.
   *
   * @param required whether there is always a reason
   */
  AuditOptions(CommandSpec spec, boolean required) {
    reason =
        text(
            REASON,
            "TEXT",
            required,
            "Reason, kept in the topic: \"INC-4711 its machine is gone\". Required"
                + (required ? "." : " without --end."));
    by =
        text(
            BY,
            "NAME",
            false,
            "Who does it; the name of this process's user by default, if it has one.");
    spec.addOption(reason).addOption(by);
  }

  private static OptionSpec text(String name, String label, boolean required, String description) {
    return Options.option(name, label, String.class)
        .converters(Converters.of(Values::words))
        .required(required)
        .descriptionKey(HelpPages.COMMAND_LINE)
        .description(description)
        .build();
  }

  /** The reason, which is there. */
  String reason() {
    return reason.getValue();
  }

  /** Who it is. */
  String by() {
    return Optional.<String>ofNullable(by.getValue()).or(Options::user).orElse("somebody");
  }
}
