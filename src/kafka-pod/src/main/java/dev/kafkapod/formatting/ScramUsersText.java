package dev.kafkapod.formatting;

import dev.kafkapod.formatting.ScramUser.Mechanism;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the users of a new cluster, one a line: {@code NAME=PASSWORD}, for every mechanism; or in
 * the notation of {@code kafka-storage.sh --add-scram}, for one. What could be read in two ways is
 * a problem, and no problem has anything of a line in it: any word might be a password.
 */
final class ScramUsersText {

  private static final String WRITE =
      "write NAME=PASSWORD, or as kafka-storage.sh --add-scram takes it";

  private static final Pattern KAFKAS = Pattern.compile("(?i)(SCRAM-[^=]*)=\\s*\\[(.*)");

  /** A user name without anything that another notation might mean. */
  private static final Pattern SIMPLE_NAME = Pattern.compile("[^\\s\\h:,\"'\\[\\]{}]+");

  private static final Pattern QUOTED = Pattern.compile("\".*\"|'.*'");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern BLANK_AT_AN_END = Pattern.compile("[\\s\\h].*|.*[\\s\\h]");

  /** {@code key="value"} up to the next key or the end, or {@code key=value} up to the comma. */
  private static final Pattern COMPONENT =
      Pattern.compile(
          "\\s*(name|password|iterations|salt|saltedpassword)=(\"(.*?)\"\\s*(?=,\\s*(?:name|password|iterations|salt|saltedpassword)=|$)|[^,]*)(,|$)");

  private final Supplier<byte[]> salts;
  private final List<ScramUser> users = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<List<?>, Integer> lines = new HashMap<>();
  private int line;

  /**
   * Reads a whole text.
   *
   * @param salts makes a random salt
   */
  ScramUsersText(String text, Supplier<byte[]> salts) {
    this.salts = salts;
    // some editors begin a file with it
    for (String one : text.replaceFirst("^\uFEFF", "").split("\n", -1)) {
      line++;
      String content = one.endsWith("\r") ? one.substring(0, one.length() - 1) : one;
      if (!content.isBlank() && !content.startsWith("#")) {
        read(content);
      }
    }
    if (users.isEmpty() && problems.isEmpty()) {
      problems.add("must name a user, and names none; " + WRITE);
    }
  }

  /** The users in the order of their lines; not all of them if there are problems. */
  List<ScramUser> users() {
    return List.copyOf(users);
  }

  /** Everything that is wrong, each with its line. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void problem(String rule) {
    problems.add("line %d: %s".formatted(line, rule));
  }

  private void read(String content) {
    Matcher kafkas = KAFKAS.matcher(content.strip());
    int equals = content.indexOf('=');
    if (kafkas.matches()) {
      readKafkas(kafkas.group(1), kafkas.group(2));
    } else if (equals < 0) {
      problem("has no '='; " + WRITE);
    } else if (!SIMPLE_NAME.matcher(content.substring(0, equals)).matches()) {
      problem(
          "before the '=' must stand a user's name without blanks, quotes, brackets, ':' and ','; "
              + WRITE);
    } else {
      String name = content.substring(0, equals);
      String password = content.substring(equals + 1);
      if (isPassword(password) && isUnquoted(password)) {
        for (Mechanism mechanism : Mechanism.values()) {
          add(ScramUser.of(name, mechanism, ScramUser.FEWEST_ITERATIONS, salts.get(), password));
        }
      }
    }
  }

  private boolean isPassword(String password) {
    if (password.isEmpty()) {
      problem("the password must not be empty; write it behind the '='");
    } else if (CONTROL.matcher(password).find()) {
      problem(
          "the password must have no control characters, such as tabs, which can't be typed; take them out");
    } else {
      return true;
    }
    return false;
  }

  /** Quotes and outer blanks belong to the password here, which is rarely what is meant. */
  private boolean isUnquoted(String password) {
    if (QUOTED.matcher(password).matches()) {
      problem(
          "the password is in quotes, which would belong to it; take them away, or, if they do belong to it, write it as kafka-storage.sh --add-scram takes it, in further double quotes");
    } else if (BLANK_AT_AN_END.matcher(password).matches()) {
      problem(
          "the password begins or ends with a blank; take it away, or, if it belongs to it, write it as kafka-storage.sh --add-scram takes it, in double quotes");
    } else {
      return true;
    }
    return false;
  }

  private void add(ScramUser user) {
    Integer before = lines.putIfAbsent(List.of(user.name(), user.mechanism()), line);
    if (before != null) {
      problem(
          "names a user that line %d names already, for %s; leave one of them"
              .formatted(before, user.mechanism()));
    } else {
      users.add(user);
    }
  }

