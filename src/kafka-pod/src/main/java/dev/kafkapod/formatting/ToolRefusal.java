package dev.kafkapod.formatting;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why Kafka's tool doesn't format, in one line, and what to do about it: Kafka says only why. */
final class ToolRefusal {

  /** What is wrong with a file may be told in words only (Formatter's write error handler). */
  private static final Pattern FILE_PROBLEM =
      Pattern.compile("java\\.(?:nio\\.file|io)\\.(\\w+)(?:: (.*))?", Pattern.DOTALL);

  private ToolRefusal() {}

  /**
   * It has ended with an exit code other than 0.
   *
   * @param printed what it has printed
   */
  static Misconfigured said(String printed, Path serverConfig) {
    return new Misconfigured(message(printed, ofTheConfiguration(serverConfig)));
  }

  /** It has thrown something. */
  static Misconfigured because(Throwable problem, Path serverConfig) {
    Optional<String> ofAFile =
        ofAFile(problem).map(ToolRefusal::reason).or(() -> inWords(text(problem)));
    return ofAFile.isPresent()
        ? new Misconfigured(
            message(
                ofAFile.get(),
                "see that the file system is mounted, isn't full, and lets this process's user make"
                    + " directories and files there, or correct log.dirs in "
                    + serverConfig),
            problem)
        : new Misconfigured(message(text(problem), ofTheConfiguration(serverConfig)), problem);
  }

  private static String ofTheConfiguration(Path serverConfig) {
    return "correct %s, or what it was rendered from".formatted(serverConfig);
  }

  private static String message(String why, String remedy) {
    return "kafka-storage.sh refuses to format: %s; %s"
        .formatted(why.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("[.;\\s]+$", ""), remedy);
  }

  private static Optional<IOException> ofAFile(Throwable problem) {
    return Causes.chain(problem).stream()
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .findFirst();
  }

  private static Optional<String> inWords(String message) {
    Matcher matcher = FILE_PROBLEM.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String what = Optional.ofNullable(matcher.group(2)).orElse(matcher.group(1));
    return Optional.of(inWords(matcher.group(1), what).orElse(what));
  }

  private static String reason(IOException problem) {
    if (!(problem instanceof FileSystemException named) || named.getFile() == null) {
      return text(problem);
    }
    return inWords(named.getClass().getSimpleName(), named.getFile())
        .orElseGet(
            () ->
                named.getFile()
                    + ": "
                    + Optional.ofNullable(named.getReason()).orElse(text(named)));
  }

  /** What the names of Java's exceptions mean to whoever makes directories. */
  private static Optional<String> inWords(String exception, String file) {
    return switch (exception) {
      case "AccessDeniedException" -> Optional.of(file + ": permission denied");
      case "NoSuchFileException" -> Optional.of(file + ": can't be made there");
      case "FileAlreadyExistsException" -> Optional.of(file + ": is no directory");
      default -> Optional.empty();
    };
  }

  /** A message may be missing, or say nothing without the exception's name. */
  private static String text(Throwable problem) {
    String message = problem.getMessage();
    return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
  }
}
