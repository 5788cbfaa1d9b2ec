package dev.kafkapod.overrides;

import java.util.List;
import java.util.Objects;

/**
 * What was found at a place where an override may be.
 *
 * @param place the file, for messages
 * @param fingerprint what tells this file from any other, for {@link OverrideIdentity}. It is of
 *     what the file holds, or of what is wrong with it; its time counts for nothing, because
 *     mounts, copies and clocks change that
 */
public record OverrideSource(String place, FileContent content, String fingerprint) {

  public OverrideSource {
    Objects.requireNonNull(place);
    Objects.requireNonNull(content);
    Objects.requireNonNull(fingerprint);
  }

  /** What is in the file. */
  public sealed interface FileContent {

    /** There is no file. */
    record NoFile() implements FileContent {}

    /**
     * There is something that can't be read as a file of lines.
     *
     * @param problem what is wrong, one phrase
     */
    record UnreadableFile(String problem) implements FileContent {
      public UnreadableFile {
        Objects.requireNonNull(problem);
      }
    }

    /** There are lines. */
    record Lines(List<OverrideText.PropertyLine> lines) implements FileContent {
      public Lines {
        lines = List.copyOf(lines);
      }
    }
  }
}
