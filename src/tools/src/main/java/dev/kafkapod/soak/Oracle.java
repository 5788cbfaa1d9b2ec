package dev.kafkapod.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what one agent says with what is true, look after look.
 *
 * <p>All topics have three replicas and a min.insync.replicas of 2, so a partition that lacks one
 * live member of its ISR is at its minimum, and nothing but that counts. A broker that was killed
 * is missing from that moment on, although the cluster lists it until it is fenced. Controllers are
 * three as well: while one is missing, by its own disk, none can be spared.
 */
final class Oracle {

  /**
   * 5 s until the quorum's leader shows who has died, one evaluation while ready, 5 s after the one
   * before, what it takes, and what a busy machine adds. Less than the time for which a broker
   * stays dead, and that is less than a session.
   */
  private static final Duration TO_NOTICE_TROUBLE = Duration.ofSeconds(15);

  /** Two evaluations while not ready, 2 s apart, and the same. */
  private static final Duration TO_NOTICE_HEALTH = Duration.ofSeconds(9);

  /** How long nothing may be wrong before a process's first ready. */
  private static final Duration STABLE_FOR = Duration.ofSeconds(10);

  private final String node;
  private Optional<Boolean> truth = Optional.empty();
  private Optional<Boolean> said = Optional.empty();
  private boolean latched;
  private long truthSince;
  private int changes;
  private Duration slowestTrouble = Duration.ZERO;
  private Duration slowestHealth = Duration.ZERO;
  private boolean reported;
  private final List<String> violations = new ArrayList<>();

  /**
   * Of one agent.
   *
   * @param node whose it is, for people
   */
  Oracle(String node) {
    this.node = node;
  }

  /** The process has ended: the next one starts over. */
  void processEnded() {
    truth = Optional.empty();
    said = Optional.empty();
    latched = false;
  }

  /**
   * Takes a look into account.
   *
   * @param clear whether the cluster is in order, with all brokers alive, and this one runs
   * @param ready what the agent says
   */
  void look(boolean clear, boolean ready, String line, long nowNanos) {
    if (!truth.equals(Optional.of(clear))) {
      truth = Optional.of(clear);
      truthSince = nowNanos;
      reported = false;
    }
    if (said.isPresent() && said.get() != ready) {
      changes++;
    }
    said = Optional.of(ready);
    Duration lasting = Duration.ofNanos(nowNanos - truthSince);
    if (clear != ready) {
      Duration limit =
          clear
              ? latched ? TO_NOTICE_HEALTH : TO_NOTICE_HEALTH.plus(STABLE_FOR)
              : TO_NOTICE_TROUBLE;
      note(clear, lasting);
      if (lasting.compareTo(limit) > 0 && !reported) {
        reported = true;
        violations.add(
            "%s says '%s' %d s after the cluster has become %s"
                .formatted(
                    node, line, lasting.toSeconds(), clear ? "sound" : "unable to spare one"));
      }
    }
    latched |= ready;
  }

  private void note(boolean clear, Duration lasting) {
    if (!clear) {
      slowestTrouble = max(slowestTrouble, lasting);
    } else if (latched) {
      slowestHealth = max(slowestHealth, lasting);
    }
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** What the agent said for too long although it was not so. */
  List<String> violations() {
    return violations;
  }

  /** Whether the agent said ready when it was last looked at. */
  boolean isReady() {
    return said.equals(Optional.of(true));
  }

  /** How often the agent has changed its mind. */
  int changes() {
    return changes;
  }

  @Override
  public String toString() {
    return "%s: %d changes of the verdict, trouble noticed after %.1f s at the most, health (once latched) after %.1f s"
        .formatted(
            node, changes, slowestTrouble.toMillis() / 1000.0, slowestHealth.toMillis() / 1000.0);
  }
}
