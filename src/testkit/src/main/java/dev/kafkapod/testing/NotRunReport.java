package dev.kafkapod.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The last thing that {@code mvn verify} prints: what it couldn't test, how many tests that are,
 * and what to do. Maven runs it with the test classes alone on the class path.
 */
public final class NotRunReport {

  private NotRunReport() {}

  /** Prints a line for each thing that was missing; nothing if nothing was. */
  public static void main(String[] args) throws IOException {
    lines(Path.of(args[0])).forEach(System.out::println);
  }

  /**
   * A line for each thing that was missing, in alphabetical order.
   *
   * @param directory what {@link NotRunNotes} has written; it need not exist
   */
  static List<String> lines(Path directory) throws IOException {
    List<String[]> notes = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.readAllLines(file).forEach(it -> notes.add(it.split("\t", 3)));
        }
      }
    }
    TreeMap<String, Set<String>> testsByNeed =
        notes.stream()
            .collect(
                groupingBy(
                    it -> "%s (%s)".formatted(it[0], it[1]),
                    TreeMap::new,
                    mapping(it -> it[2], toSet())));
    return testsByNeed.entrySet().stream().map(it -> line(it.getKey(), it.getValue())).toList();
  }

  private static String line(String need, Set<String> tests) {
    return tests.size() == 1
        ? "NOT RUN: 1 test that needs " + need
        : "NOT RUN: %d tests that need %s".formatted(tests.size(), need);
  }
}
