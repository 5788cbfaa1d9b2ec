package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.overridefile.OverrideWriter;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod override clear}. */
final class OverrideClearCommand implements Callable<Integer> {

  static final String NAME = "clear";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Removes this pod's override. An override for all pods stays: remove its ConfigMap. Exits with 0"
              + " also if there was none.",
          "kafka-pod override clear");
  private final RunDirectoryOption runDirectory = new RunDirectoryOption(spec);
  private final OverrideOptions overrides = new OverrideOptions(spec);

  private OverrideClearCommand() {}

  static CommandSpec spec() {
    return new OverrideClearCommand().spec;
  }

  @Override
  public Integer call() {
    OverridePlaces places = overrides.places(runDirectory.path());
    Path file = places.own();
    try {
      spec.commandLine()
          .getOut()
          .println(
              OverrideWriter.remove(file)
                  ? "override cleared: removed " + file
                  : "override cleared: there was no " + file);
    } catch (DirectoryNotEmptyException e) {
      throw new Misconfigured(
          "override file %s can't be removed: it is a directory that isn't empty; remove it by hand"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new Misconfigured(
          "override file %s can't be removed (%s); check the permissions of its directory"
              .formatted(file, FileProblem.reason(e, file)),
          e);
    }
    Overrides left = overrides.read(runDirectory.path(), OptionalInt::empty);
    left.inForce()
        .ifPresent(
            it ->
                spec.commandLine()
                    .getOut()
                    .println("still in force: " + it.wording() + " (" + it.place() + ")"));
    return ExitCode.YES;
  }
}