  private void readKafkas(String mechanismName, String rest) {
    Optional<Mechanism> mechanism = Mechanism.of(mechanismName);
    if (mechanism.isEmpty()) {
      problem("the mechanism must be SCRAM-SHA-256 or SCRAM-SHA-512");
    }
    if (!rest.endsWith("]")) {
      problem("must end with ']'; add it");
      return;
    }
    Optional<Map<String, String>> values = components(rest.substring(0, rest.length() - 1));
    int before = problems.size();
    if (values.isPresent()) {
      checkName(values.get());
      OptionalIterations iterations = new OptionalIterations(values.get().get("iterations"));
      if (iterations.isWrong()) {
        problem(
            "iterations must be a whole number from %d to %d"
                .formatted(ScramUser.FEWEST_ITERATIONS, ScramUser.MOST_ITERATIONS));
      }
      Optional<byte[]> salt = base64(values.get(), "salt");
      Optional<byte[]> salted = base64(values.get(), "saltedpassword");
      checkPassword(values.get(), mechanism, salted);
      if (problems.size() == before && mechanism.isPresent()) {
        String name = values.get().get("name");
        add(
            salted
                .map(
                    it ->
                        new ScramUser(
                            name,
                            mechanism.get(),
                            iterations.value(),
                            ScramUser.secret(salt.orElseThrow()),
                            ScramUser.secret(it)))
                .orElseGet(
                    () ->
                        ScramUser.of(
                            name,
                            mechanism.get(),
                            iterations.value(),
                            salt.orElseGet(salts),
                            values.get().get("password"))));
      }
    }
  }

  /** Empty, and a problem, if they aren't as they must be. */
  private Optional<Map<String, String>> components(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher component = COMPONENT.matcher(text);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!component.region(at, text.length()).lookingAt()) {
        problem(
            "between the brackets must stand name, password, iterations, salt or saltedpassword, each with '=' and a value, and commas between them; put a password with a comma in double quotes");
        return Optional.empty();
      }
      String key = component.group(1);
      String value = component.group(3) != null ? component.group(3) : component.group(2);
      if (values.put(key, value) != null) {
        problem(key + " stands there twice; leave one");
        return Optional.empty();
      }
      if (component.group(3) == null && BLANK_AT_AN_END.matcher(value).matches()) {
        problem(
            key + " begins or ends with a blank; take it away, or put the value in double quotes");
        return Optional.empty();
      }
      at = component.end();
      more = component.group(4).equals(",");
    }
    return Optional.of(values);
  }

  private void checkName(Map<String, String> values) {
    String name = values.getOrDefault("name", "");
    if (name.isEmpty()) {
      problem("the name is missing; add it");
    } else if (name.indexOf(',') >= 0 || CONTROL.matcher(name).find()) {
      problem(
          "the name must have no commas and control characters, which kafka-storage.sh can't take; add such a user with kafka-configs.sh, once the cluster runs");
    }
  }

  private void checkPassword(
      Map<String, String> values, Optional<Mechanism> mechanism, Optional<byte[]> salted) {
    String password = values.get("password");
    if (password == null && !values.containsKey("saltedpassword")) {
      problem("the password is missing, or saltedpassword and salt in its place; add it");
    } else if (password != null && values.containsKey("saltedpassword")) {
      problem("password and saltedpassword exclude each other; leave one");
    } else if (password != null) {
      isPassword(password);
    } else if (!values.containsKey("salt")) {
      problem("saltedpassword needs the salt with which it was made; add it");
    } else if (mechanism.isPresent()
        && salted.isPresent()
        && salted.get().length != mechanism.get().bytes()) {
      problem(
          "saltedpassword must be %d bytes long for %s, got %d"
              .formatted(mechanism.get().bytes(), mechanism.get(), salted.get().length));
    }
  }

  private Optional<byte[]> base64(Map<String, String> values, String key) {
    if (!values.containsKey(key)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(values.get(key));
      if (bytes.length > 0) {
        return Optional.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      // its message may show what is secret
    }
    problem(key + " must be base64, and not empty");
    return Optional.empty();
  }

  /** A number of iterations, Kafka's own if there is none. */
  private record OptionalIterations(String text) {

    boolean isWrong() {
      return text != null
          && (!text.matches("\\d{1,6}")
              || value() < ScramUser.FEWEST_ITERATIONS
              || value() > ScramUser.MOST_ITERATIONS);
    }

    int value() {
      return text == null ? ScramUser.FEWEST_ITERATIONS : Integer.parseInt(text);
    }
  }
}
