package dev.kafkapod.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why something couldn't be done with a file, in one phrase. */
final class FileProblem {

  private FileProblem() {}

  static String reason(IOException problem, Path file) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no directory";
    }
    if (problem instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return String.valueOf(problem.getMessage()).replace(file + ": ", "");
  }
}
