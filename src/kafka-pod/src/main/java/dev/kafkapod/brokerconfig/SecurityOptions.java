package dev.kafkapod.brokerconfig;

import dev.kafkapod.settings.SettingValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Those options of a broker's JVM that its security needs: Kafka's clients in another JVM need them
 * just as well. All others are the broker's alone.
 *
 * @param options by the names of the system properties that they set
 */
public record SecurityOptions(Map<String, Option> options) {

  /** Names the file with the JAAS sections of brokers and clients. */
  static final String JAAS = "java.security.auth.login.config";

  private static final String KERBEROS = "java.security.krb5.conf";
  private static final String TLS = "javax.net.ssl.";
  private static final Set<String> FILES =
      Set.of(JAAS, KERBEROS, TLS + "keyStore", TLS + "trustStore");

  /** Before the name of a system property, the property that says who has set it. */
  private static final String ORIGIN = "kafkapod.origin.";

  /** What the launcher puts before the names of variables that its own Java would read. */
  private static final String KEPT = "KAFKA_POD_KEPT_";

  private static final String BEFORE_ALL = "JAVA_TOOL_OPTIONS";
  private static final String BEFORE = "JDK_JAVA_OPTIONS";
  private static final String AFTER_ALL = "_JAVA_OPTIONS";

  /** In the order in which Kafka's scripts and Java put them together; the last word wins. */
  private static final List<String> VARIABLES =
      List.of(
          BEFORE_ALL,
          BEFORE,
          "KAFKA_HEAP_OPTS",
          "KAFKA_JVM_PERFORMANCE_OPTS",
          "KAFKA_GC_LOG_OPTS",
          "KAFKA_JMX_OPTS",
          "KAFKA_LOG4J_OPTS",
          "KAFKA_OPTS",
          AFTER_ALL);

  /** None. */
  public static final SecurityOptions NONE = new SecurityOptions(Map.of());

  public SecurityOptions {
    options = Map.copyOf(options);
  }

  /**
   * One option.
   *
   * @param value never shown where it may be a password
   * @param origin who has set it, for messages
   */
  public record Option(SettingValue value, String origin) {}

  /** The one that names a JAAS file. */
  public Optional<Option> jaasFile() {
    return Optional.ofNullable(options.get(JAAS));
  }

  /** The options in the variables of a broker's container. */
  public static SecurityOptions inEnvironment(Map<String, String> environment) {
    Map<String, Option> options = new LinkedHashMap<>();
    for (String variable : VARIABLES) {
      readVariable(variable, environment, options);
    }
    return new SecurityOptions(options);
  }

  /**
   * The options of a process.
   *
   * @param words its command line as far as the main class
   * @param directory the directory that it was started in, from which it sees files
   */
  static SecurityOptions ofProcess(
      List<String> words, Map<String, String> environment, Path directory) {
    Map<String, Option> options = new LinkedHashMap<>();
    readVariable(BEFORE_ALL, environment, options);
    readVariable(BEFORE, environment, options);
    words.forEach(word -> read(word, "the broker's command line", options));
    readVariable(AFTER_ALL, environment, options);
    options.replaceAll(
        (name, option) ->
            FILES.contains(name)
                ? new Option(
                    SettingValue.open(from(directory, option.value().reveal())), option.origin())
                : option);
    return new SecurityOptions(options);
  }

  private static void readVariable(
      String variable, Map<String, String> environment, Map<String, Option> options) {
    boolean ofJava = variable.contains("JAVA_");
    String text = environment.getOrDefault(variable, "");
    if (ofJava && text.isEmpty()) {
      text = environment.getOrDefault(KEPT + variable, "");
    }
    // Kafka's scripts leave the splitting to the shell, which takes quotes in a variable as they
    // are
    split(text, ofJava).forEach(word -> read(word, variable, options));
  }

  private static void read(String word, String origin, Map<String, Option> options) {
    if (!word.startsWith("-D")) {
      return;
    }
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    if (name.equals(JAAS) || name.equals(KERBEROS) || name.startsWith(TLS)) {
      String value = equals < 0 ? "" : word.substring(equals + 1);
      options.put(
          name,
          new Option(
              new SettingValue(value, name.startsWith(TLS) && !FILES.contains(name)), origin));
    }
  }

  /** A variable's words; Java's own may hold spaces between quotes of either kind. */
  private static List<String> split(String text, boolean quotes) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 ? c == quote : quotes && (c == '"' || c == '\'')) {
        quote = quote == 0 ? c : 0;
        inWord = true;
      } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** A file as another process sees it; what isn't a plain path stays as it is. */
  private static String from(Path directory, String file) {
    String override = file.startsWith("=") ? "=" : "";
    String path = file.substring(override.length());
    return path.isEmpty()
            || path.startsWith("/")
            || path.contains("${")
            || path.equals("NONE") // a key store that isn't a file
            || JaasFile.isUrl(path)
        ? file
        : override + directory.resolve(path);
  }

  /**
   * Gives this JVM what it hasn't been given, before Kafka's and Java's classes look for it. As
   * system properties, because arguments are seen by everybody.
   */
  public void apply() {
    boolean tlsIsSaid =
        System.getProperties().stringPropertyNames().stream().anyMatch(it -> it.startsWith(TLS));
    options.forEach(
        (name, option) -> {
          // one store's password is no other store's
          if (System.getProperty(name) == null && !(tlsIsSaid && name.startsWith(TLS))) {
            System.setProperty(name, option.value().reveal());
            System.setProperty(ORIGIN + name, option.origin());
          }
        });
  }

  /** Who has set a system property, for messages. */
  static String origin(String name) {
    return System.getProperty(ORIGIN + name, "-D" + name);
  }
}
