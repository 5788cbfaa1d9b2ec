package dev.kafkapod.overridefile;

import dev.kafkapod.common.AtomicFile;
import dev.kafkapod.overrides.OverrideText;
import dev.kafkapod.overrides.ReadinessOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes and removes the pod's own override file. */
public final class OverrideWriter {

  private OverrideWriter() {}

  /**
   * Replaces the file by atomic rename; everybody may read it, because the broker may run as
   * another user than the operator.
   *
   * @throws IOException if that can't be done; what was there before is still there then
   */
  public static void write(Path file, ReadinessOverride override) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    AtomicFile.publish(directory, file, ".override.", OverrideText.format(override));
  }

  /**
   * Removes the file.
   *
   * @return whether there was one
   * @throws IOException if it can't be removed
   */
  public static boolean remove(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }
}
