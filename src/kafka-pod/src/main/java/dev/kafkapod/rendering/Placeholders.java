package dev.kafkapod.rendering;

import dev.kafkapod.settings.Secrets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${name}}, {@code ${name+9091}} and {@code ${name|default}}. What has a colon,
 * {@code ${provider:key}}, is Kafka's own and left alone. Two dollar signs before a brace are one,
 * literally. What is filled in isn't looked at again.
 */
final class Placeholders {

  private static final Pattern TERM = Pattern.compile("\\s*(\\d{1,10}|[A-Za-z][\\w.]*)\\s*");
  private static final Pattern GIVEN_NAME = Pattern.compile("[a-z.]+|env\\.[A-Z][A-Z0-9_]*");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,10}");

  /** Gets what can't be filled in. */
  @FunctionalInterface
  interface Complaint {
    /**
     * A problem.
     *
     * @param message a format, as for {@link String#format}; the rule, and never a part of the text
     * @param values parts of the text, which may be secret
     */
    void about(String message, Object... values);
  }

  private final Names names;
  private final Complaint problems;
  private boolean secret;

  /**
   * Fills in a pod's names.
   *
   * @param problems gets what can't be filled in
   */
  Placeholders(Names names, Complaint problems) {
    this.names = names;
    this.problems = problems;
  }

  /** Whether something that was filled in is secret: a variable with the name of a secret. */
  boolean hasFilledInSecret() {
    return secret;
  }

  /**
   * The text with its names filled in; empty if it is nothing but one placeholder whose name has no
   * value and whose default is empty, as in {@code broker.rack=${rack|}}: such a setting is left
   * out.
   */
  Optional<String> fillIn(String text) {
    StringBuilder filled = new StringBuilder();
    boolean dropped = false;
    int at = 0;
    for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
      if (open > at && text.charAt(open - 1) == '$') {
        filled.append(text, at, open - 1).append("${");
        at = open + 2;
        continue;
      }
      int close = text.indexOf('}', open);
      filled.append(text, at, open);
      if (close < 0) {
        problems.about(
            "'${' must be closed by '}', got '%s'; close it, or write $${ for a literal ${",
            text.substring(open));
        return Optional.of(text);
      }
      String inside = text.substring(open + 2, close);
      if (isKafkas(inside)) {
        filled.append(text, open, close + 1);
      } else {
        String value = value(inside);
        filled.append(value);
        dropped = value.isEmpty() && open == 0 && close == text.length() - 1;
      }
      at = close + 1;
    }
    return dropped ? Optional.empty() : Optional.of(filled + text.substring(at));
  }

  private static boolean isKafkas(String inside) {
    int colon = inside.indexOf(':');
    int bar = inside.indexOf('|');
    return colon >= 0 && (bar < 0 || colon < bar);
  }

  private String value(String inside) {
    int bar = inside.indexOf('|');
    if (inside.indexOf(':') >= 0) {
      problems.about(
          "a default can't hold a colon, because ${…:…} is Kafka's syntax for config providers, got '${%s}'; set the variable instead, write the value in full, or write $${ for a literal ${",
          inside);
      return "";
    }
    String expression = bar < 0 ? inside : inside.substring(0, bar);
    Optional<String> fallback = bar < 0 ? Optional.empty() : Optional.of(inside.substring(bar + 1));
    return isSum(expression)
        ? sum(expression, fallback)
        : single(expression.strip(), fallback).orElse("");
  }

  private static boolean isSum(String expression) {
    return expression.indexOf('+') >= 0 || expression.indexOf('-') >= 0;
  }

  private Optional<String> single(String name, Optional<String> fallback) {
    if (!names.exists(name)) {
      problems.about("there is no '${%s}'; %s", name, names.suggestion(name));
      return Optional.empty();
    }
    Optional<String> value = names.value(name).or(() -> fallback);
    if (value.isEmpty()) {
      problems.about(
          "'${%s}' has no value here; %s", shown(name, name), shown(name, names.remedy(name)));
    }
    secret |= value.isPresent() && names.isSecret(name);
    return value;
  }

  /**
   * A name that people gave on purpose is no secret, even where the value that it stands for is.
   */
  private static Object shown(String name, String text) {
    return GIVEN_NAME.matcher(name).matches() ? new Problems.Harmless(text) : text;
  }

  private String sum(String expression, Optional<String> fallback) {
    long total = 0;
    int sign = 1;
    Matcher term = TERM.matcher(expression);
    for (int at = 0; at <= expression.length(); at = term.end() + 1) {
      if (!term.region(at, expression.length()).lookingAt() || !signFollows(expression, term)) {
        problems.about(
            "a sum must be names and whole numbers with + or - between them, got '${%s}'; write for example ${node.id+9091}, or $${ for a literal ${",
            expression);
        return "";
      }
      Optional<String> number = number(term.group(1), fallback, expression);
      if (number.isEmpty()) {
        return fallback.orElse("");
      }
      total += sign * Long.parseLong(number.get());
      if (term.end() == expression.length()) {
        break;
      }
      sign = expression.charAt(term.end()) == '+' ? 1 : -1;
    }
    if (total < 0) {
      problems.about(
          "a sum must not be below 0, got '${%s}', which is %s; correct the number",
          expression, total);
    }
    return String.valueOf(total);
  }

  private static boolean signFollows(String expression, Matcher term) {
    return term.end() == expression.length() || "+-".indexOf(expression.charAt(term.end())) >= 0;
  }

  /** A term's number; empty if the fallback is to be taken, or it has been complained about. */
  private Optional<String> number(String term, Optional<String> fallback, String expression) {
    if (WHOLE_NUMBER.matcher(term).matches()) {
      return Optional.of(term);
    }
    if (fallback.isPresent() && names.exists(term) && names.value(term).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> value = single(term, Optional.empty());
    if (value.isPresent() && !WHOLE_NUMBER.matcher(value.get()).matches()) {
      problems.about(
          "a sum takes whole numbers, but '${%s}' in '${%s}' is '%s'; correct it",
          term, expression, names.isSecret(term) ? Secrets.MASK : value.get());
      return Optional.empty();
    }
    return value;
  }
}
