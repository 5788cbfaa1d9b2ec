package dev.kafkapod.report;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;

import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.GoldenConditions;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Made-up statuses, between them with everything that a status can show. How each looks is in
 * {@code src/kafka-pod/src/test/resources/status}.
 */
enum StatusSample {
  /** Every replica in sync, in Kafka 4. */
  IN_ORDER(
      anObservation()
          .in(
              aCluster()
                  .rack(1, "zone-a")
                  .rack(2, "zone-b")
                  .withTopics("orders", "payments")
                  .partitionCount(40)),
      ReadinessPolicy.of(GatePreset.BALANCED),
      false),

  /** Every kind of trouble that partitions can be in, more of it than the text names. */
  IN_TROUBLE(
      anObservation()
          .of(aBroker(1).withOfflineLogDirs(1).withMetadataLag(Duration.ofMillis(1_250)))
          .listenerFailing("Connection refused")
          .in(troubled()),
      lenient(),
      true),

  /** An unclean start, with the cluster in order around it. */
  RECOVERING(
      anObservation()
          .of(aBroker(1).recovering(12, 3).upFor(Duration.ofMillis(90_500)))
          .listenerUnknown("the cluster lists no listener of broker 1; name it with --listener")
          .in(aCluster().notListingFenced().notListing(1).answeredBy(2)),
      ReadinessPolicy.of(GatePreset.STARTUP_ONLY),
      false),

  /** A cluster that answers from memory. */
  UNTRUSTED(
      anObservation()
          .of(aBroker(1).withoutKafkaVersion())
          .in(
              aCluster()
                  .with(aPartition("orders", 0).isr(1))
                  .controllerSilent("no controller answers: timed out")),
      ReadinessPolicy.of(GatePreset.BALANCED),
      true),

  /** Nobody answers at all. */
  UNANSWERED(
      anObservation()
          .brokerUnknown("the broker gave no answer in time")
          .listenerUnknown("the broker gave no answer in time")
          .clusterUnknown("the cluster at 127.0.0.1:9092 gave no answer in time"),
      ReadinessPolicy.of(GatePreset.BALANCED),
      false),

  /** A wedged process that has barely begun to start. */
  EARLY(
      anObservation()
          .of(
              aBroker(1)
                  .withoutNodeId()
                  .withoutClusterId()
                  .withoutState()
                  .withoutLogDirCount()
                  .withoutRaft()
                  .withDeadlockedThreads("main", "raft-io")
                  .upFor(Duration.ofMillis(1_900)))
          .clusterUnknown("asking 127.0.0.1:9092 for the cluster's nodes got no answer in time"),
      ReadinessPolicy.of(GatePreset.BALANCED),
      false),

  /** A process with the controller role alone, asked through its quorum. */
  CONTROLLER(
      anObservation()
          .of(aController(102))
          .listenerUnknown("not asked for")
          .in(
              aCluster()
                  .lag(102, Duration.ofMillis(340))
                  .replacedDisk(103, Duration.ofMinutes(1))
                  .askedThroughControllers()),
      ReadinessPolicy.of(GatePreset.STRICT),
      false),

  /** A broker in ZooKeeper mode. */
  ZOOKEEPER(
      anObservation()
          .of(aBroker(1).withZooKeeperSession("CONNECTED"))
          .in(aCluster().inZooKeeperMode()),
      ReadinessPolicy.of(GatePreset.BALANCED),
      true),

  /** A broker that was ready a while ago, as the agent in it sees it. */
  WATCHED(
      anObservation()
          .in(
              aCluster()
                  .with(aPartition("orders", 0).isr(1, 2), aPartition("orders", 1))
                  .partitionCount(40)),
      ReadinessPolicy.of(GatePreset.BALANCED),
      true,
      new EvaluationStats(
          true,
          true,
          Duration.ofMillis(456),
          Duration.ofMillis(1_234),
          Duration.ofMillis(87),
          Duration.ofMillis(12),
          Duration.ofSeconds(2),
          false,
          Duration.ofMillis(34_567))),

  /** A ready broker in a cluster so large that its agent asks seldom. */
  SPACED_OUT(
      anObservation().in(aCluster().withTopics("orders").partitionCount(200_000)),
      ReadinessPolicy.of(GatePreset.BALANCED),
      true,
      new EvaluationStats(
          true,
          true,
          Duration.ofMillis(456),
          Duration.ofMillis(1_234),
          Duration.ofMillis(2_345),
          Duration.ofMillis(678),
          Duration.ofMillis(67_800),
          true,
          Duration.ZERO)),

  /** A broker whose agent watches the queue, in which there is everything that can be. */
  QUEUE(
      TurnsReport.of(
          TurnQueue.EMPTY.then(
              List.of(
                  aRequest(2).letGo().at(10),
                  aRequest(3).waitsFor(WaitsFor.TURN, "node 2 goes").at(11),
                  new LoggedEntry(
                      12,
                      NOW,
                      new TurnEntry.UnreadableRecord(
                          OptionalInt.of(4),
                          "the record with the key 4 can't be read: it is no JSON object")),
                  new LoggedEntry(
                      13,
                      NOW,
                      new TurnEntry.TearDown(
                          "cluster", "jane", "moving away", NOW, Duration.ofHours(1))))),
          new QueueClock(NOW.plusSeconds(10), NOW.plusSeconds(10), Map.of()),
          Optional.of("cluster"),
          List.of("topic kafka-pod-stops has 1 replica"))),

  /** The same where nobody can tell. */
  NO_QUEUE(TurnsReport.unknown("reading topic kafka-pod-stops got no answer in time")),

