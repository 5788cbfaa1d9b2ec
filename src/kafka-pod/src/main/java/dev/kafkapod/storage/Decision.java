package dev.kafkapod.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is to be done with a node's disks. */
public sealed interface Decision {

  /** Whether asking the other controllers once more could lead to another decision. */
  default boolean isProvisional() {
    return false;
  }

  /**
   * Kafka can start.
   *
   * @param warnings lines that people should read
   */
  record NothingToDo(String why, List<String> warnings, boolean isProvisional) implements Decision {
    public NothingToDo {
      Objects.requireNonNull(why);
      warnings = List.copyOf(warnings);
    }

    NothingToDo(String why, List<String> warnings) {
      this(why, warnings, false);
    }
  }

  /**
   * The empty directories are to be formatted.
   *
   * @param directories their paths
   * @param clusterId the cluster; empty for a new one with an id of its own
   * @param why what the emptiness was taken for
   * @param warnings what it may cost; lines that people must read
   * @param commands what somebody has to run afterwards, in this order
   * @param newCluster whether the cluster may begin with what this node is formatted with
   */
  record FormatDisks(
      List<String> directories,
      Optional<String> clusterId,
      FormatMode mode,
      String why,
      List<String> warnings,
      List<String> commands,
      boolean newCluster,
      boolean isProvisional)
      implements Decision {
    public FormatDisks {
      directories = List.copyOf(directories);
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(mode);
      Objects.requireNonNull(why);
      warnings = List.copyOf(warnings);
      commands = List.copyOf(commands);
    }
  }

  /** They must not be formatted, and Kafka must not start. */
  record RefuseStart(String why, boolean isProvisional) implements Decision {
    public RefuseStart {
      Objects.requireNonNull(why);
    }
  }

  /** What is configured doesn't say enough, or contradicts itself. */
  record Invalid(List<String> problems) implements Decision {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** Somebody would know, and doesn't say. */
  record Undecided(String why, boolean isProvisional) implements Decision {
    public Undecided {
      Objects.requireNonNull(why);
    }
  }
}
