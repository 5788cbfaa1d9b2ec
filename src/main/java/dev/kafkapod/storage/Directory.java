package dev.kafkapod.storage;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of a node's directories, and what was found in it.
 *
 * @param path as the configuration has it
 * @param holdsMetadata whether the metadata log is in it: a controller's vote depends on that one
 */
public record Directory(String path, boolean holdsMetadata, Content content) {

  public Directory {
    Objects.requireNonNull(path);
    Objects.requireNonNull(content);
  }

  /** What is in a directory. */
  public sealed interface Content {}

  /** Nothing, or nothing but what an interrupted formatting leaves. */
  public record Empty() implements Content {}

  /**
   * A meta.properties.
   *
   * @param clusterId where it has one
   * @param nodeId where it has one
   * @param used whether there is more than formatting leaves: the node has lived
   */
  public record Formatted(Optional<String> clusterId, OptionalInt nodeId, boolean used)
      implements Content {
    public Formatted {
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(nodeId);
    }
  }

  /**
   * Data without a meta.properties.
   *
   * @param example the name of something in it
   */
  public record Foreign(String example) implements Content {
    public Foreign {
      Objects.requireNonNull(example);
    }
  }

  /**
   * It can't be looked into.
   *
   * @param why in a few words
   */
  public record Unreadable(String why) implements Content {
    public Unreadable {
      Objects.requireNonNull(why);
    }
  }

  boolean isEmpty() {
    return content instanceof Empty;
  }

  /** Its meta.properties, where there is one. */
  Optional<Formatted> formatted() {
    return content instanceof Formatted it ? Optional.of(it) : Optional.empty();
  }
}
