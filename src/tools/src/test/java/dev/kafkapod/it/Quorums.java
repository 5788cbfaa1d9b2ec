package dev.kafkapod.it;

import dev.kafkapod.cluster.ControllerProbe;
import dev.kafkapod.common.Address;
import dev.kafkapod.nodeconfig.PropertiesFile;
import dev.kafkapod.storage.ControllerReply.Outcome;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.SaslSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.config.ConfigResource;

/** Controllers and brokers that are started by the entrypoint, and what their quorum says. */
final class Quorums implements AutoCloseable {

  static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";
  private static final String HOST = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private static final ConfigResource ALL_BROKERS =
      new ConfigResource(ConfigResource.Type.BROKER, "");

  private final Path directory;
  private final String version;
  private final Map<Integer, Integer> ports = new TreeMap<>();
  private final Map<Integer, Integer> brokerPorts = new TreeMap<>();
  private final List<EntrypointNode> nodes = new ArrayList<>();
  private final Map<Integer, EntrypointNode> byId = new HashMap<>();
  private boolean dynamic;
  private boolean restarting;
  private SaslSsl security;

  /**
   * Of controllers that aren't there yet.
   *
   * @param controllers how many; their ids are 1, 2 and so on
   */
  Quorums(Path directory, String version, int controllers) {
    this.directory = directory;
    this.version = version;
    for (int id = 1; id <= controllers; id++) {
      ports.put(id, FreePorts.find(HOST));
    }
  }

  /** Voters aren't in the configuration. */
  Quorums dynamic() {
    return dynamic(true);
  }

  /** Whether voters aren't in the configuration. */
  Quorums dynamic(boolean it) {
    dynamic = it;
    return this;
  }

  /** Whoever waits for the quorum starts what has ended, as Kubernetes does. */
  Quorums restartingWhatEnds() {
    restarting = true;
    return this;
  }

  /** Controllers listen by SASL_SSL. */
  Quorums secured() {
    security = new SaslSsl(directory.resolve("security"), HOST);
    return this;
  }

  String address(int controller) {
    return HOST + ":" + ports.get(controller);
  }

  /** {@code 1@127.0.0.1:…,2@127.0.0.1:…}. */
  String voters() {
    return ports.keySet().stream()
        .map(id -> id + "@" + address(id))
        .collect(Collectors.joining(","));
  }

  String addresses() {
    return ports.keySet().stream().map(this::address).collect(Collectors.joining(","));
  }

  /** A controller that hasn't been started. */
  EntrypointNode controller(int id, String... settings) {
    Map<String, String> properties = common(id, "controller", settings);
    properties.put("listeners", "CONTROLLER://" + address(id));
    return node(id, properties);
  }

  /** All controllers, none of them started; each is told with whom a dynamic quorum begins. */
  List<EntrypointNode> controllers() {
    return ports.keySet().stream()
        .map(id -> controller(id))
        .map(node -> dynamic ? node.with("KAFKA_POD_INITIAL_CONTROLLERS", voters()) : node)
        .toList();
  }

  /** A broker that hasn't been started; its id must be none of a controller's. */
  EntrypointNode broker(int id, String... settings) {
    Map<String, String> properties = common(id, "broker", settings);
    properties.putIfAbsent("listeners", "PLAINTEXT://" + HOST + ":" + FreePorts.find(HOST));
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    return node(id, properties);
  }

  /** Both in one, which hasn't been started; its id is one of the controllers'. */
  EntrypointNode combined(int id, String... settings) {
    Map<String, String> properties = common(id, "broker,controller", settings);
    String broker = HOST + ":" + brokerPorts.computeIfAbsent(id, it -> FreePorts.find(HOST));
    properties.put("listeners", "CONTROLLER://%s,PLAINTEXT://%s".formatted(address(id), broker));
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    return node(id, properties);
  }

  /** Where clients reach the nodes that are both in one. */
  String brokers() {
    return brokerPorts.values().stream()
        .map(port -> HOST + ":" + port)
        .collect(Collectors.joining(","));
  }

