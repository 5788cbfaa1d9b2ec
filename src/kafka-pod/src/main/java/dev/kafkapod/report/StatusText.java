package dev.kafkapod.report;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Finding;
import dev.kafkapod.readiness.KafkaTopicsCounts;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A status for people: verdict first, then what it rests on, the worst partitions last. */
public final class StatusText {

  private static final String GREEN = "\u001B[32m";
  private static final String RED = "\u001B[31m";
  private static final String YELLOW = "\u001B[33m";
  private static final String RESET = "\u001B[0m";

  private static final int WORST = 10;

  private final Status status;
  private final boolean colour;
  private final List<String> lines = new ArrayList<>();

  /**
   * The status of one broker.
   *
   * @param colour whether to set off the verdict by ANSI colours
   */
  public StatusText(Status status, boolean colour) {
    this.status = status;
    this.colour = colour;
  }

  /** The lines of the status, the verdict first. */
  public List<String> lines() {
    lines.add(coloured(status.ready(), status.reply().line()));
    lines.add("");
    if (!status.effective().overrides().areSilent()) {
      lines.addAll(OverrideReport.lines(status.effective()));
    }
    row("broker", describe(status.observation().broker(), this::broker));
    row(
        "listener",
        status
            .observation()
            .listener()
            .value()
            .map(StatusText::listener)
            .orElseGet(
                () -> "unknown: " + shortly(status.observation().listener().cause().orElse(""))));
    if (status.observation().cluster() instanceof Answer.Known<ClusterSnapshot> known) {
      cluster(known.it());
    } else {
      row("cluster", "unknown: " + status.observation().cluster().cause().orElse(""));
    }
    row(
        "age",
        "everything was asked within the last "
            + Wording.seconds(Duration.ofNanos(status.ageNanos())));
    status.watch().ifPresent(watch -> row("agent", describe(watch)));
    status.turns().ifPresent(turns -> turns.lines().forEach(it -> row("turns", it)));
    if (!status.assessment().excludedTopics().isEmpty()) {
      row("excluded", "topics " + String.join(", ", status.assessment().excludedTopics()));
    }
    conditions();
    worstPartitions();
    return lines;
  }

  private String coloured(Verdict verdict, String line) {
    String style =
        switch (verdict.kind()) {
          case YES -> GREEN;
          case NO -> RED;
          case CANNOT_TELL -> YELLOW;
        };
    return colour ? style + line + RESET : line;
  }

  private void row(String subject, String text) {
    lines.add("%-11s %s".formatted(subject, text));
  }

  private static <T> String describe(Answer<T> answer, Function<T, String> describe) {
    return answer.value().map(describe).orElseGet(() -> "unknown: " + answer.cause().orElse(""));
  }

  private String broker(BrokerSnapshot broker) {
    List<String> parts = new ArrayList<>();
    parts.add(
        broker.nodeId().isPresent()
            ? String.valueOf(broker.nodeId().getAsInt())
            : "without an id yet");
    broker.state().ifPresent(state -> parts.add(state.name()));
    broker.recovery().ifPresent(recovery -> parts.add(recovery.describe()));
    broker.kafkaVersion().ifPresent(version -> parts.add("Kafka " + version));
    broker
        .raft()
        .filter(raft -> broker.controller())
        .ifPresent(raft -> parts.add("controller: " + raft.role()));
    broker.zooKeeperSession().ifPresent(session -> parts.add("ZooKeeper session " + session));
    broker.metadataLag().ifPresent(lag -> parts.add("metadata " + Wording.seconds(lag) + " old"));
    broker.offlineLogDirs().ifPresent(count -> parts.add(Wording.count(count, "offline log dir")));
    parts.add("up " + broker.uptime().toSeconds() + " s");
    return String.join(", ", parts);
  }

  private static String describe(EvaluationStats watch) {
    return "asked the cluster "
        + Wording.seconds(watch.clusterAge())
        + " ago, which took "
        + Wording.seconds(watch.evaluation())
        + " and "
        + Wording.shortTime(watch.evaluationCpu())
        + " of CPU; asks every "
        + Wording.seconds(watch.interval())
        + (watch.spacedOut() ? ", SPACED OUT to stay within 1 % of a core" : "")
        + (watch.blocked().isZero() ? "" : "; not ready for " + Wording.seconds(watch.blocked()));
  }

  private static String listener(ListenerSnapshot listener) {
    return listener.address() + " " + listener.problem().orElse("accepts connections");
  }

  private void cluster(ClusterSnapshot cluster) {
    String distrust =
        status.assessment().distrust().map(why -> ", NOT TRUSTED: " + why).orElse(", trusted");
    row("cluster", cluster.clusterId() + distrust);
    if (cluster.asked() == ClusterSnapshot.Asked.BROKERS) {
      row(
          "brokers",
          cluster.nodes().stream()
              .sorted(Comparator.comparingInt(ClusterNode::id))
              .map(StatusText::node)
              .collect(Collectors.joining(", ")));
      row(
          "partitions",
          cluster.partitionCount() + " in " + Wording.count(cluster.topics().size(), "topic"));
    }
    row("controllers", controlPlane(cluster.controlPlane()));
    cluster.hiddenTopics().ifPresent(why -> row("warning", why));
    cluster.minIsrProblem().ifPresent(why -> row("warning", why));
  }

