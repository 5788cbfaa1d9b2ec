package dev.kafkapod.common;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name probably meant. */
public final class Nearest {

  /** Comparing is quadratic, and a file can hold one very long word. */
  private static final int LONGEST = 300;

  private Nearest() {}

  /**
   * {@code " (did you mean NAME?)"}, to follow the word that was typed; empty if nothing is near.
   */
  public static String hint(String typed, Collection<String> names) {
    return question(typed, names).map(it -> " (" + it + ")").orElse("");
  }

  /** {@code "did you mean NAME?"}; empty if nothing is near. */
  public static Optional<String> question(String typed, Collection<String> names) {
    return to(typed, names).map(Nearest::question);
  }

  /** {@code "did you mean NAME?"}, where what is near is known already. */
  public static String question(String meant) {
    return "did you mean " + meant + "?";
  }

  /** The closest name, unless even that one differs in more than a third of its letters. */
  public static Optional<String> to(String typed, Collection<String> names) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(typed, name)))
        .filter(name -> distance(typed, name) * 3 <= name.length());
  }

  /** The least number of letters to insert, delete or replace (Levenshtein). */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
