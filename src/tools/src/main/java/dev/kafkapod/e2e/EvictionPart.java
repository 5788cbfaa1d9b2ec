package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafkapod.e2e.Kubectl.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * Evicts a broker, as a drain does, and then tries to evict another one while the cluster can't
 * spare it.
 */
record EvictionPart() implements Part {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  @Override
  public void run(Stage stage) {
    Report report = stage.report();
    Site site = stage.sites().get(0);
    long begun = System.currentTimeMillis();
    LoadPod load = stage.load("evict");
    Outcome first = evict(stage, site, "kafka-2", false);
    report.event("eviction of kafka-2: " + answer(first));
    report.check(first.ok(), "a broker of a healthy cluster is evicted", answer(first));

    Waiting.until(
        "kafka-2 to be on its way",
        LIMIT,
        () -> stage.timeline(begun).disruptions().size(),
        it -> it > 0);
    Outcome second = evict(stage, site, "kafka-1", false);
    report.event("eviction of kafka-1: " + answer(second));
    report.check(
        !second.ok() && second.all().contains("disruption budget"),
        "another one is refused meanwhile",
        answer(second));

    // kafka-2's pod is there again before it is ready: that isn't enough
    String madeAgain =
        Waiting.until(
            "kafka-2 to be made again and to run",
            LIMIT,
            () -> stage.timeline(begun).runningAgain(site.set(), "kafka-2"),
            it -> !it.isEmpty());
    Outcome third = evict(stage, site, "kafka-1", true);
    report.event("eviction of kafka-1 (dry run) while kafka-2 " + madeAgain + ": " + answer(third));
    report.check(
        !third.ok() && third.all().contains("disruption budget"),
        "and refused while the first one isn't ready again",
        answer(third));

    Waiting.until(
        "evictions to be allowed again",
        LIMIT,
        () -> evict(stage, site, "kafka-1", true),
        Outcome::ok);
    boolean ready = stage.timeline().latest().values().stream().allMatch(PodEvent::ready);
    report.event("eviction of kafka-1 (dry run): allowed");
    report.check(
        ready, "allowed again once all brokers are ready", ready ? "all ready" : "not all ready");
    RolloutPart.check(stage, load, begun);
  }

  private static Outcome evict(Stage stage, Site site, String pod, boolean dryRun) {
    ObjectNode eviction = Kubectl.JSON.createObjectNode();
    eviction.put("apiVersion", stage.server().policyVersion()).put("kind", "Eviction");
    eviction.putObject("metadata").put("name", pod).put("namespace", site.namespace());
    if (dryRun) {
      eviction.putObject("deleteOptions").putArray("dryRun").add("All");
    }
    return stage
        .kubectl()
        .run(
            Kubectl.USUALLY,
            eviction.toString(),
            List.of(
                "create",
                "--raw",
                "/api/v1/namespaces/" + site.namespace() + "/pods/" + pod + "/eviction",
                "-f",
                "-"));
  }

  private static String answer(Outcome outcome) {
    return outcome.ok() ? "granted" : outcome.all().lines().findFirst().orElse("no answer");
  }
}
