package dev.kafkapod.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * What processes have cost.
 *
 * @param wall from start to exit; of several processes, one after the other
 * @param cpu user and system time
 * @param memory the largest resident memory of a process, in bytes
 */
record Cost(Duration wall, Duration cpu, long memory) {

  /** Of processes that run one after the other: times add up, memory doesn't. */
  static Cost together(Collection<Cost> costs) {
    return new Cost(
        costs.stream().map(Cost::wall).reduce(Duration.ZERO, Duration::plus),
        costs.stream().map(Cost::cpu).reduce(Duration.ZERO, Duration::plus),
        costs.stream().mapToLong(Cost::memory).max().orElseThrow());
  }

  /** Of one of so many equal processes that ran one after the other. */
  Cost dividedBy(int processes) {
    return new Cost(wall.dividedBy(processes), cpu.dividedBy(processes), memory);
  }

  /** The medians of each figure on its own. */
  static Cost median(Collection<Cost> costs) {
    return new Cost(
        Duration.ofNanos(median(costs, cost -> cost.wall().toNanos())),
        Duration.ofNanos(median(costs, cost -> cost.cpu().toNanos())),
        median(costs, Cost::memory));
  }

  /** The median of one figure; the middle between the two in the middle where there are two. */
  static <T> long median(Collection<T> measured, ToLongFunction<T> figure) {
    long[] sorted = measured.stream().mapToLong(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