  /** Lagging replicas that an operator doesn't mind for now, and a file that nobody understands. */
  OVERRIDDEN(
      anObservation().in(aCluster().with(aPartition("orders", 0).isr(1, 2)).partitionCount(40)),
      ReadinessPolicy.of(GatePreset.BALANCED),
      new ReadinessOverride(
          Readiness.EVALUATE,
          Set.of(Condition.AT_MIN_ISR),
          true,
          Set.of(1, 3),
          Instant.parse("2026-11-22T16:00:00Z"),
          Instant.parse("2026-11-22T18:00:00Z"),
          "INC-4711 rolling out the fixed image",
          Optional.of("jane")),
      "override file /etc/kafka-pod/override/readiness isn't text in UTF-8; write it anew or remove it"),

  /** Nobody answers, and an operator says that it is ready all the same. */
  FORCED(
      anObservation()
          .brokerUnknown("the broker gave no answer in time")
          .listenerUnknown("the broker gave no answer in time")
          .clusterUnknown("the cluster at 127.0.0.1:9092 gave no answer in time"),
      ReadinessPolicy.of(GatePreset.BALANCED),
      new ReadinessOverride(
          Readiness.READY,
          Set.of(),
          false,
          Set.of(),
          Instant.parse("2026-11-22T16:00:00Z"),
          Instant.parse("2026-11-22T16:01:30Z"),
          "INC-4711",
          Optional.empty()));

  private static final long AGE_NANOS = 1_234_567_890;

  @SuppressWarnings("ImmutableEnumChecker") // it is: records all the way down
  private final Status status;

  StatusSample(ObservationBuilder builder, ReadinessPolicy policy, boolean latched) {
    Observation observation = builder.build();
    Assessment assessment = policy.assess(observation, latched);
    this.status =
        Status.now(
            observation,
            assessment,
            EffectiveVerdict.none(assessment.verdict()),
            latched,
            AGE_NANOS);
  }

  StatusSample(
      ObservationBuilder builder,
      ReadinessPolicy policy,
      ReadinessOverride override,
      String... problems) {
    Observation observation = builder.build();
    Assessment assessment = policy.assess(observation, true);
    Instant now = Instant.parse("2026-11-22T16:00:00Z");
    Overrides overrides =
        new Overrides(
            Optional.of(
                InForce.of(
                    override,
                    "/run/kafka-pod/override",
                    Duration.between(now, override.until()),
                    now)),
            Stream.of(problems)
                .map(it -> new Overrides.Warning(Overrides.WarningKind.UNUSABLE, it))
                .toList(),
            OverrideIdentity.of("own " + "0123456789abcdef".repeat(2) + " -"));
    this.status =
        Status.now(
            observation,
            assessment,
            EffectiveVerdict.of(
                overrides,
                assessment.verdict(),
                OverrideRules.verdict(override, assessment),
                assessment),
            true,
            AGE_NANOS);
  }

  StatusSample(
      ObservationBuilder builder, ReadinessPolicy policy, boolean latched, EvaluationStats watch) {
    Observation observation = builder.build();
    Assessment assessment = policy.assess(observation, latched);
    this.status =
        new Status(
            observation,
            assessment,
            EffectiveVerdict.none(assessment.verdict()),
            latched,
            AGE_NANOS,
            Optional.of(watch),
            Optional.empty());
  }

  StatusSample(TurnsReport turns) {
    Observation observation = anObservation().in(aCluster()).build();
    Assessment assessment = ReadinessPolicy.of(GatePreset.BALANCED).assess(observation, true);
    this.status =
        new Status(
            observation,
            assessment,
            EffectiveVerdict.none(assessment.verdict()),
            true,
            AGE_NANOS,
            Optional.of(
                new EvaluationStats(
                    true,
                    true,
                    Duration.ofMillis(456),
                    Duration.ofMillis(1_234),
                    Duration.ofMillis(87),
                    Duration.ofMillis(12),
                    Duration.ofSeconds(5),
                    false,
                    Duration.ZERO)),
            Optional.of(turns));
  }

  private static ClusterBuilder troubled() {
    PartitionBuilder[] underReplicated =
        IntStream.range(0, 9)
            .mapToObj(i -> aPartition("payments", i).isr(1, 2))
            .toArray(PartitionBuilder[]::new);
    return aCluster()
        .fenced(3)
        .with(
            aPartition("orders", 0).isr().leaderless(),
            aPartition("orders", 1).isr(2),
            aPartition("orders", 2).isr(1, 2),
            aPartition("orders", 3).withReplicas(4, 1, 2, 3).adding(4).removing(3).isr(2, 1))
        .with(underReplicated)
        .minIsr("payments", 1)
        .with(aPartition("clicks", 0).isr(2, 1))
        .withoutMinIsrOf("clicks")
        .minIsrProblem("min.insync.replicas of clicks couldn't be had: timed out")
        .hidingTopics("the probe's principal lacks an ACL")
        .withTopics("test-a", "test-b")
        .with(aPartition("test-a", 0).isr(3))
        .partitionCount(57);
  }

  private static ReadinessPolicy lenient() {
    Map<Condition, Gate> gates = new EnumMap<>(GatePreset.BALANCED.gates());
    gates.put(Condition.UNDER_REPLICATED, Gate.OFF);
    return new ReadinessPolicy(
        gates, Map.of(Condition.AT_MIN_ISR, 2), topic -> topic.startsWith("test-"));
  }

  Status status() {
    return status;
  }

  /** Compares with {@code in-order.txt} or {@code in-order.json}. */
  void assertLooksLike(String actual, String extension) throws IOException {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + extension;
    GoldenConditions.assertHolds(
        Path.of("src/kafka-pod/src/test/resources/status", name),
        actual,
        condition ->
            extension.equals("json")
                ? ", \\{\n    \"name\" : \"" + condition + "\",\n(?:    .*\n)+  }"
                : "(?m)^" + condition + " .*\n");
  }
}
