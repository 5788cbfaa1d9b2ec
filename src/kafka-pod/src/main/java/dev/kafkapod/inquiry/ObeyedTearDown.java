package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.turns.TurnEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What one waiting knows of a tear-down. It is safe for use by several threads. */
final class ObeyedTearDown {

  private volatile Optional<String> letGo = Optional.empty();
  private volatile Instant noneAt = Instant.MIN;
  private volatile boolean unsure;

  /**
   * Takes what the log has of a tear-down. That counts where the cluster that is asked is the one
   * that is torn down.
   *
   * @param said what stands in the log, of the cluster that keeps it
   * @param asked the id of the cluster that is asked; empty if it doesn't answer
   * @param now this machine's clock
   * @throws Unanswered if there is one, and it counts, or nobody knows whether it does
   */
  void hear(Optional<TurnEntry.TearDown> said, Supplier<Optional<String>> asked, Instant now)
      throws Unanswered {
    letGo = Optional.empty();
    unsure = false;
    if (said.isEmpty()) {
      noneAt = now;
      return;
    }
    String why = TurnEntry.TearDown.why(said.get().by(), said.get().reason());
    Optional<String> own = asked.get();
    unsure = own.isEmpty();
    if (unsure) {
      throw new Unanswered(
          why + "; whether that is this cluster isn't known, because it doesn't answer");
    }
    if (own.get().equals(said.get().clusterId())) {
      letGo = Optional.of(why);
      throw new Unanswered(why);
    }
  }

  /** Why nobody has to wait; empty if somebody has. */
  Optional<String> letGo() {
    return letGo;
  }

  /** Whether there is one, and nobody knows of which cluster. */
  boolean isUnsure() {
    return unsure;
  }

  /** Whether the log was read after that, and had none. */
  boolean isOverSince(Instant said) {
    return !said.isAfter(noneAt);
  }
}
