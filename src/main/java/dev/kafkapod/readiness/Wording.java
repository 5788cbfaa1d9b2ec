package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** How times and node ids are written for people, everywhere the same. */
public final class Wording {

  private Wording() {}

  /** {@code 7.3 s}. */
  public static String seconds(Duration duration) {
    return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
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
