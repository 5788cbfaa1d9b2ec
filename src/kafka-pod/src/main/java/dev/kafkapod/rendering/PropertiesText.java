package dev.kafkapod.rendering;

import dev.kafkapod.settings.Secrets;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads text with {@link java.util.Properties}, one of its lines after the other, because it says
 * of no key on which line it stands, nor of one that it stands twice; and writes lines of that
 * format.
 */
final class PropertiesText {

  private static final String BLANKS = " \t\f";

  /** Base64, the key's own headers, and its end. */
  private static final Pattern PART_OF_KEY =
      Pattern.compile("\\s*([A-Za-z0-9+/]{4,}={0,2}|(Proc-Type|DEK-Info): .*|-----END .*|)\\s*");

  private final String source;
  private final Origin.Layer layer;
  private final Secrets secrets;
  private final Problems problems;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * A line as Java's properties see it, over one or more lines of the text.
   *
   * @param natural the lines of the text
   * @param setting what they set; empty for blanks, comments, and what can't be read
   */
  record Entry(List<String> natural, Optional<Setting> setting) {}

  private PropertiesText(String source, Origin.Layer layer, Secrets secrets, Problems problems) {
    this.source = source;
    this.layer = layer;
    this.secrets = secrets;
    this.problems = problems;
  }

  /**
   * Reads a text.
   *
   * @param secrets which values are secret
   * @param problems gets malformed escapes, empty keys, and keys that are set twice, of which the
   *     later counts
   * @return the settings in their order, each key once for each time that it is written
   */
  static List<Setting> parse(
      String source, Origin.Layer layer, String text, Secrets secrets, Problems problems) {
    PropertiesText parsing = new PropertiesText(source, layer, secrets, problems);
    parsing.readLines(text);
    return parsing.entries.stream().flatMap(it -> it.setting().stream()).toList();
  }

  /** All lines of a text, each once, in their order. */
  static List<Entry> entries(String text, Secrets secrets) {
    PropertiesText parsing = new PropertiesText("", Origin.Layer.MOUNTED, secrets, new Problems());
    parsing.readLines(text);
    return parsing.entries;
  }

  private void readLines(String text) {
    List<String> natural = List.of(text.split("\r\n|\r|\n", -1));
    for (int i = 0; i < natural.size(); i++) {
      int first = i;
      String line = withoutIndent(natural.get(i));
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
        entries.add(new Entry(List.of(natural.get(i)), Optional.empty()));
        continue;
      }
      // after nothing but a backslash, Java begins anew, and takes what follows for a comment if it
      // looks like one
      while (!line.equals("\\") && endsInContinuation(natural.get(i)) && i + 1 < natural.size()) {
        i++;
      }
      Optional<Setting> setting =
          setting(natural.subList(first, i + 1), Origin.line(layer, source, first + 1));
      entries.add(new Entry(natural.subList(first, i + 1), setting));
      if (setting.isPresent() && opensPrivateKey(setting.get())) {
        i = skipPrivateKey(natural, i, setting.get());
      }
    }
  }

  /** Whether a private key begins that ends on a later line. */
  private static boolean opensPrivateKey(Setting setting) {
    String value = setting.text();
    int begin = value.lastIndexOf("-----BEGIN ");
    return begin >= 0
        && value.indexOf("PRIVATE KEY", begin) >= 0
        && value.indexOf("-----END ", begin) < 0;
  }

  /** Its lines would be settings, whose names are no secrets; gives the last that is a part. */
  private int skipPrivateKey(List<String> natural, int opened, Setting setting) {
    int last = opened;
    while (last + 1 < natural.size() && isPartOfKey(natural.get(last + 1))) {
      last++;
      entries.add(new Entry(List.of("# " + Secrets.MASK), Optional.empty()));
      if (natural.get(last).contains("-----END ")) {
        break;
      }
    }
    if (last > opened) {
      problems.error(
          setting.origin(),
          "%s: a private key must be one value, but it ends with this line, and what follows would be settings of their own; end each of its lines but the last with \\n\\",
          setting.key());
    }
    return last;
  }

  private static boolean isPartOfKey(String line) {
    return PART_OF_KEY.matcher(line).matches();
  }

  private static String withoutIndent(String line) {
    int start = 0;
    while (start < line.length() && BLANKS.indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    return line.substring(start);
  }

  /** An odd number of backslashes at the end. */
  private static boolean endsInContinuation(CharSequence line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private Optional<Setting> setting(List<String> natural, Origin origin) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(String.join("\n", natural)));
    } catch (IllegalArgumentException e) {
      problems.error(
          origin,
          "\\u must be followed by four hexadecimal digits; write \\uXXXX, or double the backslash");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
    return one.stringPropertyNames().stream()
        .findFirst()
        .flatMap(key -> setting(key, one.getProperty(key), origin));
  }

  private Optional<Setting> setting(String key, String value, Origin origin) {
    if (key.isEmpty()) {
      problems.error(origin, "a line must be KEY=VALUE, but this one has no key; write one");
      return Optional.empty();
    }
    Integer before = lines.put(key, origin.line());
    if (before != null) {
      problems.warning(
          origin,
          "%s: is set in line %d already, and this line wins; remove one of the two",
          key,
          before);
    }
    return Optional.of(Setting.written(key, secrets.value(key, value), origin));
  }

  /** One line, which {@link java.util.Properties} reads back as this key and value. */
  static String line(String key, String value) {
    return escape(key, true) + "=" + escape(value, false);
  }

  private static String escape(String text, boolean key) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int control = "\t\n\r\f".indexOf(letter);
      if (control >= 0) {
        escaped.append('\\').append("tnrf".charAt(control));
      } else if (letter < ' ' || letter > '~') {
        escaped.append("\\u%04X".formatted((int) letter));
      } else if (letter == '\\'
          || (letter == ' ' && (key || i == 0))
          || (key && "=:#!".indexOf(letter) >= 0)) {
        escaped.append('\\').append(letter);
      } else {
        escaped.append(letter);
      }
    }
    return escaped.toString();
  }
}
