package dev.kafkapod.readiness;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * The condition holds for these partitions: at least one, sorted by name.
   *
   * @param incomplete why there may be more of them
   */
  record HoldsFor(List<PartitionState> partitions, Optional<String> incomplete) implements Finding {
    public HoldsFor {
      Objects.requireNonNull(incomplete);
      partitions = partitions.stream().sorted().toList();
      if (partitions.isEmpty()) {
        throw new IllegalArgumentException("a condition that holds for no partition doesn't hold");
      }
    }

    /** All partitions that there are. */
    HoldsFor(List<PartitionState> partitions) {
      this(partitions, Optional.empty());
    }
  }

  /**
   * Nobody could tell.
   *
   * @param cause why, in one phrase
   * @param grace for how long the last verdict may be kept meanwhile
   */
  record Unknown(String cause, Grace grace) implements Finding {
    public Unknown {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(grace);
    }

    /** One that isn't waited out. */
    Unknown(String cause) {
      this(cause, Grace.NONE);
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

  /**
   * The same finding by somebody who may not have seen everything: what was found stays, what
   * wasn't is unknown.
   */
  default Finding incomplete(String why) {
    if (this instanceof Clear) {
      return new Unknown(why);
    }
    return this instanceof HoldsFor held ? new HoldsFor(held.partitions(), Optional.of(why)) : this;
  }
}
