package dev.kafkapod.rendering;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${name}}, {@code ${name+9091}} and {@code ${name|default}}. What has a colon,
 * {@code ${provider:key}}, is Kafka's own and left alone. What is filled in isn't looked at again.
 */
final class Placeholders {

  private static final Pattern TERM = Pattern.compile("\\s*(\\d{1,9}|[A-Za-z][\\w.]*)\\s*");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  private final Names names;
  private final Consumer<String> problems;

  /**
   * Fills in a pod's names.
   *
   * @param problems gets what can't be filled in, a message each
   */
  Placeholders(Names names, Consumer<String> problems) {
    this.names = names;
    this.problems = problems;
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
      int close = text.indexOf('}', open);
      filled.append(text, at, open);
      if (close < 0) {
        problems.accept(
            "'${' must be closed by '}', got '%s'; close it".formatted(text.substring(open)));
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
      problems.accept(
          "a default can't hold a colon, for ${…:…} is Kafka's syntax for config providers, got '${%s}'; set the variable instead, or write the value in full"
              .formatted(inside));
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
      problems.accept("there is no '${%s}'; %s".formatted(name, names.suggestion(name)));
      return Optional.empty();
    }
    Optional<String> value = names.value(name).or(() -> fallback);
    if (value.isEmpty()) {
      problems.accept("'${%s}' has no value here; %s".formatted(name, names.remedy(name)));
    }
    return value;
  }

  private String sum(String expression, Optional<String> fallback) {
    long total = 0;
    int sign = 1;
    Matcher term = TERM.matcher(expression);
    for (int at = 0; at <= expression.length(); at = term.end() + 1) {
      if (!term.region(at, expression.length()).lookingAt() || !signFollows(expression, term)) {
        problems.accept(
            "a sum must be names and whole numbers with + or - between them, got '${%s}'; write for example ${node.id+9091}"
                .formatted(expression));
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
      problems.accept(
          "a sum must not be below 0, got '${%s}', which is %d; correct the number"
              .formatted(expression, total));
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
      problems.accept(
          "a sum takes whole numbers, but '${%s}' in '${%s}' is '%s'; correct it"
              .formatted(term, expression, value.get()));
      return Optional.empty();
    }
    return value;
  }
}
