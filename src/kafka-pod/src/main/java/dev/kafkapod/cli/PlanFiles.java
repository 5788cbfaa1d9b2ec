package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.placement.PlacementPlan;
import dev.kafkapod.reassignmentfile.ReassignmentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a plan is written. */
final class PlanFiles {

  private final OptionSpec out =
      file("--out", "Write the plan there, as kafka-reassign-partitions.sh takes it.");
  private final OptionSpec back =
      file("--back", "Write the way back there: where the partitions that move are now.");
  private final OptionSpec overwrite =
      Options.flag("--overwrite")
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("Replace these files if they exist.")
          .build();

  PlanFiles(CommandSpec spec) {
    spec.addOption(out).addOption(back).addOption(overwrite);
  }

  private static OptionSpec file(String name, String description) {
    return Options.option(name, "FILE", Path.class)
        .descriptionKey(HelpPages.COMMAND_LINE)
        .description(description)
        .build();
  }

  /** Why they can't be written, before anybody has planned anything. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    boolean replace = overwrite.getValue() == Boolean.TRUE;
    for (OptionSpec option : List.of(out, back)) {
      path(option)
          .flatMap(it -> ReassignmentFile.problem(it, replace))
          .ifPresent(
              it ->
                  problems.add(
                      "%s %s: %s".formatted(option.longestName(), path(option).get(), it)));
    }
    if (path(out).isPresent()
        && path(out).map(PlanFiles::whole).equals(path(back).map(PlanFiles::whole))) {
      problems.add("--out and --back name the same file, %s; name two".formatted(path(out).get()));
    }
    return problems;
  }

  /**
   * Writes them, the way back first.
   *
   * @return their names
   * @throws Misconfigured if one can't be written
   */
  List<String> write(PlacementPlan plan) {
    List<String> written = new ArrayList<>();
    boolean nothing = plan.moves().isEmpty();
    if (!nothing || path(back).filter(Files::exists).isEmpty()) {
      write(back, ReassignmentFile.back(plan.moves()), written);
    } // else it is the way back of a plan that has been carried out since
    write(out, ReassignmentFile.there(plan.moves()), written);
    return written;
  }

  private static void write(OptionSpec option, String text, List<String> written) {
    Optional<Path> file = path(option);
    if (file.isPresent()) {
      ReassignmentFile.write(file.get(), text)
          .ifPresent(
              it -> {
                throw new Misconfigured(
                    "%s %s can't be written: %s%s"
                        .formatted(
                            option.longestName(),
                            file.get(),
                            it,
                            written.isEmpty() ? "" : "; written is " + written.get(0)));
              });
      written.add(file.get().toString());
    }
  }

  private static Optional<Path> path(OptionSpec option) {
    return Optional.ofNullable(option.getValue());
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
