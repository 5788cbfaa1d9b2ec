package dev.kafkapod.formatting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToolRefusalTest {

  private static final Path CONFIG = Path.of("/run/config/server.properties");
  private static final String OF_A_FILE =
      "; see that the file system is mounted, isn't full, and lets this process's user make"
          + " directories and files there, or correct log.dirs in /run/config/server.properties";
  private static final String OF_THE_CONFIGURATION =
      "; correct /run/config/server.properties, or what it was rendered from";

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/data/kafka"), "/data/kafka: permission denied"),
        Arguments.of(new NoSuchFileException("/proc/x"), "/proc/x: can't be made there"),
        Arguments.of(new FileAlreadyExistsException("/data"), "/data: is no directory"),
        Arguments.of(
            new FileSystemException("/data/a", null, "No space left on device"),
            "/data/a: No space left on device"),
        Arguments.of(new IOException("Input/output error"), "Input/output error"),
        Arguments.of(new IOException(), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatToDoAboutTheDisk(IOException problem, String why) {
    String message = "kafka-storage.sh refuses to format: " + why + OF_A_FILE;

    assertThat(ToolRefusal.because(problem, CONFIG)).hasMessage(message);
    assertThat(ToolRefusal.because(new UncheckedIOException(problem), CONFIG)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException: /data/kafka, /data/kafka: permission denied",
    "NoSuchFileException: /proc/x, /proc/x: can't be made there",
    "FileAlreadyExistsException: /data, /data: is no directory",
    "FileSystemException: /data/a: No space left on device, /data/a: No space left on device",
    "NotDirectoryException, NotDirectoryException",
  })
  void saysItTooWhereKafkaTellsOfTheDiskInWordsOnly(String told, String why) {
    IllegalStateException problem =
        new IllegalStateException(
            "Error while writing meta.properties file /data/kafka: java.nio.file." + told);

    assertThat(ToolRefusal.because(problem, CONFIG))
        .hasMessage("kafka-storage.sh refuses to format: " + why + OF_A_FILE);
  }

  @Test
  void saysWhatToDoAboutTheConfiguration() {
    assertThat(ToolRefusal.because(new IllegalStateException("No such feature.\n"), CONFIG))
        .hasMessage("kafka-storage.sh refuses to format: No such feature" + OF_THE_CONFIGURATION);
    assertThat(ToolRefusal.because(new NullPointerException(), CONFIG))
        .hasMessage(
            "kafka-storage.sh refuses to format: NullPointerException" + OF_THE_CONFIGURATION);
    assertThat(ToolRefusal.said("usage: x\n  unrecognized arguments: --y\n", CONFIG))
        .hasMessage(
            "kafka-storage.sh refuses to format: usage: x; unrecognized arguments: --y"
                + OF_THE_CONFIGURATION);
  }
}
