package dev.kafkapod.overridefile;

import dev.kafkapod.overrides.OverrideText;
import dev.kafkapod.overrides.ReadinessOverride;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes and removes the pod's own override file. */
public final class OverrideWriter {

  private OverrideWriter() {}

  /**
   * Replaces the file by atomic rename; everybody may read it, for the broker may run as another
   * user than the operator.
   *
   * @throws IOException if that can't be done; what was there before is still there then
   */
  public static void write(Path file, ReadinessOverride override) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, ".override.", "");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes =
            ByteBuffer.wrap(OverrideText.format(override).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(directory);
  }

  /** A rename survives a crash of the machine only once its directory has been written. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
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
