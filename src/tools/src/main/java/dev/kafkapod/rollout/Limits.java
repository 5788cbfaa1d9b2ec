package dev.kafkapod.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long sends may wait before a rollout counts as failed. Without limits stalls are told, but
 * decide nothing: what is too long depends on the machine and on who sends.
 *
 * @param gap the longest time without an acknowledged send
 * @param p99 99 % of acknowledged sends must be acknowledged within this
 */
record Limits(Optional<Duration> gap, Optional<Duration> p99) {

  static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

  Limits {
    Objects.requireNonNull(gap);
    Objects.requireNonNull(p99);
  }

  /** Each limit that doesn't hold, as the end of a sentence; just reached holds. */
  List<String> exceededBy(Waits waits) {
    List<String> exceeded = new ArrayList<>();
    gap.filter(limit -> waits.longestGapMillis() > limit.toMillis())
        .ifPresent(
            limit ->
                exceeded.add(
                    "the longest gap without an acknowledged send was %s, and --max-gap allows %s"
                        .formatted(Waits.time(waits.longestGapMillis()), text(limit))));
    p99.ifPresent(
        limit -> {
          if (isP99ExceededBy(waits)) {
            OptionalLong seen = waits.p99Millis();
            exceeded.add(
                "the 99th percentile of acknowledgement latency was %s, and --max-p99 allows %s"
                    .formatted(
                        seen.isEmpty()
                            ? "unknown, because no send was acknowledged"
                            : Waits.time(seen.getAsLong()),
                        text(limit)));
          }
        });
    return exceeded;
  }

  /** No acknowledged send is no proof that sends are fast. */
  boolean isP99ExceededBy(Waits waits) {
    return p99.filter(limit -> waits.p99Millis().orElse(Long.MAX_VALUE) > limit.toMillis())
        .isPresent();
  }

  /** The options that set them, each with a space before it. */
  String options() {
    return gap.map(limit -> " --max-gap " + option(limit)).orElse("")
        + p99.map(limit -> " --max-p99 " + option(limit)).orElse("");
  }

  private static String option(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }

  private static String text(Duration limit) {
    return Waits.time(limit.toMillis());
  }
}