  private Map<String, String> common(int id, String role, String... settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("node.id", String.valueOf(id));
    properties.put("process.roles", role);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listener.security.protocol.map",
        "CONTROLLER:%s,PLAINTEXT:PLAINTEXT".formatted(security == null ? "PLAINTEXT" : "SASL_SSL"));
    if (security != null) {
      properties.putAll(security.brokerProperties("CONTROLLER"));
      properties.put("sasl.mechanism.controller.protocol", "PLAIN");
    }
    if (dynamic) {
      properties.put("controller.quorum.bootstrap.servers", addresses());
    } else {
      properties.put("controller.quorum.voters", voters());
    }
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      properties.put(pair[0], pair[1]);
    }
    return properties;
  }

  private EntrypointNode node(int id, Map<String, String> properties) {
    EntrypointNode node =
        new EntrypointNode(directory.resolve("node-" + id), version, properties)
            .with("CLUSTER_ID", CLUSTER);
    nodes.add(node);
    byId.put(id, node);
    return node;
  }

  /** Waits until the quorum's leader says that exactly these voters have all that it has. */
  QuorumInfo awaitCaughtUp(Integer... voters) {
    return awaitQuorum(
        "voters %s to have caught up".formatted(List.of(voters)),
        info -> caughtUp(info).equals(new TreeSet<>(List.of(voters))));
  }

  private static Set<Integer> caughtUp(QuorumInfo info) {
    long leader =
        info.voters().stream()
            .filter(it -> it.replicaId() == info.leaderId())
            .mapToLong(ReplicaState::logEndOffset)
            .max()
            .orElse(Long.MAX_VALUE);
    return info.voters().stream()
        .filter(it -> leader > 1 && it.logEndOffset() >= leader - 5)
        .map(ReplicaState::replicaId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Waits until the quorum's leader says something: to controllers and, where there are brokers, to
   * them in turn. A 3.9.2 controller whose registration went down with an earlier leader doesn't
   * repeat it, and Admin finds no leader that isn't registered; brokers do. Each look has an Admin
   * of its own: one that has met controllers before they registered may never find a node again.
   */
  QuorumInfo awaitQuorum(String what, Predicate<QuorumInfo> condition) {
    AtomicInteger look = new AtomicInteger();
    return Await.until(
        what,
        LIMIT,
        () -> {
          if (restarting) {
            nodes.stream().filter(node -> !node.isAlive()).forEach(EntrypointNode::start);
          }
          boolean throughBrokers =
              !brokerPorts.isEmpty() && security == null && look.getAndIncrement() % 2 == 1;
          Admin admin = throughBrokers ? brokersAdmin() : admin();
          try {
            return admin.describeMetadataQuorum().quorumInfo().get(10, TimeUnit.SECONDS);
          } finally {
            admin.close(Duration.ofSeconds(5));
          }
        },
        condition,
        () -> nodes.stream().map(EntrypointNode::tail).collect(Collectors.joining("\n")));
  }

  /** Waits until a controller replies something to our own probe. */
  Outcome awaitReply(int controller, Predicate<Outcome> condition) {
    ControllerProbe probe =
        new ControllerProbe(
            new Address(HOST, ports.get(controller)),
            clientSettings(),
            "the settings",
            Optional.of(CLUSTER),
            Duration.ofSeconds(5));
    return Await.until(
        "a reply of controller " + controller,
        LIMIT,
        () -> {
          if (restarting && !byId.get(controller).isAlive()) {
            byId.get(controller).start();
          }
          return probe.ask().reply();
        },
        condition,
        () -> nodes.stream().map(EntrypointNode::tail).collect(Collectors.joining("\n")));
  }

  private Map<String, String> clientSettings() {
    return security == null
        ? Map.of()
        : PropertiesFile.read("the client's", security.clientConfig("admin"));
  }

  /** Waits until a controller accepts connections, whether or not there is a quorum. */
  void awaitListening(int controller) {
    Await.until(
        "controller %d to listen".formatted(controller),
        LIMIT,
        () -> {
          try (Socket socket =
              new Socket(InetAddress.getLoopbackAddress(), ports.get(controller))) {
            return socket.isConnected();
          } catch (IOException e) {
            return false;
          }
        },
        it -> it);
  }

  /** Commits the value of a setting for all brokers. */
  void setBrokerDefault(String setting, String value) throws Exception {
    AlterConfigOp operation =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(Map.of(ALL_BROKERS, List.of(operation)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
  }

  /** What is committed as the value of a setting for all brokers. */
  String brokerDefault(String setting) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .describeConfigs(List.of(ALL_BROKERS))
          .all()
          .get(10, TimeUnit.SECONDS)
          .get(ALL_BROKERS)
          .get(setting)
          .value();
    }
  }

  private Admin brokersAdmin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers", brokers(),
            "request.timeout.ms", "2000",
            "default.api.timeout.ms", "4000"));
  }

  private Admin admin() {
    Map<String, Object> config = new HashMap<>(clientSettings());
    config.put("bootstrap.controllers", addresses());
    config.put("request.timeout.ms", "2000");
    config.put("default.api.timeout.ms", "4000");
    return Admin.create(config);
  }

  @Override
  public void close() {
    nodes.forEach(EntrypointNode::close);
  }
}
