package dev.kafkapod.cli;

import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.Reply;
import dev.kafkapod.report.StopReport;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** For whom a command prints. */
final class OutputOption {

  private final CommandSpec spec;
  private final OptionSpec format =
      Options.option("--output", "FORMAT", OutputFormat.class)
          .converters(new FormatConverter())
          .defaultValue("text")
          .descriptionKey(HelpPages.GENERAL)
          .description("text (the default) for people, or json.")
          .build();

  OutputOption(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(format);
  }

  boolean isJson() {
    return format.getValue() == OutputFormat.JSON;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints a reply in the format that was asked for, and returns its exit code. */
  int print(Reply reply) {
    if (isJson()) {
      Json.print(out(), reply::writeFields);
    } else {
      out().println(reply.line());
    }
    return ExitCode.of(reply.verdict());
  }

  /** The same for a report on a stop. */
  int print(StopReport report) {
    if (isJson()) {
      Json.print(out(), report::writeFields);
    } else {
      report.lines().forEach(out()::println);
    }
    return ExitCode.of(report.verdict());
  }

  enum OutputFormat {
    TEXT,
    JSON
  }

  static final class FormatConverter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      for (OutputFormat format : OutputFormat.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
          return format;
        }
      }
      throw new TypeConversionException("must be text or json, got '" + value + "'");
    }
  }
}
