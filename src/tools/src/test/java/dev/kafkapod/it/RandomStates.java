package dev.kafkapod.it;

import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Leads a cluster from one random state to the next: topics, minimums, deaths and reassignments.
 * What it decides depends on nothing but the seed.
 */
final class RandomStates {

  private static final String MIN_ISR = "min.insync.replicas";
  private static final int MOST_DEAD = 2;
  private static final int MOST_REPLICAS = 3;
  private static final Map<String, String> THROTTLED =
      Map.of(
          "leader.replication.throttled.replicas", "*",
          "follower.replication.throttled.replicas", "*");

  private final KafkaCluster cluster;
  private final Random random;
  private final boolean brokersHaveMinimums;
  private final TreeSet<Integer> live = new TreeSet<>();
  private final TreeSet<Integer> dead = new TreeSet<>();
  private final Map<String, Integer> partitions = new TreeMap<>();
  private final List<String> history = new ArrayList<>();
  private Optional<Integer> brokersMinimum = Optional.empty();
  private int topics;

  /**
   * Begins with a cluster whose brokers are all alive.
   *
   * @param brokersHaveMinimums whether single brokers may be given a min.insync.replicas: with
   *     eligible leader replicas the controller refuses that
   */
  RandomStates(KafkaCluster cluster, long seed, boolean brokersHaveMinimums) throws Exception {
    this.cluster = cluster;
    this.random = new Random(seed);
    this.brokersHaveMinimums = brokersHaveMinimums;
    cluster.brokers().forEach(broker -> live.add(broker.id()));
    for (int id : live) {
      change(
          ConfigResource.Type.BROKER,
          String.valueOf(id),
          List.of(
              set("leader.replication.throttled.rate", "1000"),
              set("follower.replication.throttled.rate", "1000")));
    }
  }

  /** A broker that is alive. */
  int liveBroker() {
    return live.first();
  }

  /** The brokers that are alive. */
  List<Integer> live() {
    return List.copyOf(live);
  }

  /** Everything that has been done, a line for each state. */
  String history() {
    return String.join("\n", history);
  }

  /** Changes some things. In the end every living broker knows who is alive. */
  void next() throws Exception {
    history.add("state " + (history.size() + 1) + ":");
    changeMinimums();
    for (int i = 0; i < 3; i++) {
      createTopic();
    }
    startThrottledReassignment();
    reassignAnyPartition();
    changeBrokers();
  }

  private void changeMinimums() throws Exception {
    if (random.nextInt(2) == 0) {
      int minimum = 1 + random.nextInt(MOST_REPLICAS);
      change(ConfigResource.Type.BROKER, "", minIsr(Optional.of(minimum)));
      tell("cluster's minimum " + minimum);
    }
    if (brokersHaveMinimums && random.nextInt(2) == 0) {
      brokersMinimum = anyMinimum();
      setOnBrokers(live);
      tell("brokers' minimum " + brokersMinimum);
    }
  }

  /**
   * All brokers get the same: a topic's value is resolved by the broker that happens to answer, so
   * that with different ones neither we nor kafka-topics.sh would give the same answer twice.
   */
  private void setOnBrokers(Collection<Integer> ids) throws Exception {
    for (int id : ids) {
      change(ConfigResource.Type.BROKER, String.valueOf(id), minIsr(brokersMinimum));
    }
  }

  /** What topics and brokers may do without, and a cluster with eligible leader replicas can't. */
  private Optional<Integer> anyMinimum() {
    int value = random.nextInt(MOST_REPLICAS + 1);
    return value == 0 ? Optional.empty() : Optional.of(value);
  }

  private void createTopic() {
    String topic = "topic-" + ++topics;
    int replicas = 1 + random.nextInt(MOST_REPLICAS);
    Map<Integer, List<Integer>> assignment = new LinkedHashMap<>();
    int count = 1 + random.nextInt(4);
    for (int partition = 0; partition < count; partition++) {
      assignment.put(partition, assignment(replicas));
    }
    Map<String, String> config = new HashMap<>();
    anyMinimum().ifPresent(minimum -> config.put(MIN_ISR, String.valueOf(minimum)));
    cluster.createTopic(topic, assignment, config);
    partitions.put(topic, count);
    tell(topic + " " + assignment + " " + config);
  }

