package dev.kafkapod.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rolls the brokers of all sites, at the same time if there are two. */
record RolloutPart(String topic) implements Part {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  @Override
  public void run(Stage stage) {
    long begun = System.currentTimeMillis();
    LoadPod load = stage.load(topic);
    for (Site site : stage.sites()) {
      stage.changeTemplate(site, topic);
    }
    Waiting.until(
        "the rollout to come to its end",
        LIMIT,
        () -> stage.sites().stream().map(stage::isRolled).toList(),
        it -> !it.contains(false));
    stage.report().event("rolled");
    check(stage, load, begun);
    allUpdated(stage);
  }

  /** Ends the load, and checks that nothing came to harm. */
  static void check(Stage stage, LoadPod load, long sinceMillis) {
    Timeline timeline = stage.timeline(sinceMillis);
    new Findings(load.stop())
        .judge()
        .forEach(it -> stage.report().check(it.holds(), it.what(), it.seen()));
    List<String> violations = timeline.violations();
    List<Timeline.Disruption> disruptions = timeline.disruptions();
    stage
        .report()
        .check(
            violations.isEmpty(),
            stage.sites().size() == 1
                ? "one broker at a time"
                : "one broker of each StatefulSet at a time",
            violations.isEmpty()
                ? "%d disruptions, %d at the same time at most"
                    .formatted(disruptions.size(), timeline.atOnce())
                : String.join("; ", violations));
  }

  /** Checks that each broker's pod is of the revision that it should have, and ready. */
  static void allUpdated(Stage stage) {
    Map<String, PodEvent> latest = stage.timeline().latest();
    for (Site site : stage.sites()) {
      String revision = stage.updateRevision(site);
      long updated =
          latest.values().stream()
              .filter(it -> it.set().equals(site.set()))
              .filter(it -> it.revision().equals(revision) && it.ready())
              .count();
      stage
          .report()
          .check(
              updated == site.brokers(),
              "all pods of " + site.set() + " are updated and ready",
              "%d of %d have revision %s".formatted(updated, site.brokers(), revision));
    }
  }
}
