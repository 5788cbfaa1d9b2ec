package dev.kafkapod.overrides;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What was found at a place where an override may be.
 *
 * @param place the file, for messages
 */
public record OverrideSource(String place, Content content) {

  public OverrideSource {
    Objects.requireNonNull(place);
    Objects.requireNonNull(content);
  }

  /** What is in the file. */
  public sealed interface Content {

    /** There is no file. */
    record Absent() implements Content {}

    /**
     * There is something that can't be read as a file of lines.
     *
     * @param problem what is wrong, one phrase
     */
    record Unreadable(String problem) implements Content {
      public Unreadable {
        Objects.requireNonNull(problem);
      }
    }

    /**
     * There are lines.
     *
     * @param written when the file was last changed, says its file system
     */
    record Lines(List<OverrideText.Line> lines, Instant written) implements Content {
      public Lines {
        lines = List.copyOf(lines);
        Objects.requireNonNull(written);
      }
    }
  }
}
