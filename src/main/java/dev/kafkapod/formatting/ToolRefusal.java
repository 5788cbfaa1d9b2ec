package dev.kafkapod.formatting;

import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Why Kafka's tool doesn't format, in one line, and what to do about it: Kafka says only why. */
final class ToolRefusal {

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
    Optional<IOException> ofAFile = ofAFile(problem);
    return ofAFile.isPresent()
        ? new Misconfigured(
            message(
                reason(ofAFile.get()),
                "see that the file system is mounted, isn't full, and lets this process's user make directories and files there, or correct log.dirs in "
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
    Throwable it = problem;
    while (it != null && !(it instanceof IOException)) {
      it = it.getCause();
    }
    return Optional.ofNullable((IOException) it);
  }

  private static String reason(IOException problem) {
    if (!(problem instanceof FileSystemException named) || named.getFile() == null) {
      return text(problem);
    }
    if (named instanceof AccessDeniedException) {
      return named.getFile() + ": permission denied";
    }
    if (named instanceof NoSuchFileException) {
      return named.getFile() + ": can't be made there";
    }
    if (named instanceof FileAlreadyExistsException) {
      return named.getFile() + ": is no directory";
    }
    return named.getFile() + ": " + Optional.ofNullable(named.getReason()).orElse(text(named));
  }

  /** A message may be missing, or say nothing without the exception's name. */
  private static String text(Throwable problem) {
    String message = problem.getMessage();
    return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
  }
}
