package dev.kafkapod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all pages have to hold to. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linkToWhatIsThere(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));

      assertThat(target).as("a link in " + page).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as("a link in " + page).contains(link.group(2));
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  /** With {@code --help} behind it, a command is understood and does nothing. */
  @ParameterizedTest
  @MethodSource("pages")
  void showOnlyCommandsThatKafkaPodUnderstands(Path page) {
    for (Command command : ShownCommands.in(page)) {
      command
          .kafkaPod()
          .ifPresent(arguments -> assertThat(problem(arguments)).as(command.text()).isEmpty());
    }
  }

  private static String problem(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--help");
    StringWriter problem = new StringWriter();
    int exitCode =
        KafkaPod.run(
            all.toArray(String[]::new),
            Map.of(),
            false,
            new PrintWriter(new StringWriter()),
            new PrintWriter(problem, true));
    return exitCode == 0 ? "" : exitCode + ": " + problem;
  }
}
