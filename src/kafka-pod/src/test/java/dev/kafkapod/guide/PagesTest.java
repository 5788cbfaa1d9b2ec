package dev.kafkapod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The links of all pages, and the packages that CONTRIBUTING.md lists. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "deploy/README.md")
                  .map(Path::of),
              docs)
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
        assertThat(Pages.anchors(target, "#+")).as("a link in " + page).contains(link.group(2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka-pod", "testkit", "tools"})
  void contributingNamesEachPackage(String module) throws IOException {
    Path sources = Path.of("src", module, "src/main/java/dev/kafkapod");
    String page = Files.readString(Path.of("CONTRIBUTING.md"));
    try (Stream<Path> packages = Files.list(sources).filter(Files::isDirectory)) {
      assertThat(packages.map(it -> it.getFileName().toString()).toList())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(page).containsPattern("(?m)^\\| [^|]*`" + name + "`"));
    }
  }
}