  /** Any brokers, the first of them alive. */
  private List<Integer> assignment(int replicas) {
    int leader = anyOf(live);
    List<Integer> others =
        new ArrayList<>(
            Stream.concat(live.stream(), dead.stream()).filter(id -> id != leader).toList());
    Collections.shuffle(others, random);
    return Stream.concat(Stream.of(leader), others.stream().limit(replicas - 1L)).toList();
  }

  /** Of a partition with more data than the throttle lets through before the next states. */
  private void startThrottledReassignment() throws Exception {
    String topic = "heavy-" + ++topics;
    List<Integer> all = assignment(live.size() + dead.size());
    int before = 1 + random.nextInt(2);
    int kept = random.nextInt(2);
    cluster.createTopic(topic, Map.of(0, all.subList(0, before)), THROTTLED);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cluster.broker(all.get(0)).bootstrapServer(),
                "acks",
                "1",
                "enable.idempotence",
                false,
                "enable.metrics.push",
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 30; i++) {
        producer.send(new ProducerRecord<>(topic, new byte[100_000])).get();
      }
    }
    List<Integer> after = new ArrayList<>(all.subList(before, before + 2));
    after.addAll(all.subList(0, kept));
    reassign(new TopicPartition(topic, 0), after);
    tell(topic + " moves from " + all.subList(0, before) + " to " + after);
  }

  /** Never ends where a dead broker is added. */
  private void reassignAnyPartition() throws Exception {
    String topic = new ArrayList<>(partitions.keySet()).get(random.nextInt(partitions.size()));
    TopicPartition partition = new TopicPartition(topic, random.nextInt(partitions.get(topic)));
    List<Integer> after = assignment(1 + random.nextInt(MOST_REPLICAS));
    reassign(partition, after);
    tell(partition + " moves to " + after);
  }

  private void reassign(TopicPartition partition, List<Integer> replicas) throws Exception {
    cluster
        .admin()
        .alterPartitionReassignments(
            Map.of(partition, Optional.of(new NewPartitionReassignment(replicas))))
        .all()
        .get();
  }

  private void changeBrokers() throws Exception {
    boolean oneComesBack = !dead.isEmpty() && random.nextInt(3) == 0;
    if (oneComesBack) {
      int id = anyOf(dead);
      KafkaNode broker = cluster.broker(id);
      broker.start();
      broker.awaitRunning();
      dead.remove(id);
      live.add(id);
      if (brokersHaveMinimums) {
        setOnBrokers(List.of(id));
      }
      tell("broker " + id + " comes back");
    } else if (dead.size() < MOST_DEAD && random.nextInt(4) > 0) {
      int id = anyOf(live);
      cluster.broker(id).kill();
      live.remove(id);
      dead.add(id);
      tell("broker " + id + " dies");
    }
    cluster.awaitBrokers(live.toArray(Integer[]::new));
  }

  private int anyOf(Collection<Integer> ids) {
    return new ArrayList<>(ids).get(random.nextInt(ids.size()));
  }

  private static Collection<AlterConfigOp> minIsr(Optional<Integer> value) {
    return List.of(
        new AlterConfigOp(
            new ConfigEntry(MIN_ISR, value.map(String::valueOf).orElse("")),
            value.isPresent() ? OpType.SET : OpType.DELETE));
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
  }

  private void change(ConfigResource.Type type, String name, Collection<AlterConfigOp> changes)
      throws ExecutionException, InterruptedException {
    cluster
        .admin()
        .incrementalAlterConfigs(Map.of(new ConfigResource(type, name), changes))
        .all()
        .get();
  }

  private void tell(String what) {
    history.add("  " + what);
  }
}
