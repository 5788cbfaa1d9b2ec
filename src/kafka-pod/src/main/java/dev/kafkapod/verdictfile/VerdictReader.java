package dev.kafkapod.verdictfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the verdict file of a run directory, and believes it only if it speaks of now. */
public final class VerdictReader {

  /** No verdict file is this long. */
  private static final int LONGEST = 64 * 1024;

  private VerdictReader() {}

  /** What the file says, or why it can't be used. */
  public record Reading(Optional<VerdictFile> verdict, String problem) {}

  /** Reads the file in a run directory. */
  public static Reading read(Path runDirectory) {
    Path file = runDirectory.resolve(VerdictFile.NAME);
    try {
      if (!Files.isRegularFile(file)) {
        return new Reading(Optional.empty(), "there is no verdict file in " + runDirectory);
      }
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LONGEST);
      }
      Optional<VerdictFile> verdict =
          VerdictFile.parse(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      if (verdict.isEmpty()) {
        return new Reading(Optional.empty(), file + " is damaged");
      }
      Optional<String> stale =
          verdict.get().staleBecause(Proc.bootId(), Proc.uptimeSeconds(), Proc::startTicks);
      return stale.isPresent()
          ? new Reading(Optional.empty(), file + " can't be used: " + stale.get())
          : new Reading(verdict, "");
    } catch (CharacterCodingException e) {
      return new Reading(Optional.empty(), file + " is damaged");
    } catch (IOException e) {
      return new Reading(Optional.empty(), file + " can't be read: " + e.getMessage());
    }
  }
}
