package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** How times, numbers and node ids are written for people, everywhere the same. */
public final class Wording {

  private Wording() {}

  /** What has been measured: {@code 7.3 s}. */
  public static String seconds(Duration duration) {
    return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
  }

  /** What is short, and counts all the same: {@code 0.012 s}. */
  public static String shortTime(Duration duration) {
    return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
  }

  /** A duration as settings have it: {@code 24h}, {@code 90m}, {@code 45s} or {@code 500ms}. */
  public static String setting(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** A duration that may be long: {@code 7 s}, {@code 12 min 3 s} or {@code 2 h 5 min}. */
  public static String longTime(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
  }

  /** So many things whose plural ends in s: {@code 0 topics}, {@code 1 topic}, {@code 2 topics}. */
  public static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** {@code 1, 2, 3} in ascending order, or {@code none}. */
  public static String ids(Collection<Integer> ids) {
    return ids.isEmpty()
        ? "none"
        : ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /**
   * What to do about controllers that follow by new disks, for which nobody has voted yet.
   *
   * @param ids of the controllers, at least one
   */
  public static String withoutVote(Collection<Integer> ids) {
    return "%s by another disk that has no vote: remove the old voter, then add the new one (kafka-metadata-quorum.sh remove-controller and add-controller)"
        .formatted(
            ids.size() == 1
                ? "controller " + ids(ids) + " follows"
                : "controllers " + ids(ids) + " follow");
  }
}
