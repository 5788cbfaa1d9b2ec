package dev.kafkapod.deploy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables that refer to others by {@code $(NAME)}, which the kubelet fills in. */
final class References {

  /** {@code $$} is a dollar sign. */
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\(([^)]*)\\))");

  private References() {}

  /**
   * A value with what it refers to. A variable that isn't there, or comes later, leaves the
   * reference as it is.
   *
   * @param known the variables before it
   * @param hidden names of those before it whose value nobody sees here
   * @return empty if it refers to one of these
   */
  static Optional<String> filledIn(String value, Map<String, String> known, Set<String> hidden) {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(value);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (name != null && hidden.contains(name)) {
        return Optional.empty();
      }
      String instead = name == null ? "$" : known.getOrDefault(name, matcher.group());
      matcher.appendReplacement(filled, Matcher.quoteReplacement(instead));
    }
    matcher.appendTail(filled);
    return Optional.of(filled.toString());
  }
}
