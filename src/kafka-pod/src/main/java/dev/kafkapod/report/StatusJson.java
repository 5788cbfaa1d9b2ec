package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Finding;
import dev.kafkapod.readiness.KafkaTopicsCounts;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.PartitionState;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a status as JSON. Its schema, {@code docs/status.schema.json}, is a promise to people's
 * programs.
 */
public final class StatusJson {

  private final Status status;

  public StatusJson(Status status) {
    this.status = status;
  }

  public void writeFields(JsonGenerator json) throws IOException {
    status.reply().writeFields(json);
    json.writeBooleanField("latched", status.latched());
    json.writeNumberField("ageMs", status.ageMillis());
    OverrideReport.write(json, status.effective());
    broker(json, status.observation().broker());
    listener(json, status.observation().listener());
    cluster(json, status.observation().cluster());
    conditions(json);
    Json.strings(json, "excludedTopics", status.assessment().excludedTopics());
    if (status.watch().isPresent()) {
      agent(json, status.watch().get());
    }
    if (status.turns().isPresent()) {
      json.writeObjectFieldStart("turns");
      status.turns().get().writeFields(json);
      json.writeEndObject();
    }
  }

  private static void broker(JsonGenerator json, Answer<BrokerSnapshot> answer) throws IOException {
    json.writeObjectFieldStart("broker");
    text(json, "problem", answer.cause());
    if (answer instanceof Answer.Known<BrokerSnapshot> known) {
      BrokerSnapshot broker = known.it();
      if (broker.nodeId().isPresent()) {
        json.writeNumberField("nodeId", broker.nodeId().getAsInt());
      }
      text(json, "clusterId", broker.clusterId());
      text(json, "kafkaVersion", broker.kafkaVersion());
      text(json, "state", broker.state().map(Enum::name));
      json.writeBooleanField("controller", broker.controller());
      text(json, "raftRole", broker.raft().map(BrokerSnapshot.Raft::role));
      text(json, "zooKeeperSession", broker.zooKeeperSession());
      json.writeNumberField("uptimeMs", broker.uptime().toMillis());
      if (broker.offlineLogDirs().isPresent()) {
        json.writeNumberField("offlineLogDirs", broker.offlineLogDirs().getAsInt());
      }
      millis(json, "metadataLagMs", broker.metadataLag());
      if (broker.recovery().isPresent()) {
        json.writeObjectFieldStart("recovery");
        json.writeNumberField("remainingLogs", broker.recovery().get().logs());
        json.writeNumberField("remainingSegments", broker.recovery().get().segments());
        json.writeEndObject();
      }
      Json.strings(json, "deadlockedThreads", broker.deadlockedThreads());
    }
    json.writeEndObject();
  }

  private static void listener(JsonGenerator json, Answer<ListenerSnapshot> answer)
      throws IOException {
    json.writeObjectFieldStart("listener");
    Optional<ListenerSnapshot> listener = answer.value();
    text(json, "address", listener.map(ListenerSnapshot::address));
    if (listener.isPresent()) {
      json.writeBooleanField("accepts", listener.get().problem().isEmpty());
    }
    text(json, "problem", listener.isPresent() ? listener.get().problem() : answer.cause());
    json.writeEndObject();
  }

  private void cluster(JsonGenerator json, Answer<ClusterSnapshot> answer) throws IOException {
    json.writeObjectFieldStart("cluster");
    json.writeBooleanField("trusted", status.assessment().trusts(answer));
    text(json, "problem", answer.cause().or(status.assessment()::distrust));
    if (answer instanceof Answer.Known<ClusterSnapshot> known) {
      ClusterSnapshot cluster = known.it();
      json.writeStringField("id", cluster.clusterId());
      nodes(json, cluster);
      controlPlane(json, cluster.controlPlane());
      if (cluster.asked() == ClusterSnapshot.Asked.BROKERS) {
        json.writeNumberField("topics", cluster.topics().size());
        json.writeNumberField("partitions", cluster.partitionCount());
        text(json, "hiddenTopics", cluster.hiddenTopics());
        text(json, "minIsrProblem", cluster.minIsrProblem());
        if (status.watch().isEmpty()) {
          kafkaTopics(json, KafkaTopicsCounts.of(cluster));
        }
      }
    }
    json.writeEndObject();
  }

