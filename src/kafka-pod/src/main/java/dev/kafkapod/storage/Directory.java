package dev.kafkapod.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of a node's directories, and what was found in it.
 *
 * @param path as the configuration has it
 * @param holdsMetadata whether the metadata log is in it: a controller's vote depends on that one
 * @param strangers names of directories in it of which a broker would die, because it takes each
 *     directory in its log.dirs for a partition's
 */
public record Directory(
    String path, boolean holdsMetadata, Content content, List<String> strangers) {

  public Directory {
    Objects.requireNonNull(path);
    Objects.requireNonNull(content);
    strangers = List.copyOf(strangers);
  }

  /** A directory without strangers in it. */
  public Directory(String path, boolean holdsMetadata, Content content) {
    this(path, holdsMetadata, content, List.of());
  }

  /** How far a process of Kafka has come with a directory. */
  public enum Usage {
    /** Nothing shows that one has been there. */
    NONE,
    /** It has begun to use it. */
    STARTED,
    /** There are partitions of topics. */
    SERVED
  }

  /** What is in a directory. */
  public sealed interface Content {}

  /**
   * Nothing but what Kafka ignores, what an interrupted formatting leaves, and perhaps small files
   * of a process that has been there.
   */
  public record Empty(Usage usage) implements Content {
    public Empty {
      Objects.requireNonNull(usage);
    }

    /** Nothing shows that it was ever used. */
    public Empty() {
      this(Usage.NONE);
    }
  }

  /**
   * A meta.properties.
   *
   * @param clusterId where it has one
   * @param nodeId where it has one
   * @param directoryId where it has one
   * @param log the metadata log that lies beside it, wherever it belongs
   */
  public record Formatted(
      Optional<String> clusterId,
      OptionalInt nodeId,
      Optional<String> directoryId,
      Usage usage,
      MetadataLog log)
      implements Content {
    public Formatted {
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(nodeId);
      Objects.requireNonNull(directoryId);
      Objects.requireNonNull(usage);
      Objects.requireNonNull(log);
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
   * It can't be looked into, or its meta.properties can't be read: Kafka takes it for offline.
   *
   * @param why in a few words
   */
  public record Unreadable(String why) implements Content {
    public Unreadable {
      Objects.requireNonNull(why);
    }
  }

  /**
   * This process isn't allowed to read or write it.
   *
   * @param why what follows its name
   * @param remedy what to do
   * @param empty whether there is no meta.properties in it, as far as anybody can see: Kafka takes
   *     it for one that wasn't formatted
   */
  public record Denied(String why, String remedy, boolean empty) implements Content {
    public Denied {
      Objects.requireNonNull(why);
      Objects.requireNonNull(remedy);
    }
  }

  /**
   * Something is in the way of what Kafka would make there, and it would die of it.
   *
   * @param why in a few words
   * @param remedy what to do
   */
  public record Blocked(String why, String remedy) implements Content {
    public Blocked {
      Objects.requireNonNull(why);
      Objects.requireNonNull(remedy);
    }
  }

  Usage usage() {
    if (content instanceof Empty empty) {
      return empty.usage();
    }
    return formatted().map(Formatted::usage).orElse(Usage.NONE);
  }

  boolean isEmpty() {
    return content instanceof Empty;
  }

  /** Its meta.properties, where there is one. */
  public Optional<Formatted> formatted() {
    return content instanceof Formatted it ? Optional.of(it) : Optional.empty();
  }
}
