package dev.kafkapod.readiness;

import java.util.List;
import java.util.Objects;

/** What was found of one condition. */
public sealed interface Finding {

  /** The condition doesn't hold. */
  record Clear() implements Finding {}

  /** The condition holds, for a reason that isn't a list of partitions. */
  record Holds(String detail) implements Finding {
    public Holds {
      Objects.requireNonNull(detail);
    }
  }

  /** The condition holds for these partitions: at least one, sorted by name. */
  record HoldsFor(List<PartitionState> partitions) implements Finding {
    public HoldsFor {
      partitions = partitions.stream().sorted().toList();
      if (partitions.isEmpty()) {
        throw new IllegalArgumentException("a condition that holds for no partition doesn't hold");
      }
    }
  }

  /** Nobody could tell. */
  record Unknown(String cause) implements Finding {
    public Unknown {
      Objects.requireNonNull(cause);
    }
  }

  /** The condition has no meaning for this process. */
  record NotApplicable(String why) implements Finding {
    public NotApplicable {
      Objects.requireNonNull(why);
    }
  }

  /** Holds for the given partitions, or is clear if there are none. */
  static Finding of(List<PartitionState> partitions) {
    return partitions.isEmpty() ? new Clear() : new HoldsFor(partitions);
  }
}
