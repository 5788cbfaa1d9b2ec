package dev.kafkapod.trial;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.trial.TrialSetting.Kind;
import dev.kafkapod.tryout.Producing;
import dev.kafkapod.tryout.StopHook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** A cluster whose nodes stop and come back, with agents and under load all the time. */
final class TrialCluster implements AutoCloseable {

  static final String TURNS_TOPIC = "kafka-pod-stops";
  private static final String HOST = "127.0.0.1";
  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 12;
  private static final long ANSWER_WITHIN_S = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TrialSetting setting;
  private final KafkaCluster cluster;
  private final Agents agents;
  private final Producing producing;
  private final Admin admin;

  private TrialCluster(TrialSetting setting, KafkaCluster cluster, Agents agents) {
    this.setting = setting;
    this.cluster = cluster;
    this.agents = agents;
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "request.timeout.ms", 1000,
                "default.api.timeout.ms", 3000));
    this.producing =
        Producing.toPartitions(
            cluster.bootstrapServers(),
            IntStream.range(0, PARTITIONS).mapToObj(it -> new TopicPartition(TOPIC, it)).toList(),
            PATIENCE);
  }

  /** Starts one, and waits until all are ready. */
  static TrialCluster start(TrialSetting setting) {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(setting.factor());
    int firstPort = FreePorts.findRow(HOST, setting.factor());
    builder.addresses(HOST, firstPort).config("leader.imbalance.check.interval.seconds", "5");
    Agents agents = Agents.join(builder, setting.factor());
    List<Integer> nodes = new ArrayList<>(IntStream.range(0, setting.factor()).boxed().toList());
    if (setting.kind() == Kind.CONTROLLERS) {
      builder.controllers(TrialSetting.CONTROLLERS);
      setting.nodes().forEach(id -> agents.join(id, builder));
      nodes.addAll(setting.nodes());
    }
    String brokers =
        IntStream.range(firstPort, firstPort + setting.factor())
            .mapToObj(port -> HOST + ":" + port)
            .collect(Collectors.joining(","));
    for (int id : nodes) {
      // a node is ready, and its turn over, as soon as all is well: that is the harder trial
      builder.brokerEnvironment(id, "KAFKA_POD_STABLE_FOR", "1s");
      hook(setting, id, brokers).tellAgent(builder, id);
    }
    KafkaCluster cluster = builder.start();
    try {
      cluster.createTopic(
          TOPIC,
          PARTITIONS,
          setting.factor(),
          Map.of("min.insync.replicas", String.valueOf(setting.minIsr())));
      TrialCluster started = new TrialCluster(setting, cluster, agents);
      started.awaitWell();
      return started;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private static StopHook hook(TrialSetting setting, int node, String brokers) {
    return new StopHook(setting.turns(), node < setting.factor() ? "" : brokers, setting.maxWait());
  }

  StopHook hook(int node, boolean turns) {
    StopHook usual = hook(setting, node, cluster.bootstrapServers());
    return new StopHook(turns, usual.brokers(), usual.maxWait());
  }

  KafkaNode node(int id) {
    return everybody().stream().filter(node -> node.id() == id).findFirst().orElseThrow();
  }

  Path runDirectory(int node) {
    return agents.runDirectory(node);
  }

  List<KafkaNode> controllers() {
    return cluster.controllers();
  }

  Producing producing() {
    return producing;
  }

  Admin admin() {
    return admin;
  }

  private List<KafkaNode> everybody() {
    List<KafkaNode> nodes = new ArrayList<>(cluster.brokers());
    nodes.addAll(cluster.controllers());
    return nodes;
  }

  /**
   * Starts what has ended, and waits until all is in sync, and all nodes with an agent are ready.
   *
   * @throws AssertionError if that takes longer than minutes
   */
  void awaitWell() {
    for (KafkaNode controller : cluster.controllers()) {
      if (!controller.isAlive()) {
        controller.start();
      }
      controller.awaitRunning();
    }
    cluster.restore();
    cluster.brokers().forEach(broker -> agents.awaitReady(broker.id()));
    if (setting.kind() == Kind.CONTROLLERS) {
      setting.nodes().forEach(agents::awaitReady);
    }
  }

  /** The topics to watch, with their min ISR: the load's, and that of turns once there is one. */
  Map<String, Integer> minIsr() throws InterruptedException {
    Map<String, Integer> topics = new HashMap<>(Map.of(TOPIC, setting.minIsr()));
    if (turnsTopic() != null) {
      topics.put(TURNS_TOPIC, 2);
    }
    return topics;
  }

  /** Who leads the topic of turns, or, while there is none, the load's first partition. */
  OptionalInt leader() throws InterruptedException {
    TopicDescription topic = turnsTopic();
    if (topic == null) {
      topic = describe(TOPIC);
    }
    Node leader = topic == null ? null : topic.partitions().get(0).leader();
    return leader == null || leader.isEmpty() ? OptionalInt.empty() : OptionalInt.of(leader.id());
  }

  private TopicDescription turnsTopic() throws InterruptedException {
    return describe(TURNS_TOPIC);
  }

  private TopicDescription describe(String topic) throws InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
          .get(topic);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }

  /** Leaves logs and disks, for somebody to look at. */
  Path keep() {
    cluster.keep();
    return cluster.directory();
  }

  @Override
  public void close() {
    producing.close();
    admin.close(Duration.ofSeconds(1));
    cluster.close();
  }
}
