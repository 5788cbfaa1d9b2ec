package dev.kafkapod.overridefile;

import dev.kafkapod.overrides.OverrideText.PropertyLine;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The lines of a file of Java properties, every one of them: a map would hide what is there twice.
 */
final class PropertyLines {

  private PropertyLines() {}

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it has a malformed escape
   */
  static List<PropertyLine> of(String text) {
    List<PropertyLine> lines = new ArrayList<>();
    Properties properties =
        new Properties() {
          private static final long serialVersionUID = 1;

          @Override
          public synchronized Object put(Object key, Object value) {
            lines.add(new PropertyLine((String) key, (String) value));
            return null;
          }
        };
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
