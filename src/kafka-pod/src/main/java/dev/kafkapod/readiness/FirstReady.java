package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a process's first "ready" takes, as far as a single look can tell. The agent watches a
 * process, and says ready once nothing has been wrong for some time ({@link ReadinessOverTime}).
 * One look sees no time go by; but of a process that hasn't even been up for so long it is sure.
 *
 * @param stableFor how long nothing may be wrong before the first ready; empty for {@link
 *     #byDefault}
 * @param latched whether somebody says that the process has been ready before; counts only where
 *     nobody can tell how long it has been up
 * @param uptime how long the process has been up, where it doesn't say so itself; asked for only if
 *     that matters, and empty if nobody can tell
 */
public record FirstReady(
    Optional<Duration> stableFor, boolean latched, Supplier<Optional<Duration>> uptime) {

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  public FirstReady {
    Objects.requireNonNull(stableFor);
    Objects.requireNonNull(uptime);
  }

  /**
   * How long that is where nobody says it: 10 s, or as long as the cluster may take to notice that
   * somebody has died.
   */
  public static Duration byDefault(Duration toNotice) {
    return toNotice.compareTo(SHORTEST) > 0 ? toNotice : SHORTEST;
  }

  /**
   * The verdict of one look: a yes only if the process has been up for long enough.
   *
   * @param toNotice how long the cluster may take to notice that somebody has died
   */
  public Verdict of(Verdict judged, Answer<BrokerSnapshot> broker, Duration toNotice) {
    if (!judged.isYes()) {
      return judged;
    }
    Optional<Duration> up =
        broker
            .value()
            .map(BrokerSnapshot::uptime)
            .filter(it -> !it.isZero()) // it doesn't say
            .or(uptime);
    if (up.isPresent()) {
      Duration enough = stableFor.orElseGet(() -> byDefault(toNotice));
      return up.get().compareTo(enough) >= 0 ? judged : tooYoung(up.get(), enough);
    }
    return latched ? judged : unknown();
  }

  private static Verdict tooYoung(Duration up, Duration enough) {
    return new Verdict.No(
        List.of(
            "nothing is wrong, but the process has been up only for %s of the %s that the first ready takes"
                .formatted(Wording.seconds(up), Wording.seconds(enough))));
  }

  private static Verdict unknown() {
    return new Verdict.CannotTell(
        List.of(
            "nothing is wrong, but it is unknown how long the broker's process has been up; name it with --pid or --jmx-url, or set --latched if it has been ready before"));
  }
}
