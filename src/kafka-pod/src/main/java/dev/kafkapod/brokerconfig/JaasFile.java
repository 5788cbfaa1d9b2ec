package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.settings.Redaction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.URIParameter;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.Configuration;

/**
 * The file that a JVM's {@code java.security.auth.login.config} names, read anew whenever it is
 * asked; by Java's own reader, so that it means what it means to a broker.
 */
final class JaasFile {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]+)}");

  /** Java's reader says where, and then which word: that may be a part of a password. */
  private static final Pattern LINE = Pattern.compile("(?i)line (\\d+)");

  /** A file is read in milliseconds. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final String name;
  private final String origin;

  private JaasFile(String name, String origin) {
    this.name = name;
    this.origin = origin;
  }

  /** The file that is named; empty if none is. */
  static Optional<JaasFile> named() {
    String value = System.getProperty(SecurityOptions.JAAS);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(of(value, SecurityOptions.origin(SecurityOptions.JAAS)));
  }

  /** The file that an option of another JVM names. */
  static JaasFile of(SecurityOptions.Option option) {
    return of(option.value().reveal(), option.origin());
  }

  private static JaasFile of(String value, String origin) {
    return new JaasFile(expanded(value.startsWith("=") ? value.substring(1) : value), origin);
  }

  static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }

  /** As {@code sun.security.util.PropertyExpander} does. */
  private static String expanded(String text) {
    return PROPERTY
        .matcher(text)
        .replaceAll(
            it ->
                Matcher.quoteReplacement(
                    it.group(1).equals("/") ? "/" : System.getProperty(it.group(1), it.group())));
  }

  /**
   * Its sections.
   *
   * @throws Misconfigured if it can't be read; the message has nothing of its contents
   */
  Configuration read() {
    Optional<Path> path = path();
    path.ifPresent(this::requireReadable);
    // Java's reader knows no time-outs for what isn't a file
    return Question.ask(toString(), () -> read(path.map(Path::toUri).orElseGet(this::uri)))
        .answer(Deadline.in(LIMIT))
        .value()
        .orElseThrow(
            () ->
                new Misconfigured(
                    "%s: hasn't been read within %d s; correct %s"
                        .formatted(this, LIMIT.toSeconds(), origin)));
  }

  private Configuration read(URI uri) {
    try {
      return Configuration.getInstance("JavaLoginConfig", new URIParameter(uri));
    } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
      throw new Misconfigured(
          "%s: must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but %s"
              .formatted(this, problem(String.valueOf(Causes.root(e).getMessage()))));
    }
  }

  /** In our words, because Java's may show a part of a password. */
  private String problem(String javas) {
    Matcher line = LINE.matcher(javas);
    if (line.find()) {
      return "is malformed at or before line %s; correct the file".formatted(line.group(1));
    }
    if (javas.contains("Invalid control flag")) {
      return "has a module whose flag isn't required, requisite, sufficient or optional; correct the file";
    }
    if (javas.contains("expand")) {
      return "refers by ${…} to a system property that isn't set; correct the file, or set it";
    }
    if (javas.contains("multiple entries")) {
      return "has two sections of one name; correct the file";
    }
    return isUrl(name) && !name.startsWith("file:")
        ? "can't be read there, or is malformed; correct it, or name a file in " + origin
        : "is malformed or ends too early; correct the file";
  }

  private Optional<Path> path() {
    try {
      if (name.startsWith("file:")) {
        return Optional.of(Path.of(name.replaceFirst("^file:(//(?=/))?", "")));
      }
      return isUrl(name) ? Optional.empty() : Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      throw new Misconfigured(this + ": is no name of a file; correct " + origin, e);
    }
  }

  private URI uri() {
    try {
      return URI.create(name);
    } catch (IllegalArgumentException e) {
      throw new Misconfigured(this + ": is no name of a file; correct " + origin);
    }
  }

  /** What this JVM has read of it, or reads now; empty if it can't, or not in time. */
  static Optional<Configuration> remembered() {
    return Question.ask("this Java's own JAAS configuration", JaasFile::ofThisJava)
        .answer(Deadline.in(LIMIT))
        .value();
  }

  private static Configuration ofThisJava() throws Unanswered {
    try {
      return Configuration.getConfiguration();
    } catch (RuntimeException e) {
      throw new Unanswered("this Java has none", e);
    }
  }

  private void requireReadable(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new Misconfigured(
            this
                + ": must be a regular file, and is a folder, a pipe or a device; correct "
                + origin);
      }
      Files.newInputStream(file).close();
    } catch (NoSuchFileException e) {
      throw new Misconfigured(
          "%s: there is no such file; put it there, or correct %s".formatted(this, origin), e);
    } catch (AccessDeniedException e) {
      throw new Misconfigured(
          "%s: can't be read (permission denied); let the user %s read it"
              .formatted(this, System.getProperty("user.name")),
          e);
    } catch (IOException e) {
      throw new Misconfigured("%s: can't be read (%s)".formatted(this, e.getMessage()), e);
    }
  }

  /** {@code the JAAS file /etc/kafka/jaas.conf (named by KAFKA_OPTS)}. */
  @Override
  public String toString() {
    return "the JAAS file %s (named by %s)".formatted(Redaction.byShape().apply(name), origin);
  }
}
