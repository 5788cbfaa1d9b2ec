package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.broker.ListenerCheck;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.Freshness;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the broker and its cluster at the same time, and judges what came of it, all before a
 * deadline.
 */
public final class Observer {

  /**
   * A cluster whose answers can't be believed is asked again after this, by clients that know
   * nothing of it yet.
   */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** What the probe of the cluster needs to say what it couldn't get in time. */
  private static final Duration TO_SAY_WHY = Duration.ofMillis(100);

  /** How long a cluster is waited for that can only turn "cannot tell" into a no. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  /** Less time than this isn't worth another try. */
  private static final Duration ONE_TRY = Duration.ofMillis(1500);

  /** The same of a cluster that has to be looked at twice: a second later, once more. */
  private static final Duration TWO_LOOKS = Duration.ofSeconds(3);

  private final BrokerProbe brokerProbe;
  private final ClientSettings cluster;
  private final Answer<Address> listener;
  private final Duration timeout;

  /**
   * Asks by these.
   *
   * @param timeout how long an answer of the cluster may usually take
   */
  public Observer(BrokerProbe brokerProbe, ClusterAccess access, Duration timeout) {
    this.brokerProbe = brokerProbe;
    this.cluster = access.clientSettings();
    this.listener = access.localListener();
    this.timeout = timeout;
  }

  /** What was seen, and what it means. */
  public record Judged(Observation observation, Assessment assessment) {

    /** The verdict with what is in force taken into account, and the process's age. */
    public EffectiveVerdict effective(Overrides overrides, FirstReady firstReady) {
      Verdict relaxed =
          overrides
              .inForce()
              .map(it -> OverrideRules.verdict(it.override(), assessment))
              .orElse(assessment.verdict());
      Duration toNotice =
          observation.cluster().value().map(ClusterSnapshot::toNotice).orElse(Freshness.BROKER_LAG);
      return EffectiveVerdict.of(
          overrides,
          firstReady.of(assessment.verdict(), observation.broker(), toNotice),
          firstReady.of(relaxed, observation.broker(), toNotice),
          assessment);
    }
  }

  /**
   * Observes and judges.
   *
   * @param detail with VERDICT, a reason that is seen at the broker alone is enough: the cluster
   *     isn't waited for
   */
  public Judged judge(
      ReadinessPolicy policy, boolean latched, ClusterProbe.Detail detail, Deadline deadline) {
    Question<BrokerSnapshot> brokerQuestion = askBroker(brokerProbe);
    Question<ClusterSnapshot> clusterQuestion = askCluster(detail, deadline);
    Answer<BrokerSnapshot> broker = brokerQuestion.answer(deadline);
    if (detail == ClusterProbe.Detail.VERDICT) {
      Judged alone =
          judge(policy, latched, broker, Answer.unknown("the cluster wasn't waited for"), deadline);
      if (alone.assessment().verdict().isNo()) {
        return alone;
      }
      if (broker.value().isEmpty()) {
        // it can't be a yes any more, and the cluster may be asked through the silent broker
        return judge(
            policy, latched, broker, clusterQuestion.answer(deadline.orIn(LAST_WORD)), deadline);
      }
    }
    while (true) {
      Judged judged = judge(policy, latched, broker, clusterQuestion.answer(deadline), deadline);
      boolean distrusted = judged.assessment().distrust().isPresent();
      boolean mayHelp = judged.assessment().verdict().isUnknown() && distrusted;
      if (!mayHelp || !worthAnotherTry(judged.observation().cluster(), deadline)) {
        return judged;
      }
      clusterQuestion = askCluster(detail, deadline);
    }
  }

  /** Asks a broker about itself alone. */
  public static Question<BrokerSnapshot> askBroker(BrokerProbe probe) {
    return Question.ask("the broker", probe::snapshot, probe::silence);
  }

  private Question<ClusterSnapshot> askCluster(ClusterProbe.Detail detail, Deadline deadline) {
    // it isn't closed, because closing costs time, and the process ends
    return askCluster(new AdminClusterProbe(cluster, timeout), cluster, detail, deadline);
  }

  /**
   * Asks a cluster.
   *
   * @param settings whom the probe asks, for messages
   */
  static Question<ClusterSnapshot> askCluster(
      ClusterProbe probe, ClientSettings settings, ClusterProbe.Detail detail, Deadline deadline) {
    // what the probe couldn't get in time it says itself
    Deadline forTheProbe = deadline.minus(TO_SAY_WHY);
    return Question.ask(
        "the cluster at " + String.join(", ", settings.bootstrap()),
        () -> probe.snapshot(detail, forTheProbe),
        probe::silence);
  }

  /**
   * The same by a probe that is closed once it has answered or given up, by the thread that asks:
   * nobody else knows when that is.
   */
  static Question<ClusterSnapshot> askClusterOnce(
      ClusterProbe probe, ClientSettings settings, ClusterProbe.Detail detail, Deadline deadline) {
    Deadline forTheProbe = deadline.minus(TO_SAY_WHY);
    return Question.askThen(
        "the cluster at " + String.join(", ", settings.bootstrap()),
        () -> probe.snapshot(detail, forTheProbe),
        probe::silence,
        probe::close);
  }

  /**
   * Pauses, if there is time left to ask a cluster again that isn't trusted.
   *
   * @param last what it has answered
   */
  static boolean worthAnotherTry(Answer<ClusterSnapshot> last, Deadline deadline) {
    boolean setBack =
        last.value()
            .filter(
                it ->
                    it.controlPlane() instanceof ControlPlane.Quorum quorum
                        && quorum.clockSetBack().isPresent())
            .isPresent();
    return deadline.remaining().compareTo(setBack ? TWO_LOOKS : ONE_TRY) > 0 && Pause.of(PAUSE);
  }

  private Judged judge(
      ReadinessPolicy policy,
      boolean latched,
      Answer<BrokerSnapshot> broker,
      Answer<ClusterSnapshot> cluster,
      Deadline deadline) {
    Observation observation = new Observation(broker, listener(broker, cluster, deadline), cluster);
    return new Judged(observation, policy.assess(observation, latched));
  }

  private Answer<ListenerSnapshot> listener(
      Answer<BrokerSnapshot> broker, Answer<ClusterSnapshot> cluster, Deadline deadline) {
    if (listener instanceof Answer.Known<Address> known) {
      return connect(known.it().host(), known.it().port(), deadline);
    }
    return broker.then(
        self ->
            cluster.then(
                all -> {
                  Optional<ClusterNode> node =
                      self.nodeId().isPresent()
                          ? all.node(self.nodeId().getAsInt())
                          : Optional.empty();
                  return node.isPresent()
                      ? connect(node.get().host(), node.get().port(), deadline)
                      : Answer.unknown(
                          "the cluster lists no listener of %s; name it with --listener"
                              .formatted(self.name()));
                }));
  }

  private static Answer<ListenerSnapshot> connect(String host, int port, Deadline deadline) {
    return Question.ask(
            "the listener " + host + ":" + port, () -> ListenerCheck.connect(host, port, deadline))
        .answer(deadline);
  }
}
