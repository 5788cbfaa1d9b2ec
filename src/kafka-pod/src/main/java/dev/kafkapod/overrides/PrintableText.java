package dev.kafkapod.overrides;

import java.util.Optional;

/**
 * Words of people that end up in logs, in terminals and in a file that a shell reads: printable,
 * and not endless.
 */
public final class PrintableText {

  static final int LONGEST = 300;

  private static final int SHOWN = 60;

  private PrintableText() {}

  /**
   * Refuses what isn't fit for print.
   *
   * @throws IllegalArgumentException whose message says so, beginning with the name
   */
  static void check(String name, String text) {
    problem(text)
        .ifPresent(
            it -> {
              throw new IllegalArgumentException("'%s' %s".formatted(name, it));
            });
  }

  /** What makes a text unfit for print: the rule, and what was seen; empty if it is fit. */
  public static Optional<String> problem(String text) {
    if (text.isBlank() || !text.equals(text.strip())) {
      return Optional.of("must have words in it, got '%s'".formatted(shown(text)));
    }
    if (text.length() > LONGEST) {
      return Optional.of("must be at most %d characters, got %d".formatted(LONGEST, text.length()));
    }
    return text.codePoints().allMatch(PrintableText::isPrintable)
        ? Optional.empty()
        : Optional.of("must hold no control characters, got '%s'".formatted(shown(text)));
  }

  /** A text of any kind, made fit for a message. */
  static String shown(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(SHOWN).forEach(it -> clean.appendCodePoint(isPrintable(it) ? it : '?'));
    return text.codePointCount(0, text.length()) > SHOWN ? clean + "…" : clean.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
