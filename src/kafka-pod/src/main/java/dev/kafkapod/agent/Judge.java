package dev.kafkapod.agent;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.ClearSince;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Lifecycle;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessOverTime;
import dev.kafkapod.readiness.ReadinessPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts together what two threads see, the broker and its cluster, and judges it whenever either has
 * something new. Reads no clock.
 */
final class Judge {

  private final ReadinessPolicy policy;
  private ReadinessOverTime overTime;
  private final ClearSince clearSince = new ClearSince();
  private OverrideReading overrides = OverrideReading.NONE;
  private TurnsReading turns = TurnsReading.OFF;

  /**
   * What would be said without what an override ignores; an override neither sets nor is latched.
   */
  private Optional<Aside> aside = Optional.empty();

  private Answer<BrokerSnapshot> broker = Answer.unknown("the broker hasn't been looked at yet");
  private Answer<ListenerSnapshot> listener =
      Answer.unknown("the listener hasn't been looked at yet");
  private ClusterEvaluation cluster;
  private long brokerNanos;
  private OptionalLong standstillNanos = OptionalLong.empty();
  private Basis basis;
  private Assessment assessment;
  private volatile AgentState agentState;

  Judge(ReadinessPolicy policy, Duration stableFor, Duration unknownGrace, long nowNanos) {
    this.policy = Objects.requireNonNull(policy);
    this.overTime = ReadinessOverTime.begin(stableFor, unknownGrace);
    this.cluster = ClusterEvaluation.none("the cluster hasn't been asked yet", nowNanos);
    this.brokerNanos = nowNanos;
    judge(nowNanos);
  }

  /** What is known now. */
  AgentState agentState() {
    return agentState;
  }

  /** Takes a look at the broker into account. */
  synchronized AgentState broker(
      Answer<BrokerSnapshot> seen, Answer<ListenerSnapshot> seenListener, long nowNanos) {
    broker = Objects.requireNonNull(seen);
    listener = Objects.requireNonNull(seenListener);
    brokerNanos = nowNanos;
    return judge(nowNanos);
  }

  /** Takes the cluster's answer into account, unless a standstill lies between question and now. */
  synchronized AgentState cluster(ClusterEvaluation evaluation, long nowNanos) {
    if (standstillNanos.isEmpty() || evaluation.askedNanos() - standstillNanos.getAsLong() >= 0) {
      cluster = evaluation;
    }
    return judge(nowNanos);
  }

  /** Notes when the cluster is asked again; what it has said was judged before. */
  @SuppressWarnings("ReferenceEquality") // that very look, not one that came to the same
  synchronized AgentState next(ClusterEvaluation judged, EvaluationBudget.Next next) {
    if (cluster == judged) {
      cluster = judged.withNext(next);
      agentState = agentState.with(cluster);
    }
    return agentState;
  }

  /** Takes what the override files come to into account. */
  synchronized AgentState overrides(OverrideReading evaluation, long nowNanos) {
    overrides = Objects.requireNonNull(evaluation);
    return judge(nowNanos);
  }

  /** Notes what the topic of turns comes to; no verdict rests on it. */
  synchronized AgentState turns(TurnsReading reading) {
    turns = Objects.requireNonNull(reading);
    agentState = agentState.with(turns);
    return agentState;
  }

  /**
   * The process, or the whole machine, has stood still: nothing that was seen before says anything
   * of now.
   */
  synchronized void standstill(Duration lasted, long nowNanos) {
    standstillNanos = OptionalLong.of(nowNanos);
    overTime = overTime.afterStandstill();
    aside = Optional.empty();
    clearSince.clear();
    cluster =
        ClusterEvaluation.none(
            "the process stood still for %d s, and the cluster hasn't been asked since"
                .formatted(lasted.toSeconds()),
            nowNanos);
  }

