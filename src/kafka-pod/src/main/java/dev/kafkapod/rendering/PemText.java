package dev.kafkapod.rendering;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in PEM, as Kafka takes it apart (DefaultSslEngineFactory.PemParser): other text may surround
 * the parts, headers may begin them, and of those that begin on one line it takes the last.
 */
final class PemText {

  private static final int LONGEST = 1 << 20;

  /** A bundle of all the world's CAs has a third of that. */
  private static final int MOST = 500;

  /**
   * One part.
   *
   * @param label what stands behind BEGIN
   */
  record Part(String label, ByteBuffer bytes) {}

  private final String text;

  PemText(String text) {
    this.text = text;
  }

  /** Whether it is more than anybody needs, and would take long. */
  boolean isTooLong() {
    return text.length() > LONGEST || begun("") > MOST;
  }

  /** How many parts of a label begin, be they whole or not. */
  int begun(String label) {
    return text.split("BEGIN " + label, -1).length - 1;
  }

  /**
   * The whole parts whose label ends with a given one.
   *
   * @throws IllegalArgumentException if what is in them is no base 64
   */
  List<Part> parts(String label) {
    String end = label.replace(" ", "\\s+") + "[^-]*-++";
    String headers = "(?:[^\\r\\n:]*+:[^\\r\\n]*+[\\r\\n]++\\s*+){0,20}+";
    Matcher matcher =
        Pattern.compile(
                "(?<!-)-++BEGIN(.*)"
                    + end
                    + "\\s++"
                    + headers
                    + "([A-Za-z0-9/+=\\s]*+)-++END.*"
                    + end)
            .matcher(text);
    List<Part> parts = new ArrayList<>();
    while (matcher.find()) {
      String kind = matcher.group(1).replaceAll(".*BEGIN", "") + label;
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
      parts.add(new Part(kind.strip().replaceAll("\\s+", " "), bytes));
    }
    return parts;
  }
}
