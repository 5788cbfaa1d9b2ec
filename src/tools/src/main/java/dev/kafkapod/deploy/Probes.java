package dev.kafkapod.deploy;

import dev.kafkapod.settings.Values;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Probes that neither kill a broker that recovers nor call a slow answer a no. */
final class Probes {

  private static final String PROBE = "/opt/kafka-pod/bin/kafka-pod-probe";
  private static final String TIMEOUT = "KAFKA_POD_PROBE_TIMEOUT";
  private static final Duration STARTUP = Duration.ofHours(24);

  /** What the probe takes where nobody has set KAFKA_POD_PROBE_TIMEOUT. */
  private static final String FALLBACK = "9s";

  /** For how long the liveness probe asks a silent endpoint, and a second for itself. */
  private static final int LIVENESS_SECONDS = 6;

  /** Kubernetes' default. */
  private static final int READINESS_SECONDS = 10;

  static final List<Rule> RULES =
      List.of(
          Rule.ofNodes("each probe asks its own question", Probes::questions),
          Rule.ofNodes("one no is enough, and comes soon", Probes::readiness),
          Rule.ofNodes("a broker may recover for a day", Probes::startup),
          Rule.ofNodes("time-outs are long enough for the fallback", Probes::timeouts),
          Rule.ofNodes("a wedged broker isn't waited for", Probes::wedged));

  private Probes() {}

  private static void questions(Nodes nodes, Consumer<String> problems) {
    question("startupProbe", nodes.kafka().getStartupProbe(), "started", false, problems);
    question("readinessProbe", nodes.kafka().getReadinessProbe(), "ready", true, problems);
    question("livenessProbe", nodes.kafka().getLivenessProbe(), "live", true, problems);
  }

  private static void question(
      String name, Probe probe, String question, boolean needed, Consumer<String> problems) {
    if (probe == null && !needed) {
      return;
    }
    List<String> command =
        probe == null || probe.getExec() == null ? List.of() : probe.getExec().getCommand();
    if (!command.equals(List.of(PROBE, question))) {
      problems.accept(
          "%s must run %s %s, got %s; set it"
              .formatted(
                  name, PROBE, question, command.isEmpty() ? "none" : String.join(" ", command)));
    }
  }

  private static void readiness(Nodes nodes, Consumer<String> problems) {
    Probe probe = nodes.kafka().getReadinessProbe();
    if (probe == null) {
      return; // said already
    }
    int failures = Optional.ofNullable(probe.getFailureThreshold()).orElse(3);
    if (failures != 1) {
      problems.accept(
          "readinessProbe.failureThreshold must be 1, because a rollout would take the next broker between two noes, got %d; set it"
              .formatted(failures));
    }
    int period = Optional.ofNullable(probe.getPeriodSeconds()).orElse(10);
    if (period > READINESS_SECONDS) {
      problems.accept(
          "readinessProbe.periodSeconds must be at most %d, because a rollout trusts the last answer for so long, got %d; set it to 5"
              .formatted(READINESS_SECONDS, period));
    }
  }

  private static void startup(Nodes nodes, Consumer<String> problems) {
    Probe probe = nodes.kafka().getStartupProbe();
    if (probe == null) {
      return;
    }
    int period = Optional.ofNullable(probe.getPeriodSeconds()).orElse(10);
    int failures = Optional.ofNullable(probe.getFailureThreshold()).orElse(3);
    if ((long) period * failures < STARTUP.toSeconds()) {
      problems.accept(
          "startupProbe must allow 24 h at least (86400 s), because a broker that is killed while it recovers its logs starts over, got %d times %d s; raise failureThreshold, or leave the probe out"
              .formatted(failures, period));
    }
  }

  private static void timeouts(Nodes nodes, Consumer<String> problems) {
    if (nodes.isHidden(TIMEOUT)) {
      problems.accept(
          TIMEOUT
              + " must be written as a value, because it is compared with the probes' timeoutSeconds, got a reference; write it here, or in a ConfigMap of envFrom");
      return;
    }
    String fallback = nodes.variable(TIMEOUT).filter(it -> !it.isEmpty()).orElse(FALLBACK);
    Duration time;
    try {
      time = Values.duration(fallback);
    } catch (IllegalArgumentException e) {
      problems.accept(TIMEOUT + ": " + e.getMessage());
      return;
    }
    long needed = time.toSeconds() + 1;
    String why =
        "one more than KAFKA_POD_PROBE_TIMEOUT (%s), within which the probe asks by itself"
            .formatted(fallback);
    timeout("startupProbe", nodes.kafka().getStartupProbe(), needed, why, problems);
    timeout("readinessProbe", nodes.kafka().getReadinessProbe(), needed, why, problems);
    timeout(
        "livenessProbe",
        nodes.kafka().getLivenessProbe(),
        LIVENESS_SECONDS,
        "one more than asking a silent endpoint takes",
        problems);
  }

  private static void timeout(
      String name, Probe probe, long needed, String why, Consumer<String> problems) {
    if (probe == null) {
      return;
    }
    int seconds = Optional.ofNullable(probe.getTimeoutSeconds()).orElse(1);
    if (seconds < needed) {
      problems.accept(
          "%s.timeoutSeconds must be at least %d, %s, got %d; raise it"
              .formatted(name, needed, why, seconds));
    }
  }

  private static void wedged(Nodes nodes, Consumer<String> problems) {
    Optional<Long> grace =
        Optional.ofNullable(nodes.kafka().getLivenessProbe())
            .map(Probe::getTerminationGracePeriodSeconds);
    if (grace.isEmpty() || grace.get() > 60) {
      problems.accept(
          "livenessProbe.terminationGracePeriodSeconds must be set, and at most 60, because await-safe-stop would hold up a wedged broker's restart, got %s; set it to 30"
              .formatted(grace.map(String::valueOf).orElse("none")));
    }
  }
}
