package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.URIParameter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.Configuration;

/**
 * The file that this JVM's {@code java.security.auth.login.config} names, read anew whenever it is
 * asked; by Java's own reader, so that it means what it means to a broker.
 */
final class JaasFile {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^{}]+)}");

  /** Java's reader says where, and then which word: that may be a part of a password. */
  private static final Pattern LINE = Pattern.compile("(?i)line (\\d+)");

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
        : Optional.of(
            new JaasFile(
                expanded(value.startsWith("=") ? value.substring(1) : value),
                SecurityOptions.origin(SecurityOptions.JAAS)));
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
    try {
      return Configuration.getInstance(
          "JavaLoginConfig", new URIParameter(path.map(Path::toUri).orElseGet(this::uri)));
    } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      Matcher line = LINE.matcher(String.valueOf(root.getMessage()));
      throw new Misconfigured(
          "%s: must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but %s; correct the file"
              .formatted(
                  this,
                  line.find()
                      ? "is malformed at or before line " + line.group(1)
                      : "is malformed or ends too early"));
    }
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
    return URI.create(name);
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
    return "the JAAS file %s (named by %s)".formatted(name, origin);
  }
}
