package dev.kafkapod.verdictfile;

import dev.kafkapod.common.AtomicFile;
import dev.kafkapod.common.FileProblem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the verdict file of a run directory, which belongs to one process at a time. Not safe for
 * use by several threads at once.
 */
public final class VerdictWriter implements Closeable {

  private static final String LOCK = VerdictFile.NAME + ".lock";

  private final Path directory;
  private final Path temporary;
  private FileChannel lockFile;
  private Object lockedFile;

  /**
   * A writer for a run directory, which need not exist yet.
   *
   * @param pid this process's id, for the name of its temporary file
   */
  public VerdictWriter(Path directory, long pid) {
    this.directory = Objects.requireNonNull(directory);
    this.temporary = directory.resolve("." + VerdictFile.NAME + "." + pid);
  }

  /**
   * Replaces the file by atomic rename.
   *
   * @param time the file's time: of when it speaks, for shells that compare it with other files';
   *     empty for now
   * @throws IOException if that can't be done, or the directory belongs to another process; the
   *     message is one line for people; the old file is removed, where it is this process's and can
   *     be
   */
  public void write(VerdictFile verdict, Optional<Instant> time) throws IOException {
    try {
      Files.createDirectories(directory);
      lock();
      Files.deleteIfExists(temporary);
      Files.writeString(
          temporary,
          verdict.format(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      if (time.isPresent()) {
        Files.setLastModifiedTime(temporary, FileTime.from(time.get()));
      }
      AtomicFile.replace(directory.resolve(VerdictFile.NAME), temporary);
    } catch (IOException e) {
      discard(temporary);
      if (lockFile != null) {
        // left behind, the last verdict would look like that of a wedged process
        discard(directory.resolve(VerdictFile.NAME));
      }
      throw new IOException(
          "%s can't be written: %s"
              .formatted(directory.resolve(VerdictFile.NAME), FileProblem.named(e)),
          e);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // nothing more can be done; the next one is written under the same name
    }
  }

  /**
   * The lock goes with this process, however it ends; a directory made anew needs a new one.
   *
   * <p>Whatever lies in the lock's place, this doesn't wait: opening a pipe to write to it would,
   * until somebody reads from it, but Linux opens one at once for both (fifo(7)). Links aren't
   * followed.
   */
  private void lock() throws IOException {
    Path file = directory.resolve(LOCK);
    if (lockFile != null
        && Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && key(file).equals(lockedFile)) {
      return;
    }
    close();
    requireRegular(file);
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      requireRegular(file); // it may have been replaced meanwhile
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process keeps its verdict there; give each broker its own");
      }
      lockFile = channel;
      lockedFile = key(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process writes its verdict there already", e);
    }
  }

  private static void requireRegular(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          file + " must be a regular file, and is a link, a directory or a pipe; remove it");
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  @Override
  public void close() throws IOException {
    if (lockFile != null) {
      lockFile.close();
      lockFile = null;
    }
  }
}
