package dev.kafkapod.rendering;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers of replicas that can't go together. Kafka starts with all of them, and holds a partition
 * to min(min ISR, number of replicas) (kafka.cluster.Partition.effectiveMinIsr), so they are
 * warnings: what they cost shows when the first broker goes away.
 */
final class ReplicationRules {

  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,4}");
  private static final String MIN_ISR = "min.insync.replicas";
  private static final String DEFAULT = "default.replication.factor";

  /**
   * How many replicas some topics get, and how many must be in sync.
   *
   * @param topics which ones, in words
   * @param assumed Kafka's own default of the replication factor
   * @param assumedMinIsr Kafka's own default of the min ISR
   */
  private record Kind(
      String topics, String replicas, int assumed, String minIsr, int assumedMinIsr) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("a topic that is made without a replication factor", DEFAULT, 1, MIN_ISR, 1),
          new Kind("__consumer_offsets", "offsets.topic.replication.factor", 3, MIN_ISR, 1),
          new Kind(
              "__transaction_state",
              "transaction.state.log.replication.factor",
              3,
              "transaction.state.log.min.isr",
              2),
          new Kind(
              "__share_group_state",
              "share.coordinator.state.topic.replication.factor",
              3,
              "share.coordinator.state.topic.min.isr",
              2));

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("a-replica-may-be-away", ReplicationRules::minIsr),
          RenderRule.of("no-more-replicas-than-brokers", ReplicationRules::brokers));

  private final Settings settings;
  private final Problems problems;

  private ReplicationRules(RuleInput input, Problems problems) {
    this.settings = input.settings();
    this.problems = problems;
  }

  private static void minIsr(RuleInput input, Problems problems) {
    KINDS.forEach(new ReplicationRules(input, problems)::minIsr);
  }

  /** Sidecars' ports, one for each broker, tell how many there are. */
  private static void brokers(RuleInput input, Problems problems) {
    ReplicationRules rules = new ReplicationRules(input, problems);
    for (Kind kind : KINDS) {
      if (input.roles().broker() || kind.replicas().equals(DEFAULT)) {
        input.request().meshPorts().ifPresent(it -> rules.brokers(kind, it));
      }
    }
  }

  private void minIsr(Kind kind) {
    Optional<Integer> replicas = count(kind.replicas(), kind.assumed());
    Optional<Integer> minIsr = count(kind.minIsr(), kind.assumedMinIsr());
    if (replicas.isEmpty() || minIsr.isEmpty() || minIsr.get() <= replicas.get()) {
      return;
    }
    // one of the two is set, because Kafka's own defaults go together
    Setting where =
        settings.get(kind.minIsr()).or(() -> settings.get(kind.replicas())).orElseThrow();
    boolean minIsrIsSet = where.key().equals(kind.minIsr());
    problems.warning(
        where,
        "must not be %s %s, but %d%s is %s %d%s: %s would stop taking writes whenever a single replica is away; set %s to %d at most, or %s to %d at least",
        new Problems.Harmless(minIsrIsSet ? "above" : "below"),
        new Problems.Harmless(minIsrIsSet ? kind.replicas() : kind.minIsr()),
        minIsrIsSet ? minIsr.get() : replicas.get(),
        assumed(where.key()),
        new Problems.Harmless(minIsrIsSet ? "above" : "below"),
        minIsrIsSet ? replicas.get() : minIsr.get(),
        assumed(minIsrIsSet ? kind.replicas() : kind.minIsr()),
        new Problems.Harmless(kind.topics()),
        new Problems.Harmless(kind.minIsr()),
        Math.max(1, replicas.get() - 1),
        new Problems.Harmless(kind.replicas()),
        minIsr.get() + 1);
  }

  private Problems.Harmless assumed(String key) {
    return new Problems.Harmless(settings.get(key).isPresent() ? "" : " (Kafka's default)");
  }

  private void brokers(Kind kind, PortRange ports) {
    int brokers = ports.last() - ports.first() + 1;
    Optional<Integer> replicas = count(kind.replicas(), kind.assumed());
    Optional<Setting> setting = settings.get(kind.replicas());
    if (replicas.isEmpty()
        || replicas.get() <= brokers
        || (setting.isEmpty() && kind.replicas().startsWith("share."))) {
      return; // without share groups, which 3.9 doesn't have, nobody needs their topic
    }
    String message =
        "%d%s is more than the %d brokers for which KAFKA_POD_MESH_PORTS (%s) has ports: Kafka can't make %s; set it to %d at most, or widen KAFKA_POD_MESH_PORTS";
    Object[] values = {
      replicas.get(),
      assumed(kind.replicas()),
      brokers,
      new Problems.Harmless(ports.toString()),
      new Problems.Harmless(kind.topics()),
      brokers
    };
    if (setting.isPresent()) {
      problems.warning(setting.get(), message, values);
    } else {
      problems.warning(kind.replicas() + ": " + message, values);
    }
  }

  /** A key's number; empty if it isn't one, which Kafka complains about. */
  private Optional<Integer> count(String key, int assumed) {
    if (settings.isBroken(key)) {
      return Optional.empty();
    }
    Optional<Setting> setting = settings.get(key);
    return setting.isEmpty()
        ? Optional.of(assumed)
        : setting
            .map(it -> it.text().strip())
            .filter(it -> COUNT.matcher(it).matches())
            .map(Integer::valueOf);
  }
}
