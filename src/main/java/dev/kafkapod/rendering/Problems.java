package dev.kafkapod.rendering;

import dev.kafkapod.rendering.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong, so that all of it is reported at once. Messages are formats, as for
 * {@link String#format}.
 */
@SuppressWarnings("AnnotateFormatMethod") // that annotation would be a library more in the image
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  void error(Origin where, String message, Object... values) {
    add(Severity.ERROR, where.toString(), message, values);
  }

  void error(Setting where, String message, Object... values) {
    error(where.origin(), where.key() + ": " + message, values);
  }

  /** An error that no line of a file or variable is to blame for. */
  void error(String message, Object... values) {
    add(Severity.ERROR, "", message, values);
  }

  void warning(Origin where, String message, Object... values) {
    add(Severity.WARNING, where.toString(), message, values);
  }

  void warning(Setting where, String message, Object... values) {
    warning(where.origin(), where.key() + ": " + message, values);
  }

  /** A warning that no line of a file or variable is to blame for. */
  void warning(String message, Object... values) {
    add(Severity.WARNING, "", message, values);
  }

  private void add(Severity severity, String where, String message, Object... values) {
    String text = values.length == 0 ? message : message.formatted(values);
    // one problem is one line, whatever a value holds
    Problem problem = new Problem(severity, where, text.replaceAll("\\R", " ↵ "));
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  /** Everything found so far: what keeps a broker from starting first. */
  List<Problem> all() {
    List<Problem> all = new ArrayList<>(found.stream().filter(Problem::isError).toList());
    found.stream().filter(it -> !it.isError()).forEach(all::add);
    return List.copyOf(all);
  }
}