  private static void agent(JsonGenerator json, EvaluationStats watch) throws IOException {
    json.writeObjectFieldStart("agent");
    json.writeBooleanField("live", watch.live());
    json.writeBooleanField("started", watch.started());
    json.writeNumberField("heartbeatAgeMs", watch.heartbeatAge().toMillis());
    json.writeNumberField("clusterAgeMs", watch.clusterAge().toMillis());
    json.writeNumberField("evaluationMs", watch.evaluation().toMillis());
    json.writeNumberField("evaluationCpuMs", watch.evaluationCpu().toMillis());
    json.writeNumberField("intervalMs", watch.interval().toMillis());
    json.writeBooleanField("spacedOut", watch.spacedOut());
    json.writeNumberField("blockedMs", watch.blocked().toMillis());
    json.writeEndObject();
  }

  private static void nodes(JsonGenerator json, ClusterSnapshot cluster) throws IOException {
    json.writeArrayFieldStart("nodes");
    for (ClusterNode node : cluster.nodes()) {
      json.writeStartObject();
      json.writeNumberField("id", node.id());
      json.writeStringField("address", node.address());
      text(json, "rack", node.rack());
      json.writeBooleanField("fenced", node.fenced());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void controlPlane(JsonGenerator json, ControlPlane controlPlane)
      throws IOException {
    json.writeObjectFieldStart("controlPlane");
    if (controlPlane instanceof ControlPlane.Quorum quorum) {
      json.writeStringField("mode", "kraft");
      json.writeNumberField("leader", quorum.leaderId());
      followers(json, "voters", quorum, quorum.voters());
      followers(json, "observers", quorum, quorum.observers());
    } else if (controlPlane instanceof ControlPlane.Silent silent) {
      json.writeStringField("mode", "unknown");
      json.writeStringField("problem", silent.cause());
    } else {
      json.writeStringField("mode", "zookeeper");
    }
    json.writeEndObject();
  }

  private static void followers(
      JsonGenerator json,
      String field,
      ControlPlane.Quorum quorum,
      Collection<ControlPlane.Follower> followers)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ControlPlane.Follower follower : followers) {
      json.writeStartObject();
      json.writeNumberField("id", follower.id());
      text(json, "directoryId", follower.directory());
      millis(json, "lagMs", quorum.lag(follower));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void kafkaTopics(JsonGenerator json, KafkaTopicsCounts counts) throws IOException {
    json.writeObjectFieldStart("kafkaTopics");
    partitions(json, "underReplicated", counts.underReplicated());
    partitions(json, "unavailable", counts.unavailable());
    partitions(json, "underMinIsr", counts.underMinIsr());
    partitions(json, "atMinIsr", counts.atMinIsr());
    json.writeEndObject();
  }

  private static void partitions(JsonGenerator json, String field, List<PartitionState> partitions)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("count", partitions.size());
    Json.strings(json, "partitions", partitions.stream().map(PartitionState::name).toList());
    json.writeEndObject();
  }

  private void conditions(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("conditions");
    for (ConditionResult result : status.assessment().results()) {
      json.writeStartObject();
      json.writeStringField("name", result.condition().optionName());
      json.writeStringField("gate", result.gate().optionName());
      json.writeBooleanField("inForce", result.inForce());
      json.writeNumberField("threshold", result.threshold());
      json.writeStringField(
          "state", state(result.finding()).name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.writeBooleanField("unknown", result.unknownBecause().isPresent());
      json.writeBooleanField("blocks", result.blocks());
      json.writeNumberField("count", result.count());
      text(json, "detail", detail(result.finding()));
      Json.strings(
          json, "partitions", result.partitions().stream().map(PartitionState::name).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private enum State {
    CLEAR,
    HOLDS,
    UNKNOWN,
    NOT_APPLICABLE
  }

  private static State state(Finding finding) {
    if (finding instanceof Finding.Clear) {
      return State.CLEAR;
    }
    if (finding instanceof Finding.Unknown) {
      return State.UNKNOWN;
    }
    return finding instanceof Finding.NotApplicable ? State.NOT_APPLICABLE : State.HOLDS;
  }

  /** What there is to say of a finding beside its state and partitions. */
  static Optional<String> detail(Finding finding) {
    if (finding instanceof Finding.Holds holds) {
      return Optional.of(holds.detail());
    }
    if (finding instanceof Finding.Unknown unknown) {
      return Optional.of(unknown.cause());
    }
    return finding instanceof Finding.NotApplicable none
        ? Optional.of(none.why())
        : Optional.empty();
  }

  private static void text(JsonGenerator json, String field, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    }
  }

  private static void millis(JsonGenerator json, String field, Optional<Duration> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.get().toMillis());
    }
  }
}
