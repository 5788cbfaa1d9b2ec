package dev.kafkapod.trial;

import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What all rounds come to.
 *
 * @param setting what was tried
 * @param rounds in no particular order
 * @param planned how many rounds there should have been
 * @param failed sends that failed for good, from beginning to end
 * @param loneOnMillis how long hooks with turns waited alone
 * @param loneOffMillis the same without turns
 */
record Totals(
    TrialSetting setting,
    List<Round> rounds,
    int planned,
    long failed,
    List<Long> loneOnMillis,
    List<Long> loneOffMillis) {

  private static final int HARM = 1;
  private static final int PROVES_NOTHING = 3;

  Totals {
    rounds = List.copyOf(rounds);
    loneOnMillis = List.copyOf(loneOnMillis);
    loneOffMillis = List.copyOf(loneOffMillis);
  }

  private long harmful() {
    return rounds.stream().filter(it -> it.didHarm() && !it.isExcused()).count();
  }

  private long excused() {
    return rounds.stream().filter(it -> it.didHarm() && it.isExcused()).count();
  }

  private long inconclusive() {
    return rounds.stream().filter(Round::isInconclusive).count() + planned - rounds.size();
  }

  /**
   * 0 without harm, or where it was to be expected: without turns; 1 with harm; 3 if there was none
   * and yet not all has been tried.
   */
  int exitCode() {
    if (!setting.turns()) {
      return 0;
    }
    return harmful() > 0 ? HARM : inconclusive() > 0 ? PROVES_NOTHING : 0;
  }

  /** The last line. */
  String line() {
    Losses quorum =
        rounds.stream()
            .map(Round::quorum)
            .flatMap(Optional::stream)
            .reduce(new Losses(0, 0), Losses::plus);
    double partitionSeconds = rounds.stream().mapToDouble(Round::partitionSeconds).sum();
    return String.format(
            Locale.ROOT,
            "%d of %d rounds, %d with harm%s, %d that prove nothing; under min ISR %.1f partition-seconds",
            rounds.size(),
            planned,
            harmful(),
            excused() > 0 ? ", %d with harm by the fault".formatted(excused()) : "",
            inconclusive(),
            partitionSeconds)
        + (setting.kind() == TrialSetting.Kind.CONTROLLERS ? "; " + quorum.describe() : "")
        + "; failed sends: "
        + failed
        + lone()
        + ". This was "
        + setting.command()
        + ".";
  }

  private String lone() {
    return loneOnMillis.isEmpty() && loneOffMillis.isEmpty()
        ? ""
        : "; a lone stop waits %s with turns, %s without (medians)"
            .formatted(median(loneOnMillis), median(loneOffMillis));
  }

  private static String median(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return sorted.isEmpty()
        ? "unknown"
        : Stop.seconds((sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2);
  }
}
