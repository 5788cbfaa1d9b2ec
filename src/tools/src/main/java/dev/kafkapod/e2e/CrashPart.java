package dev.kafkapod.e2e;

import dev.kafkapod.e2e.Kubectl.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The runbook's case 2 on a stretched cluster. One side's broker crash-loops on a bad revision:
 * that side's rollout stays where it is, and the other side's stops behind it, for its first
 * updated broker isn't ready while replicas are missing. An override, of that one condition, gets
 * it through; then the bad revision is put right.
 */
record CrashPart() implements Part {

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration BLOCKED = Duration.ofSeconds(60);
  private static final Duration BY_ITSELF = Duration.ofSeconds(60);
  // a setting that the renderer refuses, as for a slip of the pen in a ConfigMap
  private static final String BAD = "KAFKA_LOG_RETENTION_HOURS";

  @Override
  public void run(Stage stage) {
    Report report = stage.report();
    Site bad = stage.sites().get(0);
    Site good = stage.sites().get(1);
    long begun = System.currentTimeMillis();
    LoadPod load = stage.load("crash");

    report.event("bad revision for " + bad.set() + ": " + BAD + "=seven");
    setEnv(stage, bad, BAD + "=seven");
    Waiting.until(
        "the bad pod to crash twice",
        LIMIT,
        () -> stage.pod(bad, "kafka-2"),
        it -> it.stays() && !it.ready() && it.restarts() >= 2);
    stage.changeTemplate(good, "crash");
    Waiting.until(
        "the other side's first broker to be replaced and to run",
        LIMIT,
        () -> stage.timeline(begun).runningAgain(good.set(), "kafka-2"),
        it -> !it.isEmpty());
    staysBlocked(stage, bad, good);
    override(stage, bad, good);
    putRight(stage, bad);
    RolloutPart.check(stage, load, begun);
    RolloutPart.allUpdated(stage);
  }

  private static void staysBlocked(Stage stage, Site bad, Site good) {
    Report report = stage.report();
    Set<String> before = others(stage);
    boolean blocked =
        Waiting.stays(
            BLOCKED,
            () ->
                others(stage).equals(before)
                    && !stage.pod(bad, "kafka-2").ready()
                    && !stage.pod(good, "kafka-2").ready());
    report.check(
        blocked,
        "both rollouts stay where they are",
        blocked ? "nothing moved for %d s".formatted(BLOCKED.toSeconds()) : "something moved");
    Outcome status =
        stage
            .kubectl()
            .run("-n", good.namespace(), "rollout", "status", "statefulset/kafka", "--timeout=5s");
    report.event("rollout status of " + good.set() + ": " + lastLine(status));
    Outcome ready = inPod(stage, good, "kafka-2", List.of("ready"));
    report.check(
        ready.exitCode() == 1 && ready.all().contains("under-replicated"),
        "the blocked broker says why",
        ready.all().lines().findFirst().orElse(""));
  }

  /** The pods that neither rollout may touch while it is blocked. */
  private static Set<String> others(Stage stage) {
    Set<String> uids = new TreeSet<>();
    for (PodEvent pod : stage.timeline().latest().values()) {
      if (!pod.pod().equals("kafka-2")) {
        uids.add(pod.uid() + (pod.stays() ? "" : " ending"));
      }
    }
    return uids;
  }

  /**
   * On each broker of the good side as soon as it is updated: a pod that is deleted loses its own.
   */
  private static void override(Stage stage, Site bad, Site good) {
    Report report = stage.report();
    String revision = stage.updateRevision(good);
    Set<String> done = new TreeSet<>();
    boolean rolled =
        !Waiting.stays(
            LIMIT,
            () -> {
              if (stage.isRolled(good)) {
                return false;
              }
              stage.timeline().latest().values().stream()
                  .filter(it -> it.set().equals(good.set()) && it.revision().equals(revision))
                  .filter(it -> it.stays() && it.waiting().isEmpty() && !done.contains(it.uid()))
                  .filter(it -> isOverridden(stage, good, it))
                  .forEach(it -> done.add(it.uid()));
              return true;
            });
    PodEvent crashing = stage.pod(bad, "kafka-2");
    report.check(
        rolled && !crashing.ready(),
        "an override gets the good side's rollout through, beside the crash-looping broker",
        "%s, %d overrides, the bad pod has crashed %d times"
            .formatted(rolled ? "rolled" : "not rolled", done.size(), crashing.restarts()));
    Outcome show = inPod(stage, good, "kafka-0", List.of("ready"));
    report.event(good.set() + " kafka-0 ready: " + show.all().lines().findFirst().orElse(""));
    for (int ordinal = 0; ordinal < good.brokers(); ordinal++) {
      inPod(stage, good, "kafka-" + ordinal, List.of("override", "clear"));
    }
  }

  private static boolean isOverridden(Stage stage, Site site, PodEvent pod) {
    List<String> command =
        List.of(
            "override",
            "set",
            "evaluate",
            "--ignore",
            "under-replicated",
            "--for",
            "1h",
            "--by",
            "jane",
            "--reason",
            "the other side crash-loops, and five replicas of six are enough");
    boolean done = inPod(stage, site, pod.pod(), command).ok();
    if (done) {
      stage.report().event(site.set() + " " + pod.pod() + ": override, --ignore under-replicated");
    }
    return done;
  }

  private static void putRight(Stage stage, Site bad) {
    Report report = stage.report();
    String uid = stage.pod(bad, "kafka-2").uid();
    report.event("revision of " + bad.set() + " put right");
    setEnv(stage, bad, BAD + "-");
    if (Waiting.stays(BY_ITSELF, () -> stage.pod(bad, "kafka-2").uid().equals(uid))) {
      report.event("the crash-looping pod isn't replaced by itself: deleted by hand");
      stage.kubectl().must("-n", bad.namespace(), "delete", "pod", "kafka-2", "--wait=false");
    } else {
      report.event("the crash-looping pod was replaced by itself");
    }
    Waiting.until(
        "the bad side's rollout to come to its end", LIMIT, () -> stage.isRolled(bad), it -> it);
    report.event("rolled");
  }

  private static void setEnv(Stage stage, Site site, String change) {
    stage
        .kubectl()
        .must("-n", site.namespace(), "set", "env", "statefulset/kafka", "-c", "kafka", change);
  }

  private static Outcome inPod(Stage stage, Site site, String pod, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-n",
                site.namespace(),
                "exec",
                pod,
                "-c",
                "kafka",
                "--",
                "/opt/kafka-pod/bin/kafka-pod"));
    all.addAll(command);
    return stage.kubectl().run(Kubectl.USUALLY, "", all);
  }

  private static String lastLine(Outcome outcome) {
    List<String> lines = outcome.all().lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
