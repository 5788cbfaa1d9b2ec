package dev.kafkapod.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that hold what is expected. With the system property {@code golden.update} set, tests write
 * them anew, for somebody to read what has changed: {@code mvn test -Dtest=NAME -Dgolden.update}.
 */
public final class Golden {

  private Golden() {}

  /** Whether what is expected is to be written anew. */
  public static boolean isUpdating() {
    return System.getProperty("golden.update") != null;
  }

  /** Asserts that a file holds a text, or makes it so. */
  public static void assertHolds(Path file, String text) throws IOException {
    if (isUpdating()) {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    }
    assertThat(text)
        .as("what %s is to hold; if it is what you want, set -Dgolden.update", file)
        .isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }
}
