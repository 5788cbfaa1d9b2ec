package dev.kafkapod.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileProblemTest {

  private static final Path FILE = Path.of("/run/kafka/override");

  @Test
  void saysThatPermissionIsDenied() {
    assertThat(FileProblem.reason(new AccessDeniedException("/run/kafka"), FILE))
        .isEqualTo("permission denied");
    assertThat(FileProblem.named(new AccessDeniedException("/run/kafka")))
        .isEqualTo("permission denied for /run/kafka");
  }

  @Test
  void namesWhatStandsInADirectorysPlace() {
    assertThat(FileProblem.reason(new FileAlreadyExistsException("/run/kafka"), FILE))
        .isEqualTo("/run/kafka is no directory");
  }

  @Test
  void takesTheSystemsReasonWithoutTheFile() {
    assertThat(
            FileProblem.reason(
                new FileSystemException("/run/kafka/.override.1", null, "No space left on device"),
                FILE))
        .isEqualTo("No space left on device");
    assertThat(FileProblem.reason(new IOException(FILE + ": Is a directory"), FILE))
        .isEqualTo("Is a directory");
  }

  @Test
  void neverSaysNull() {
    assertThat(FileProblem.reason(new IOException(), FILE)).isEqualTo("IOException");
    assertThat(FileProblem.named(new IOException())).isEqualTo("IOException");
  }
}
