package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Pages in Markdown. */
public final class Pages {

  private Pages() {}

  /**
   * The anchors of a page's headings, as GitHub makes them.
   *
   * @param level matches what such headings begin with: {@code "#+"} for all
   */
  public static List<String> anchors(Path page, String level) {
    String begin = level + " ";
    try {
      return Files.readAllLines(page).stream()
          .filter(line -> line.matches(begin + ".*"))
          .map(line -> line.replaceFirst(begin, "").toLowerCase(Locale.ROOT))
          .map(title -> title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
