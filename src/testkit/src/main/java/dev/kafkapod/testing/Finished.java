package dev.kafkapod.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program that has run. What it prints goes to files, so that none that is full can hold it up.
 *
 * @param exitCode empty if it had to be ended
 * @param out what it printed
 * @param err what it complained of
 */
public record Finished(OptionalInt exitCode, String out, String err) {

  /**
   * Runs one to its end, or until the limit.
   *
   * @param input what it reads
   * @throws IOException if it can't be started
   */
  public static Finished run(Duration limit, String input, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("finished", ".out");
    Path err = Files.createTempFile("finished", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it has ended without reading, and says why
      }
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      return new Finished(
          ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(),
          Files.readString(out),
          Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