  /**
   * What an assessment rests on. Most heartbeats change none of it, and a cluster in trouble has
   * many partitions to judge.
   */
  private record Basis(
      Answer<BrokerSnapshot> broker,
      Answer<ListenerSnapshot> listener,
      Answer<ClusterSnapshot> cluster,
      boolean latched) {
    boolean isSame(Basis other) {
      return other != null
          && latched == other.latched
          && isSame(cluster, other.cluster)
          && listener.equals(other.listener)
          && timeless(broker).equals(timeless(other.broker));
    }

    /** A known answer is the same only if it is the very object: comparing it would cost much. */
    private static boolean isSame(Answer<ClusterSnapshot> one, Answer<ClusterSnapshot> other) {
      return one == other || (one.value().isEmpty() && one.equals(other));
    }

    /** Without what changes all the time, and counts for nothing. */
    private static Answer<BrokerSnapshot> timeless(Answer<BrokerSnapshot> answer) {
      return answer.then(
          it ->
              Answer.known(
                  new BrokerSnapshot(
                      it.nodeId(),
                      it.clusterId(),
                      it.kafkaVersion(),
                      it.state(),
                      it.recovery(),
                      it.offlineLogDirs(),
                      Optional.empty(),
                      it.raft(),
                      it.controller(),
                      it.zooKeeperSession(),
                      Duration.ZERO,
                      it.deadlockedThreads())));
    }
  }

  private AgentState judge(long now) {
    Answer<ClusterSnapshot> seenCluster = cluster.at(now);
    Observation observation = new Observation(broker, listener, seenCluster);
    assess(new Basis(broker, listener, seenCluster, overTime.latched()), observation);
    long seen = now - Math.max(now - brokerNanos, now - cluster.askedNanos());
    overTime = overTime.next(assessment.verdict(), assessment.grace(), now, seen);
    clearSince.note(assessment, now);
    OverrideReading said = overrides.at(now);
    relax(said.overrides().inForce(), now, seen);
    EffectiveVerdict effective =
        EffectiveVerdict.of(
            said.overrides(),
            overTime.verdict(),
            aside.map(it -> it.overTime().verdict()).orElse(overTime.verdict()),
            assessment);
    agentState =
        new AgentState(
            brokerNanos,
            observation,
            assessment,
            effective,
            Lifecycle.live(broker),
            Lifecycle.started(broker),
            overTime.latched(),
            cluster,
            said,
            turns,
            since(effective.verdict(), now),
            blockedSince(effective.verdict(), now));
    return agentState;
  }

  /** A line of judgements by one override. */
  private record Aside(ReadinessOverride override, ReadinessOverTime overTime) {}

  private void relax(Optional<InForce> inForce, long now, long seen) {
    if (inForce.isEmpty()) {
      aside = Optional.empty();
      return;
    }
    ReadinessOverride override = inForce.get().override();
    ReadinessOverTime before =
        aside
            .filter(it -> it.override().equals(override))
            .map(Aside::overTime)
            .filter(it -> it.latched() || !overTime.latched())
            .orElseGet(() -> overTime.aside(clearSince.since(override, assessment, now)));
    aside =
        Optional.of(
            new Aside(
                override,
                before.next(
                    OverrideRules.verdict(override, assessment),
                    OverrideRules.grace(override, assessment),
                    now,
                    seen)));
  }

  private void assess(Basis now, Observation observation) {
    if (!now.isSame(basis)) {
      assessment = policy.assess(observation, now.latched());
      basis = now;
    }
  }

  private long since(Verdict verdict, long now) {
    boolean same = agentState != null && agentState.ready().kind() == verdict.kind();
    return same ? agentState.sinceNanos() : now;
  }

  private Optional<Long> blockedSince(Verdict verdict, long now) {
    if (verdict.isYes()) {
      return Optional.empty();
    }
    return agentState == null
        ? Optional.of(now)
        : agentState.blockedSinceNanos().or(() -> Optional.of(now));
  }
}