  private static String node(ClusterNode node) {
    return node.id()
        + node.rack().map(rack -> " (" + rack + ")").orElse("")
        + (node.fenced() ? " FENCED" : "");
  }

  private static String controlPlane(ControlPlane controlPlane) {
    if (controlPlane instanceof ControlPlane.Quorum quorum) {
      return "leader "
          + quorum.leaderId()
          + quorum
              .clockSetBack()
              .map(it -> " (its clock was set back by " + Wording.seconds(it) + " or more)")
              .orElse("")
          + ", voters "
          + quorum.voters().stream()
              .map(voter -> voter(quorum, voter))
              .collect(Collectors.joining(", "));
    }
    return controlPlane instanceof ControlPlane.Silent silent
        ? silent.cause()
        : "ZooKeeper mode, the controller answers";
  }

  private static String voter(ControlPlane.Quorum quorum, ControlPlane.Follower voter) {
    return "%d (%s%s)"
        .formatted(
            voter.id(),
            quorum
                .lag(voter)
                .map(lag -> Wording.seconds(lag) + " behind")
                .orElse(voter.lastCaughtUpMs().isPresent() ? "not following" : "never caught up"),
            quorum.replacement(voter).isPresent()
                ? "; follows by another disk without a vote"
                : "");
  }

  private void conditions() {
    lines.add("");
    lines.add("%-17s %-8s %-7s %s".formatted("condition", "gate", "counts", "seen"));
    for (ConditionResult result : status.assessment().results()) {
      String line =
          "%-17s %-8s %-7s %s"
              .formatted(
                  result.condition().optionName(),
                  result.gate().optionName(),
                  result.inForce() ? "yes" : "no",
                  seen(result));
      lines.add(result.blocks() ? coloured(status.ready(), line) : line);
    }
  }

  /** A cause that has a line of its own above isn't repeated on each line that it explains. */
  private String shortly(String cause) {
    if (status.observation().broker().cause().filter(cause::equals).isPresent()) {
      return "see broker";
    }
    return status.observation().cluster().cause().filter(cause::equals).isPresent()
        ? "see cluster"
        : cause;
  }

  private String seen(ConditionResult result) {
    if (result.finding() instanceof Finding.Clear) {
      return "ok";
    }
    if (result.finding() instanceof Finding.HoldsFor) {
      String threshold =
          result.threshold() > 0 ? " (up to " + result.threshold() + " allowed)" : "";
      return result.count() + threshold;
    }
    if (result.finding() instanceof Finding.Unknown unknown) {
      return "unknown: " + shortly(unknown.cause());
    }
    String prefix = result.finding() instanceof Finding.NotApplicable ? "- " : "";
    return prefix + StatusJson.detail(result.finding()).orElse("");
  }

  private void worstPartitions() {
    if (!(status.observation().cluster() instanceof Answer.Known<ClusterSnapshot> known)
        || known.it().asked() != ClusterSnapshot.Asked.BROKERS) {
      return;
    }
    ClusterSnapshot cluster = known.it();
    if (status.watch().isEmpty()) {
      kafkaTopics(cluster);
    }
    worstPartitions(cluster);
  }

  private void kafkaTopics(ClusterSnapshot cluster) {
    KafkaTopicsCounts counts = KafkaTopicsCounts.of(cluster);
    lines.add("");
    lines.add(
        "kafka-topics.sh --describe would count: under-replicated %d, unavailable %d, under-min-isr %d, at-min-isr %d"
                .formatted(
                    counts.underReplicated().size(),
                    counts.unavailable().size(),
                    counts.underMinIsr().size(),
                    counts.atMinIsr().size())
            + cluster
                .minIsrProblem()
                .map(why -> " (of those topics whose min ISR is known)")
                .orElse(""));
  }

  private void worstPartitions(ClusterSnapshot cluster) {
    Set<PartitionState> worst = new LinkedHashSet<>();
    Condition.countingPartitions()
        .forEach(condition -> worst.addAll(status.assessment().result(condition).partitions()));
    if (worst.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        "%-40s %-7s %-14s %-14s %s"
            .formatted("worst partitions", "leader", "ISR", "replicas", "min ISR"));
    worst.stream().limit(WORST).forEach(partition -> lines.add(partition(partition, cluster)));
    if (worst.size() > WORST) {
      lines.add("… and " + (worst.size() - WORST) + " more; --output json names them all");
    }
  }

  private static String partition(PartitionState partition, ClusterSnapshot cluster) {
    Integer minIsr = cluster.minIsr().get(partition.topic());
    return "%-40s %-7s %-14s %-14s %s"
        .formatted(
            partition.name(),
            partition.leader().isPresent() ? partition.leader().getAsInt() : "none",
            ids(partition.isr()),
            ids(partition.replicas()),
            minIsr == null ? "?" : minIsr);
  }

  private static String ids(Collection<Integer> ids) {
    return ids.isEmpty() ? "-" : ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
