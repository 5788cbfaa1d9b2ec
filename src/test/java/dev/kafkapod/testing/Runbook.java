package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that {@code docs/runbook.md} shows, in their order. */
public final class Runbook {

  private static final Path FILE = Path.of("docs/runbook.md");
  private static final Pattern EXEC =
      Pattern.compile("kubectl -n kafka exec kafka-(\\d+) -c kafka -- (.+)");

  private Runbook() {}

  /**
   * One command line.
   *
   * @param text all of it
   */
  public record Command(String text) {

    /** The ordinal of the pod in which it runs; empty if it runs in none. */
    public Optional<Integer> pod() {
      Matcher matcher = EXEC.matcher(text);
      return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** What runs in the pod. */
    public String inPod() {
      Matcher matcher = EXEC.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalStateException(text + " runs in no pod");
      }
      return matcher.group(2);
    }
  }

  /** All lines of all blocks of shell commands. */
  public static List<Command> commands() {
    try {
      List<Command> commands = new ArrayList<>();
      boolean inside = false;
      for (String line : Files.readAllLines(FILE)) {
        if (line.startsWith("```")) {
          inside = line.equals("```sh");
        } else if (inside) {
          commands.add(new Command(line));
        }
      }
      return commands;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
