package dev.kafkapod.e2e;

import dev.kafkapod.e2e.load.LoadLine;
import dev.kafkapod.e2e.load.LoadLine.Look;
import dev.kafkapod.e2e.load.LoadLine.Result;
import java.util.List;
import java.util.Optional;

/**
 * What the load has seen of a disruption, judged.
 *
 * @param lines all that it has printed
 */
record Findings(List<LoadLine> lines) {

  /**
   * Something that must hold.
   *
   * @param holds whether it did
   * @param what must hold
   * @param seen what was seen
   */
  record Finding(boolean holds, String what, String seen) {}

  Findings {
    lines = List.copyOf(lines);
  }

  /**
   * Whether messages and partitions came to no harm. Without a result nothing is known to be well.
   */
  List<Finding> judge() {
    Optional<Result> last =
        lines.stream().filter(Result.class::isInstance).map(Result.class::cast).findFirst();
    if (last.isEmpty()) {
      return List.of(new Finding(false, "the load came to its end", "it printed no result"));
    }
    Result result = last.get();
    List<Look> looks = lines.stream().filter(Look.class::isInstance).map(Look.class::cast).toList();
    List<Look> harmful =
        looks.stream().filter(it -> it.underMinIsr() > 0 || it.offline() > 0).toList();
    return List.of(
        new Finding(
            result.failed() == 0 && result.acknowledged() > 0,
            "no message failed",
            "%d acknowledged, %d failed".formatted(result.acknowledged(), result.failed())),
        new Finding(
            result.lost() == 0 && result.acknowledged() > 0,
            "no acknowledged message was lost",
            "%d lost, %d read twice".formatted(result.lost(), result.duplicates())),
        new Finding(
            harmful.isEmpty() && result.looks() > 0,
            "no partition was under min ISR or offline",
            harmful.isEmpty()
                ? "at none of %d looks, the longest gap between two %.1f s; at most %d under-replicated, %d at min ISR"
                    .formatted(
                        result.looks(),
                        result.longestGapMillis() / 1000.0,
                        looks.stream().mapToInt(Look::underReplicated).max().orElse(0),
                        looks.stream().mapToInt(Look::atMinIsr).max().orElse(0))
                : harmful.get(0).describe()));
  }
}
