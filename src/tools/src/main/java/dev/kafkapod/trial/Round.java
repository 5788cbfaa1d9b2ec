package dev.kafkapod.trial;

import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What has come of a round.
 *
 * @param number from 1
 * @param stops those who wanted to stop
 * @param spreadMicros how long after the first hook the last began
 * @param partitionSeconds seconds under min ISR, summed over partitions
 * @param quorum what the controllers' quorum has lost; empty where brokers stopped
 * @param failed sends that failed for good meanwhile
 * @param fault what else happened, for people; empty if nothing did
 * @param faultMillis when a broker that wasn't to stop was taken away, since the first hook began
 * @param broken why the round didn't come to its end; empty if it did
 * @param tookMillis until all was well again
 */
record Round(
    int number,
    List<Stop> stops,
    long spreadMicros,
    double partitionSeconds,
    Optional<Losses> quorum,
    long failed,
    String fault,
    OptionalLong faultMillis,
    Optional<String> broken,
    long tookMillis) {

  /** A cluster fences a broker 9 s after its last heartbeat: nobody can know it sooner. */
  static final long NOTICED_AFTER_MS = 10_000;

  Round {
    stops = List.copyOf(stops);
    Objects.requireNonNull(quorum);
    Objects.requireNonNull(fault);
    Objects.requireNonNull(faultMillis);
    Objects.requireNonNull(broken);
  }

  /** Whether partitions fell under their min ISR, or the quorum lost its majority. */
  boolean didHarm() {
    return partitionSeconds > 0 || quorum.filter(it -> it.withoutMajorityMillis() > 0).isPresent();
  }

  /**
   * Whether the harm may be the fault's alone: a broker was taken away so shortly before a stop was
   * let go that the cluster couldn't know.
   */
  boolean isExcused() {
    return faultMillis.isPresent()
        && stops.stream()
            .filter(Stop::wasLetGo)
            .anyMatch(it -> it.hookMillis() < faultMillis.getAsLong() + NOTICED_AFTER_MS);
  }

  /** Whether it proves nothing: somebody wasn't let go, or the cluster didn't recover. */
  boolean isInconclusive() {
    return broken.isPresent() || !stops.stream().allMatch(Stop::wasLetGo);
  }

  /** One line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "round %d: %s; %s; began within %.1f ms; %s; under min ISR %.1f partition-seconds%s%s%s; %s%s",
        number,
        !didHarm() ? "no harm" : isExcused() ? "harm by the fault" : "HARM",
        stops.stream().map(it -> String.valueOf(it.node())).collect(Collectors.joining("+")),
        spreadMicros / 1000.0,
        stops.stream().map(Stop::describe).collect(Collectors.joining("; ")),
        partitionSeconds,
        quorum.map(it -> "; " + it.describe()).orElse(""),
        failed > 0 ? "; failed sends: " + failed : "",
        fault.isEmpty() ? "" : "; " + fault,
        Stop.seconds(tookMillis),
        broken.map(it -> "; BROKEN: " + it).orElse(""));
  }

  /** What each hook printed. */
  String trace() {
    return stops.stream()
        .map(
            stop ->
                stop.said().stream()
                    .map(line -> "    hook of %d: %s".formatted(stop.node(), line))
                    .collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\n"));
  }
}
