package dev.kafkapod.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/**
 * A Kafka cluster of real processes on loopback addresses, all of which end with this JVM at the
 * latest.
 *
 * <p>It lives in {@code target/clusters}; the directory stays there when the cluster could not
 * start or {@link #keep()} was called.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Set<KafkaCluster> RUNNING = ConcurrentHashMap.newKeySet();

  private final KafkaDistribution distribution;
  private final Path directory;
  private final List<KafkaNode> brokers;
  private final List<KafkaNode> controllers;
  private final KafkaNode zooKeeper;
  private final Map<Integer, List<TcpProxy>> proxies;
  private final SaslSsl saslSsl;
  private final Set<Integer> cutOff = ConcurrentHashMap.newKeySet();
  private Admin admin;
  private boolean kept;
  private boolean released;

  KafkaCluster(
      KafkaDistribution distribution,
      Path directory,
      List<KafkaNode> brokers,
      List<KafkaNode> controllers,
      KafkaNode zooKeeper,
      Map<Integer, List<TcpProxy>> proxies,
      SaslSsl saslSsl) {
    this.distribution = distribution;
    this.directory = directory;
    this.brokers = List.copyOf(brokers);
    this.controllers = List.copyOf(controllers);
    this.zooKeeper = zooKeeper;
    this.proxies = Map.copyOf(proxies);
    this.saslSsl = saslSsl;
    RUNNING.add(this);
  }

  /**
   * A cluster in KRaft mode, of Kafka 4.3.1 or what the system property {@code
   * kafkapod.kafka.version} says.
   */
  public static KafkaClusterBuilder kraft() {
    return new KafkaClusterBuilder(false, System.getProperty("kafkapod.kafka.version", "4.3.1"));
  }

  /**
   * A cluster in ZooKeeper mode, of Kafka 3.9.2 or what the system property {@code
   * kafkapod.kafka.zookeeper.version} says, with a ZooKeeper of one node.
   */
  public static KafkaClusterBuilder zookeeper() {
    return new KafkaClusterBuilder(
        true, System.getProperty("kafkapod.kafka.zookeeper.version", "3.9.2"));
  }

  /** Starts all nodes and waits until clients can use them. */
  KafkaCluster up() {
    try {
      if (zooKeeper != null) {
        // One that accepts connections before it can serve them leaves its first clients hanging.
        zooKeeper.start();
        zooKeeper.awaitRunning();
      }
      kafkaNodes().forEach(KafkaNode::start);
      kafkaNodes().forEach(KafkaNode::awaitRunning);
      awaitBrokers(brokers.stream().map(KafkaNode::id).toArray(Integer[]::new));
      return this;
    } catch (RuntimeException | AssertionError e) {
      keep();
      StringBuilder message = new StringBuilder("the cluster did not start: " + e.getMessage());
      for (KafkaNode node : nodes()) {
        // The node that is to blame has shown its log already.
        if (message.indexOf(node.log().toString()) < 0) {
          message.append('\n').append(node.logTail());
        }
      }
      close();
      // Not e itself: it would show all those logs once more.
      throw new IllegalStateException(message.toString(), e.getCause());
    }
  }

  /** All brokers, in the order of their ids, dead or alive. */
  public List<KafkaNode> brokers() {
    return brokers;
  }

  /**
   * One broker, dead or alive.
   *
   * @throws IllegalArgumentException if the cluster has no such broker
   */
  public KafkaNode broker(int id) {
    return brokers.stream()
        .filter(broker -> broker.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("broker: %s has no %d".formatted(brokers, id)));
  }

  /** All controllers: the brokers themselves in combined mode, none in ZooKeeper mode. */
  public List<KafkaNode> controllers() {
    return controllers;
  }

  /**
   * The ZooKeeper.
   *
   * @throws IllegalStateException in KRaft mode
   */
  public KafkaNode zooKeeper() {
    if (zooKeeper == null) {
      throw new IllegalStateException("a cluster in KRaft mode has no ZooKeeper");
    }
    return zooKeeper;
  }

  /** The client addresses of all brokers, for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return addresses(brokers);
  }

  private static String addresses(List<KafkaNode> nodes) {
    return nodes.stream().map(KafkaNode::bootstrapServer).collect(Collectors.joining(","));
  }

  /** The cluster's id, asked of a broker. */
  public String clusterId() {
    return get(admin().describeCluster().clusterId());
  }

  /** The Kafka that it runs. */
  public KafkaDistribution distribution() {
    return distribution;
  }

  /** Where everything about it lies: a folder for each node, and the keys. */
  public Path directory() {
    return directory;
  }

  /**
   * A client that may do everything; shared, and closed with the cluster. Like every Admin it keeps
   * asking the broker that it is connected to, be it cut off from the controllers and stale.
   */
  public synchronized Admin admin() {
    if (admin == null) {
      Properties config = new Properties();
      if (saslSsl != null) {
        config.putAll(PropertiesFile.read(saslSsl.clientConfig("admin")));
      }
      config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
      config.put(AdminClientConfig.CLIENT_ID_CONFIG, "fixture-" + directory.getFileName());
      // A paused broker should cost seconds, not the default of 30.
      config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
      config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000");
      admin = Admin.create(config);
    }
    return admin;
  }

  /**
   * The client properties of a user of a SASL_SSL cluster; without bootstrap.servers.
   *
   * @param user admin or probe
   * @throws IllegalStateException if the cluster has no SASL_SSL
   */
  public Path clientConfig(String user) {
    if (saslSsl == null) {
      throw new IllegalStateException("user " + user + ": this cluster knows no users; saslSsl()");
    }
    return saslSsl.clientConfig(user);
  }

  /**
   * The same by another SASL mechanism than PLAIN.
   *
   * @param mechanism SCRAM-SHA-256, whose users must be created before, or OAUTHBEARER
   */
  public Path clientConfig(String user, String mechanism) {
    clientConfig(user);
    return saslSsl.clientConfig(user, mechanism);
  }

  /**
   * Runs the cluster's own {@code kafka-topics.sh} as a user that may do everything, through a
   * broker that is alive, not paused and not cut off from the controllers.
   *
   * @param args all but the address and the client's configuration
   * @return what it printed on stdout
   * @throws IllegalStateException if it failed
   */
  public String topicCommand(String... args) {
    List<String> all = new ArrayList<>(List.of("--bootstrap-server", addresses(credibleBrokers())));
    if (saslSsl != null) {
      all.addAll(List.of("--command-config", saslSsl.clientConfig("admin").toString()));
    }
    all.addAll(List.of(args));
    return distribution.topicCommand(all.toArray(String[]::new));
  }

  /**
   * Creates a topic and waits until every broker knows it with all its leaders.
   *
   * @throws IllegalStateException if the controller refuses
   * @throws AssertionError if that takes longer than 60 s
   */
  public void createTopic(
      String name, int partitions, int replicationFactor, Map<String, String> config) {
    create(new NewTopic(name, partitions, (short) replicationFactor).configs(config), partitions);
  }

  /**
   * The same with the replicas' places given.
   *
   * @param assignment for each partition the ids of its brokers, the preferred leader first
   */
  public void createTopic(
      String name, Map<Integer, List<Integer>> assignment, Map<String, String> config) {
    create(new NewTopic(name, assignment).configs(config), assignment.size());
  }

  private void create(NewTopic topic, int partitions) {
    get(admin().createTopics(List.of(topic)).all());
    awaitViews(
        "%d partitions with leaders in topic %s".formatted(partitions, topic.name()),
        List.of(topic.name()),
        view -> view.partitions().size() == partitions,
        partition -> partition.leader().isPresent());
  }

  /**
   * Waits up to 60 s until every partition of the cluster, internal topics included, has a leader
   * and all its replicas in its ISR. Asks every broker that is alive, not paused and not cut off
   * from the controllers: they must agree.
   *
   * @throws AssertionError if some partition doesn't get there; the message has up to ten of them
   */
  public void awaitFullIsr() {
    awaitViews(
        "all replicas to be in sync", null, view -> true, BrokerView.Partition::isFullyInSync);
  }

  /**
   * Waits up to 60 s until every partition of the topic has exactly these brokers in its ISR. Asks
   * as {@link #awaitFullIsr()} does.
   *
   * @throws AssertionError if it doesn't get there; the message has up to ten partitions
   */
  public void awaitIsr(String topic, Integer... brokerIds) {
    Set<Integer> expected = Set.of(brokerIds);
    awaitViews(
        "the ISR of %s to be %s".formatted(topic, new TreeSet<>(expected)),
        List.of(topic),
        view -> !view.partitions().isEmpty(),
        partition -> Set.copyOf(partition.isr()).equals(expected));
  }

  /**
   * Waits up to 60 s until these brokers, and no others, are registered and not fenced. Asks as
   * {@link #awaitFullIsr()} does.
   *
   * @throws AssertionError if it doesn't get there; the message has the brokers last seen
   */
  public void awaitBrokers(Integer... brokerIds) {
    Set<Integer> expected = Set.of(brokerIds);
    awaitViews(
        "the brokers to be " + new TreeSet<>(expected),
        List.of(),
        view -> view.brokers().equals(expected),
        partition -> true);
  }

  /**
   * Names the partitions that aren't fully in sync, in the eyes of the brokers that are alive, not
   * paused and not cut off from the controllers. Unlike {@link #topicCommand} it asks nobody else.
   *
   * @throws AssertionError if these brokers haven't all answered, and agreed, within 60 s
   */
  public Set<String> underReplicatedPartitions() {
    return Await.until(
            "the brokers to agree which partitions are under-replicated",
            LIMIT,
            () -> {
              Set<Set<String>> views = new HashSet<>();
              for (KafkaNode broker : credibleBrokers()) {
                views.add(underReplicatedPartitionsAt(broker.id()));
              }
              return views;
            },
            views -> views.size() == 1)
        .iterator()
        .next();
  }

  /**
   * Names the partitions that aren't fully in sync, in the eyes of one broker.
   *
   * @throws IOException if it doesn't answer within 5 s
   */
  public Set<String> underReplicatedPartitionsAt(int brokerId) throws IOException {
    return broker(brokerId).view(null).partitions().stream()
        .filter(partition -> !partition.isFullyInSync())
        .map(partition -> partition.topic() + "-" + partition.id())
        .collect(Collectors.toSet());
  }

  /**
   * Names the partitions of which not every replica is in sync on a live broker, in the eyes of one
   * broker: a member of an ISR whose broker is fenced doesn't count.
   *
   * @throws IOException if it doesn't answer within 5 s
   */
  public Set<String> partitionsWithoutAllLiveReplicasAt(int brokerId) throws IOException {
    BrokerView view = broker(brokerId).view(null);
    return view.partitions().stream()
        .filter(it -> !it.isFullyInSync() || !view.brokers().containsAll(it.isr()))
        .map(partition -> partition.topic() + "-" + partition.id())
        .collect(Collectors.toSet());
  }

  /**
   * Waits up to 60 s until all brokers that are alive, not paused and not cut off from the
   * controllers describe the same live brokers and partitions.
   *
   * @return the description that they agree on: who gets the same one later knows that every broker
   *     has answered by it all the time in between
   */
  public String awaitAgreement() {
    return Await.until(
            "all brokers to describe the same",
            LIMIT,
            () -> {
              Set<String> descriptions = new TreeSet<>();
              for (KafkaNode broker : credibleBrokers()) {
                descriptions.add(broker.view(null).description());
              }
              return descriptions;
            },
            descriptions -> descriptions.size() == 1)
        .iterator()
        .next();
  }

  private void awaitViews(
      String what,
      List<String> topics,
      Predicate<BrokerView> view,
      Predicate<BrokerView.Partition> partition) {
    Await.until(
        what + " in the eyes of every broker",
        LIMIT,
        () -> {
          List<BrokerView> disagreeing = new ArrayList<>();
          for (KafkaNode broker : credibleBrokers()) {
            BrokerView seen = broker.view(topics);
            List<BrokerView.Partition> wrong =
                seen.partitions().stream().filter(partition.negate()).limit(10).toList();
            if (!view.test(seen) || !wrong.isEmpty()) {
              disagreeing.add(new BrokerView(seen.observer(), seen.brokers(), wrong));
            }
          }
          return disagreeing;
        },
        List::isEmpty);
  }

  private List<KafkaNode> credibleBrokers() {
    List<KafkaNode> credible =
        brokers.stream()
            .filter(broker -> broker.isAlive() && !broker.isPaused())
            .filter(broker -> !cutOff.contains(broker.id()))
            .toList();
    if (credible.isEmpty()) {
      throw new IllegalStateException("no broker is alive, not paused and not cut off");
    }
    return credible;
  }

  /**
   * Cuts the network between a broker and all controllers, while clients and other brokers still
   * reach it. Some 9 s later the controller fences it, unless configured otherwise.
   *
   * @throws IllegalStateException if the cluster was built without controllersBehindProxy()
   */
  public void cutOffFromControllers(int brokerId) {
    proxies(brokerId).forEach(TcpProxy::cut);
    cutOff.add(brokerId);
  }

  /** Undoes {@link #cutOffFromControllers}. */
  public void reconnectToControllers(int brokerId) {
    proxies(brokerId).forEach(TcpProxy::heal);
    cutOff.remove(brokerId);
  }

  private List<TcpProxy> proxies(int brokerId) {
    List<TcpProxy> found = proxies.get(broker(brokerId).id());
    if (found == null) {
      throw new IllegalStateException(
          "broker "
              + brokerId
              + " has no proxies: build the cluster with controllersBehindProxy()");
    }
    return found;
  }

  /**
   * Starts every broker that is dead, and waits until all are registered and all partitions in
   * sync.
   *
   * @throws AssertionError if that takes longer than 60 s
   */
  public void restore() {
    brokers.stream().filter(broker -> !broker.isAlive()).forEach(KafkaNode::start);
    awaitBrokers(brokers.stream().map(KafkaNode::id).toArray(Integer[]::new));
    awaitFullIsr();
  }

  /** Makes {@link #close()} leave the directory, for somebody to read the logs. */
  public synchronized void keep() {
    kept = true;
  }

  /**
   * Keeps the logs of all clusters of this JVM that are still running: something has failed, and
   * whoever noticed doesn't know which of them it was.
   *
   * @return their directories
   */
  public static List<Path> keepAll() {
    RUNNING.forEach(KafkaCluster::keep);
    return RUNNING.stream().map(KafkaCluster::directory).toList();
  }

  /**
   * Lets all processes live on after this JVM, and keeps the directory; {@link #close()} then only
   * closes the client.
   *
   * @return the ids of the processes that are alive
   * @throws IllegalStateException if the cluster has proxies, because they live in this JVM
   */
  public synchronized List<Long> release() {
    if (!proxies.isEmpty()) {
      throw new IllegalStateException("a cluster with proxies can't outlive them");
    }
    kept = true;
    released = true;
    List<KafkaNode> alive = nodes().stream().filter(KafkaNode::isAlive).toList();
    alive.forEach(KafkaNode::release);
    return alive.stream().map(KafkaNode::pid).toList();
  }

  /** Kills all nodes and, unless it is to be kept, deletes the directory. */
  @Override
  public synchronized void close() {
    RUNNING.remove(this);
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
    if (released) {
      return;
    }
    nodes().forEach(KafkaNode::destroy);
    nodes().forEach(KafkaNode::kill);
    proxies.values().forEach(list -> list.forEach(TcpProxy::close));
    if (!kept) {
      Trees.delete(directory);
    }
  }

  private List<KafkaNode> nodes() {
    List<KafkaNode> nodes = new ArrayList<>(kafkaNodes());
    if (zooKeeper != null) {
      nodes.add(zooKeeper);
    }
    return nodes;
  }

  /** Controllers first: brokers wait for them. */
  private Set<KafkaNode> kafkaNodes() {
    Set<KafkaNode> nodes = new LinkedHashSet<>(controllers);
    nodes.addAll(brokers);
    return nodes;
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().toString(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the cluster didn't answer in " + LIMIT, e);
    } catch (InterruptedException e) {
      throw Await.interrupted("the cluster's answer", e);
    }
  }
}
