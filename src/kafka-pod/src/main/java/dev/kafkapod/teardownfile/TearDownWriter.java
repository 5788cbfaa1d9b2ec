package dev.kafkapod.teardownfile;

import dev.kafkapod.common.AtomicFile;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.verdictfile.Proc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Keeps the file as the topic of turns has it. Not safe for use by several threads at once. */
public final class TearDownWriter {

  /** Clocks drift, and looks take time: a smaller change isn't worth a write. */
  private static final Duration CHANGE = Duration.ofSeconds(5);

  private final Path file;
  private final Path temporary;
  private Optional<StandingTearDown> written = Optional.empty();

  /**
   * A writer for a run directory.
   *
   * @param pid this process's id, for the name of its temporary file
   */
  public TearDownWriter(Path runDirectory, long pid) {
    this.file = runDirectory.resolve(TearDownFile.NAME);
    this.temporary = runDirectory.resolve("." + TearDownFile.NAME + "." + pid);
  }

  /**
   * Writes the file by atomic rename where it isn't there, or says something else; removes it where
   * there is no tear-down.
   *
   * @throws IOException if that can't be done; the message is one line for people
   */
  public void keep(Optional<StandingTearDown> now) throws IOException {
    try {
      if (now.isEmpty()) {
        Files.deleteIfExists(file);
      } else if (!isWritten(now.get())) {
        write(now.get());
      }
      written = now;
    } catch (IOException e) {
      written = Optional.empty();
      throw new IOException("%s can't be kept: %s".formatted(file, FileProblem.named(e)), e);
    }
  }

  private boolean isWritten(StandingTearDown now) {
    return written
            .filter(it -> it.said().equals(now.said()))
            .filter(it -> Duration.between(it.until(), now.until()).abs().compareTo(CHANGE) < 0)
            .isPresent()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private void write(StandingTearDown now) throws IOException {
    TurnEntry.TearDown said = Objects.requireNonNull(now.said());
    TearDownFile text =
        new TearDownFile(
            said.clusterId(),
            said.by(),
            said.reason(),
            said.written(),
            now.until(),
            Proc.bootId(),
            Proc.uptime().plus(now.left()).toSeconds());
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(temporary);
    try {
      Files.writeString(
          temporary,
          text.format(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      AtomicFile.replace(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
