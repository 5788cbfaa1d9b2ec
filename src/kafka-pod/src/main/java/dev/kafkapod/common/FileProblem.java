package dev.kafkapod.common;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** Why something couldn't be done with a file, in one phrase: Java's own words name classes. */
public final class FileProblem {

  private FileProblem() {}

  /** The reason, for a message that names the file already. */
  public static String reason(IOException problem, Path file) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no directory"; // from making a directory
    }
    if (problem instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return text(problem).replace(file + ": ", "");
  }

  /** The reason with the file's name, for a message that speaks of a whole directory. */
  public static String named(IOException problem) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied for " + problem.getMessage();
    }
    return problem.getClass() == IOException.class
        ? text(problem)
        : problem.getClass().getSimpleName() + ": " + problem.getMessage();
  }

  private static String text(IOException problem) {
    return Optional.ofNullable(problem.getMessage()).orElse(problem.getClass().getSimpleName());
  }
}
