package dev.kafkapod.rollout;

import dev.kafkapod.tryout.IsrWatch.Look;
import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What has come of a rollout.
 *
 * @param setting what was rolled
 * @param complete whether all brokers were updated and ready in the end
 * @param looks the partitions over time
 * @param pods the brokers over time
 * @param sends the messages over time
 * @param partitionSeconds seconds under min ISR, summed over partitions
 * @param failures how many sends failed, with the first reason
 * @param quorum what the controllers' quorum has lost; empty if they weren't rolled
 * @param conditions under what it ran
 * @param waits how long the messages waited for their acknowledgement
 */
record Course(
    Setting setting,
    boolean complete,
    List<Look> looks,
    List<Pod> pods,
    List<Sends> sends,
    double partitionSeconds,
    String failures,
    Optional<Losses> quorum,
    Conditions conditions,
    Waits waits) {

  /** One broker's phases, the oldest first. */
  record Pod(int broker, List<BrokerPod.Change> changes) {
    Pod {
      changes = List.copyOf(changes);
    }
  }

  /**
   * All messages so far.
   *
   * @param atMillis since the watch began
   */
  record Sends(long atMillis, long acknowledged, long failed) {}

  Course {
    Objects.requireNonNull(setting);
    Objects.requireNonNull(failures);
    Objects.requireNonNull(quorum);
    Objects.requireNonNull(conditions);
    Objects.requireNonNull(waits);
    looks = List.copyOf(looks);
    pods = List.copyOf(pods);
    sends = List.copyOf(sends);
    if (looks.isEmpty() || sends.isEmpty()) {
      throw new IllegalArgumentException("a rollout without observations shows nothing");
    }
  }

  long endMillis() {
    return looks.get(looks.size() - 1).atMillis();
  }

  long acknowledged() {
    return sends.get(sends.size() - 1).acknowledged();
  }

  long failed() {
    return sends.get(sends.size() - 1).failed();
  }

  /**
   * Whether a partition was ever under its min ISR or leaderless, or the quorum without a majority,
   * or a send failed, or none was acknowledged, which proves nothing.
   */
  boolean didHarm() {
    return failed() > 0
        || acknowledged() == 0
        || quorum.filter(it -> it.withoutMajorityMillis() > 0).isPresent()
        || looks.stream().anyMatch(look -> look.underMinIsr() > 0 || look.offline() > 0);
  }

  /** The limits that the sends' waits have exceeded; each is the end of a sentence. */
  List<String> exceededLimits() {
    return setting.limits().exceededBy(waits);
  }

  /**
   * 0 if the rollout came to its end, did no harm and kept to the limits; 1 otherwise. Without
   * kafka-pod harm is what it is there to show, but a limit that was asked for still holds.
   */
  int exitCode() {
    boolean wrong = didHarm() && setting.gate() != Setting.Gate.NONE;
    return complete && !wrong && exceededLimits().isEmpty() ? 0 : 1;
  }

  /** The verdict, and what it hides: acknowledgements that came late. */
  String summary() {
    List<String> exceeded = exceededLimits();
    return verdict()
        + " "
        + waits.describe()
        + (exceeded.isEmpty() ? "" : " Too long: " + String.join("; ", exceeded) + ".");
  }

  private String verdict() {
    if (!complete) {
      return "The rollout didn't come to its end.";
    }
    String controllers = quorum.map(it -> " Meanwhile " + it.describe() + ".").orElse("");
    return didHarm()
        ? "The rollout did harm: " + harm() + "." + controllers
        : "The rollout did no harm: no partition fell under its min ISR, and no send failed."
            + controllers;
  }

  private String harm() {
    return String.format(
        Locale.ROOT,
        "%.1f partition-seconds under min ISR, %d failed %s",
        partitionSeconds,
        failed(),
        failed() == 1 ? "send" : "sends");
  }

  /** The verdict, the figures, and what it was that has been rolled: for a terminal. */
  String lastLine() {
    return summary() + " This was " + setting.command() + ".";
  }

  /** One of several runs, from 1. */
  String line(int run) {
    return "run %d: %s, %s, %s%s"
        .formatted(
            run,
            !complete ? "not complete" : didHarm() ? "harm" : "no harm",
            Report.seconds(endMillis()),
            harm(),
            quorum.map(it -> ", " + it.describe()).orElse(""));
  }
}
