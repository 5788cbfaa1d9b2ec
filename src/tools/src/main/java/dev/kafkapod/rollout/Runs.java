package dev.kafkapod.rollout;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What several runs of the same rollout come to. */
final class Runs {

  private final List<Course> courses;

  /**
   * Of runs that have ended.
   *
   * @throws IllegalArgumentException if there is none
   */
  Runs(List<Course> courses) {
    if (courses.isEmpty()) {
      throw new IllegalArgumentException("no run shows nothing");
    }
    this.courses = List.copyOf(courses);
  }

  /** 0 if each run would have exited with 0. */
  int exitCode() {
    return courses.stream().mapToInt(Course::exitCode).max().orElse(1);
  }

  /** For people, after the line of each run. */
  String summary() {
    List<Long> times = courses.stream().map(Course::endMillis).sorted().toList();
    return "%d runs, %d did harm, %d not complete. Time: min %s, median %s, max %s. Partition-seconds under min ISR: %s. Failed sends: %d. This was %s --runs %d."
        .formatted(
            courses.size(),
            courses.stream().filter(Course::didHarm).count(),
            courses.stream().filter(it -> !it.complete()).count(),
            Report.seconds(times.get(0)),
            Report.seconds((times.get((times.size() - 1) / 2) + times.get(times.size() / 2)) / 2),
            Report.seconds(times.get(times.size() - 1)),
            courses.stream()
                .map(it -> String.format(Locale.ROOT, "%.1f", it.partitionSeconds()))
                .collect(Collectors.joining(", ")),
            courses.stream().mapToLong(Course::failed).sum(),
            courses.get(0).setting().command(),
            courses.size());
  }
}
