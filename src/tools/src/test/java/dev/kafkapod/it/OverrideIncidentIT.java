package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The incident for which there are overrides: a rolling restart leads to a configuration with which
 * a broker can't start. Whatever would roll out the right one waits for the others to be ready, and
 * they aren't, because that broker is missing.
 */
@Tag("matrix")
class OverrideIncidentIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<Integer> SURVIVORS = List.of(0, 1);
  private static final String AT_MIN_ISR =
      "not ready: at-min-ISR 6 (orders-0, orders-1, orders-2, …)";

  private final KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(3);
  private final Agents agents = Agents.join(builder, 3);
  private final KafkaCluster cluster = builder.start();

  private Path config() {
    return cluster.broker(2).directory().resolve("server.properties");
  }

  private Result probe(int broker) {
    return agents.probe(cluster.broker(broker)).run("ready");
  }

  private KafkaPodCli kafkaPod(int broker) {
    return KafkaPodCli.packaged().with("KAFKA_POD_RUN_DIR", agents.runDirectory(broker).toString());
  }

  /** What lets a rollout go on: every pod but the one that it is about to replace is ready. */
  private boolean isGateOpen() {
    return SURVIVORS.stream().allMatch(broker -> probe(broker).exitCode() == 0);
  }

  private void awaitGate(boolean open) {
    Await.until(
        "the gate to be " + (open ? "open" : "closed"), LIMIT, this::isGateOpen, it -> it == open);
  }

  private String awaitLine(int broker, String start) {
    return Await.until(
        "broker " + broker + " to say " + start,
        LIMIT,
        () -> probe(broker).line(),
        line -> line.startsWith(start));
  }

  private void override(String length) {
    for (int broker : SURVIVORS) {
      Result result =
          kafkaPod(broker)
              .run(
                  "override",
                  "set",
                  "ready",
                  "--ignore=at-min-isr",
                  "--for=" + length,
                  "--reason=INC-4711 rolling out the fixed configuration",
                  "--by=jane");
      assertThat(result.exitCode()).as(result.toString()).isZero();
    }
  }

  @Test
  void ignoringExactlyTheBlockingConditionLetsTheFixThroughAndEndsByItself() throws Exception {
    try (cluster) {
      cluster.createTopic("orders", 6, 3, Map.of("min.insync.replicas", "2"));
      SURVIVORS.forEach(agents::awaitReady);
      agents.awaitReady(2);
      String good = Files.readString(config());

      // the rollout's first step, highest ordinal first, to the bad configuration
      KafkaNode broken = cluster.broker(2);
      broken.stop();
      Files.writeString(config(), good + "\nlog.retention.hours=never\n");
      broken.start();
      Await.until("broker 2 to fail", LIMIT, broken::isAlive, alive -> !alive);
      assertThat(Files.readString(broken.log(), StandardCharsets.UTF_8))
          .contains("Invalid value never for configuration log.retention.hours");
      staysBlocked();

      whatIsIgnoredOpensTheGateAndNothingElseIs();

      // the fixed one
      awaitGate(true);
      Files.writeString(config(), good);
      broken.start();
      agents.awaitReady(2);
      cluster.awaitFullIsr();
      SURVIVORS.forEach(broker -> kafkaPod(broker).run("override", "clear"));
      for (int broker : SURVIVORS) {
        Await.until(
            "broker " + broker + " to be ready by itself",
            LIMIT,
            () -> probe(broker).line(),
            line -> line.startsWith("ready: ") && !line.contains("override"));
      }

      endsByItself();
    }
  }

  private void staysBlocked() {
    for (int broker : SURVIVORS) {
      awaitLine(broker, AT_MIN_ISR);
    }
    // for longer than anything takes to notice
    long begun = System.nanoTime();
    Await.until(
        "half a minute without a single yes",
        LIMIT,
        () -> {
          for (int broker : SURVIVORS) {
            Result result = probe(broker);
            if (result.exitCode() != 1) {
              throw new IllegalStateException("broker " + broker + ": " + result);
            }
          }
          return Duration.ofNanos(System.nanoTime() - begun);
        },
        lasted -> lasted.compareTo(Duration.ofSeconds(30)) > 0);
  }

  private void whatIsIgnoredOpensTheGateAndNothingElseIs() throws IOException {
    override("10m");
    Await.until(
        "the gate to open, in two seconds if the machine has time",
        Duration.ofSeconds(10),
        this::isGateOpen,
        it -> it);
    for (int broker : SURVIVORS) {
      assertThat(probe(broker).line())
          .matches(
              "ready \\(override until .*Z by jane: INC-4711 rolling out the fixed configuration; ignores at-min-isr; hides: at-min-ISR 6\\)");
    }

    cluster.broker(1).kill();
    String worse = awaitLine(0, "not ready: ");
    assertThat(worse).contains("under-min-ISR 6").contains("; ignores at-min-isr; hides: ");
    assertThat(isGateOpen()).isFalse();
    cluster.broker(1).start();
    // it is not latched, and what else counts at startup counts there
    awaitLine(0, "ready (override until ");
    Result second =
        Await.until(
            "broker 1 to answer by its new process",
            LIMIT,
            () -> probe(1),
            result -> result.line().contains("at-min-ISR 6"));
    assertThat(second.line()).contains("; ignores at-min-isr; hides: at-min-ISR 6");
    if (second.exitCode() != 0) {
      // out-of-sync and under-replicated count until a process has been ready once
      assertThat(second.line()).contains("under-replicated 6");
      Result wider =
          kafkaPod(1)
              .run(
                  "override",
                  "set",
                  "evaluate",
                  "--ignore=at-min-isr,under-replicated",
                  "--for=10m",
                  "--reason=INC-4711 rolling out the fixed configuration",
                  "--by=jane");
      assertThat(wider.exitCode()).as(wider.toString()).isZero();
    }
    awaitGate(true);
  }

  private void endsByItself() {
    cluster.broker(2).kill();
    for (int broker : SURVIVORS) {
      awaitLine(broker, AT_MIN_ISR);
    }
    override("15s");
    Instant end = Instant.now().plusSeconds(15);
    awaitGate(true);

    List<Instant> late = new ArrayList<>();
    Result closed =
        Await.until(
            "the gate to close",
            LIMIT,
            () -> {
              Instant asked = Instant.now();
              Result result = probe(0);
              if (result.exitCode() == 0 && asked.isAfter(end)) {
                late.add(asked);
              }
              return result;
            },
            result -> result.exitCode() != 0);

    assertThat(late).isEmpty();
    assertThat(Instant.now()).isAfter(end.minusSeconds(2));
    // the agent's verdict ends with the override, and in that moment the command line may answer:
    // it has never been ready before, so more counts
    assertThat(closed.line()).startsWith("not ready: ");
    assertThat(awaitLine(0, AT_MIN_ISR))
        .contains("warning: override file ")
        .contains(" expired at ");
    awaitGate(false);
    assertThat(kafkaPod(0).run("override", "show").exitCode()).isEqualTo(1);
  }
}
