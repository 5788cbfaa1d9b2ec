package dev.kafkapod.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The steps that replace a file as a whole, so that nobody ever reads half of one. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Replaces a file, which need not exist, by one that everybody may read.
   *
   * @param directory where the file is
   * @param prefix of the temporary file's name there
   * @throws IOException if that can't be done; what was there before is still there then
   */
  public static void publish(Path directory, Path file, String prefix, String text)
      throws IOException {
    Path temporary = Files.createTempFile(directory, prefix, "");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        write(channel, text);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      replace(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(directory);
  }

  /** Writes a text in UTF-8, and waits until it is on the disk. */
  public static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /**
   * Renames a file over another, which need not exist.
   *
   * @param temporary in the same directory
   */
  public static void replace(Path file, Path temporary) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A rename survives a crash of the machine only once its directory has been written. */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
