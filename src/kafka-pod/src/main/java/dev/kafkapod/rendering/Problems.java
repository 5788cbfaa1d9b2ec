package dev.kafkapod.rendering;

import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects what is wrong, so that all of it is reported at once. Messages are formats, as for
 * {@link String#format}.
 *
 * <p>Of a setting that is secret no part is shown: values of a message are masked unless they are
 * numbers or {@link Harmless}. Beyond that, {@link #all(Redaction)} looks for secrets in every
 * message.
 */
@SuppressWarnings("AnnotateFormatMethod") // that annotation would be a library more in the image
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** A part of a message that holds nothing of a setting's value. */
  record Harmless(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  void error(Origin where, String message, Object... values) {
    add(Severity.ERROR, where.toString(), text(message, values));
  }

  /** An error of a setting; the values of the message are parts of the setting's value. */
  void error(Setting where, String message, Object... values) {
    add(Severity.ERROR, where, message, values);
  }

  /** An error that no line of a file or variable is to blame for. */
  void error(String message, Object... values) {
    add(Severity.ERROR, "", text(message, values));
  }

  void warning(Origin where, String message, Object... values) {
    add(Severity.WARNING, where.toString(), text(message, values));
  }

  /** A warning about a setting; the values of the message are parts of the setting's value. */
  void warning(Setting where, String message, Object... values) {
    add(Severity.WARNING, where, message, values);
  }

  /** A warning that no line of a file or variable is to blame for. */
  void warning(String message, Object... values) {
    add(Severity.WARNING, "", text(message, values));
  }

  /** A problem of a setting, as bad as it is said to be. */
  void report(Severity severity, Setting where, String message, Object... values) {
    add(severity, where, message, values);
  }

  private void add(Severity severity, Setting where, String message, Object... values) {
    boolean secret = where.raw().isSecret() || where.value().isSecret();
    String text = text(message, secret ? masked(values) : values);
    // the key is no part of the format: it may hold anything
    add(severity, where.origin().toString(), where.key() + ": " + text);
  }

  private static Object[] masked(Object[] values) {
    return Arrays.stream(values)
        .map(it -> it instanceof Number || it instanceof Harmless ? it : Secrets.MASK)
        .toArray();
  }

  private static String text(String message, Object... values) {
    return values.length == 0 ? message : message.formatted(values);
  }

  private void add(Severity severity, String where, String text) {
    // one problem is one line, whatever a value holds
    add(new Problem(severity, where, text.replaceAll("\\R", " ↵ ")));
  }

  private void add(Problem problem) {
    Problem error = new Problem(Severity.ERROR, problem.where(), problem.message());
    if (found.contains(error) || found.contains(problem)) {
      return; // what is an error for one is no warning beside it for another
    }
    found.remove(new Problem(Severity.WARNING, problem.where(), problem.message()));
    found.add(problem);
  }

  /** Adds what others have found. */
  void addAll(List<Problem> others) {
    others.forEach(this::add);
  }

  /**
   * Everything found so far, in its order; it may hold secrets that aren't a setting's own value.
   */
  List<Problem> found() {
    return List.copyOf(found);
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  /** Everything found so far, with secrets masked: what keeps a broker from starting first. */
  List<Problem> all(Redaction redaction) {
    List<Problem> all = new ArrayList<>(found.stream().filter(Problem::isError).toList());
    found.stream().filter(it -> !it.isError()).forEach(all::add);
    return all.stream()
        .map(
            it ->
                new Problem(
                    it.severity(), redaction.apply(it.where()), redaction.apply(it.message())))
        .toList();
  }
}
