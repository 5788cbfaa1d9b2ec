package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of docs/rendering.md about other images' variables: what its rows claim. */
public final class OtherImagesTable {

  private static final Path PAGE = Path.of("docs/rendering.md");
  private static final String HEADER = "| image | there | here |";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z][A-Z0-9_]+)=(.*)");

  /** What a row says of what is there. */
  public enum Kind {
    SAME("the same: "),
    LEFT_OUT("left out: "),
    SET("set ");

    private final String beginning;

    Kind(String beginning) {
      this.beginning = beginning;
    }
  }

  /**
   * A row.
   *
   * @param variables what has to be set to try it, there or (SET) here
   * @param claims what comes of that: lines, keys and flags; none for LEFT_OUT
   * @param words the rest of the row behind its kind, without backticks
   */
  public record Row(
      String image,
      String there,
      Kind kind,
      Map<String, String> variables,
      List<String> claims,
      String words) {
    @Override
    public String toString() {
      return image + ": " + there;
    }
  }

  private OtherImagesTable() {}

  /** All rows, in their order. */
  public static List<Row> rows() {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .dropWhile(it -> !it.equals(HEADER))
          .skip(2)
          .takeWhile(it -> it.startsWith("|"))
          .map(OtherImagesTable::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.replaceAll("^\\| | \\|$", "").split(" \\| ", -1);
    String here = cells[2];
    Kind kind =
        Stream.of(Kind.values())
            .filter(it -> here.startsWith(it.beginning))
            .findFirst()
            .orElseThrow(() -> new AssertionError("must begin otherwise: " + line));
    String rest = here.substring(kind.beginning.length());
    int colon = kind == Kind.SET ? rest.indexOf("`: `") + 1 : 0;
    List<String> claims =
        kind == Kind.LEFT_OUT ? List.of() : code(rest.substring(colon).replaceFirst(";.*", ""));
    Map<String, String> variables =
        variables(kind == Kind.SET ? rest.substring(0, colon) : cells[1]);
    if (variables.isEmpty() || (kind != Kind.LEFT_OUT && claims.isEmpty())) {
      throw new AssertionError("there is nothing to try in: " + line);
    }
    return new Row(cells[0], cells[1], kind, variables, claims, rest.replace("`", ""));
  }

  private static Map<String, String> variables(String cell) {
    Map<String, String> variables = new LinkedHashMap<>();
    code(cell).stream()
        .map(ASSIGNMENT::matcher)
        .filter(Matcher::matches)
        .forEach(it -> variables.put(it.group(1), it.group(2)));
    return variables;
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(it -> it.group(1)).toList();
  }
}
