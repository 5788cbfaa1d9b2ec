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

/** The commands that a page shows, in their order: all lines of all blocks of shell commands. */
public final class ShownCommands {

  /** What a pod of ours can run: our own command, Kafka's, and a line of shell. */
  public static final Pattern POD_HAS =
      Pattern.compile("(/opt/kafka-pod/bin/kafka-pod |/opt/kafka/bin/kafka-|sh -c ').+");

  private static final Pattern EXEC =
      Pattern.compile(
          "kubectl (?:--context \\w+ )?-n kafka exec (kafka-(?:controller-)?\\d+) -c kafka -- (.+)");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

  private ShownCommands() {}

  /**
   * One command line.
   *
   * @param text all of it
   */
  public record Command(String text) {

    /** The pod in which it runs; empty if it runs in none. */
    public Optional<Pod> pod() {
      Matcher matcher = EXEC.matcher(text);
      return matcher.matches() ? Optional.of(Pod.of(matcher.group(1))) : Optional.empty();
    }

    /** What runs in the pod. */
    public String inPod() {
      Matcher matcher = EXEC.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalStateException(text + " runs in no pod");
      }
      return matcher.group(2);
    }

    /** What kafka-pod is called with, where it is what runs, up to what the shell does with it. */
    public Optional<List<String>> kafkaPod() {
      String line = pod().isPresent() ? inPod() : text;
      Matcher matcher = Pattern.compile("(?:\\S+/bin/)?kafka-pod (.*)").matcher(line);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String arguments = matcher.group(1).replaceAll("\\s*(#| [&>|]|&&).*", "");
      return Optional.of(
          WORD.matcher(arguments).results().map(it -> it.group().replace("\"", "")).toList());
    }
  }

  /**
   * A pod of deploy's StatefulSets.
   *
   * @param controller whether it is of kafka-controller, and not of kafka
   */
  public record Pod(boolean controller, int ordinal) {
    private static Pod of(String name) {
      return new Pod(
          name.contains("controller"), Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
    }
  }

  /** Those of a page in Markdown. */
  public static List<Command> in(Path page) {
    return blocks(page).stream().flatMap(List::stream).toList();
  }

  /** The same, as the page puts them together. */
  public static List<List<Command>> blocks(Path page) {
    try {
      List<List<Command>> blocks = new ArrayList<>();
      boolean inside = false;
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("```")) {
          inside = line.equals("```sh");
          if (inside) {
            blocks.add(new ArrayList<>());
          }
        } else if (inside) {
          blocks.get(blocks.size() - 1).add(new Command(line));
        }
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
