package dev.kafkapod.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes down in Kafka's terms how the nodes of a cluster find each other. */
final class ServerProperties {
  private static final String CLIENT = "CLIENT";
  private static final String INTERNAL = "INTERNAL";
  private static final String CONTROLLER = "CONTROLLER";

  /** Where something listens. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * A broker's addresses.
   *
   * @param internal for the other brokers; null where they use the client listener
   */
  record BrokerAddresses(int id, Address client, Address internal) {}

  /** A member of the controller quorum and its address. */
  record Voter(int id, Address address) {}

  private final List<BrokerAddresses> brokers;
  private final List<Voter> voters;
  private final String zooKeeper;
  private final SaslSsl saslSsl;

  /**
   * Takes what the nodes must agree on.
   *
   * @param voters empty in ZooKeeper mode
   * @param zooKeeper its address, or null
   * @param saslSsl or null where clients use PLAINTEXT
   */
  ServerProperties(
      List<BrokerAddresses> brokers, List<Voter> voters, Address zooKeeper, SaslSsl saslSsl) {
    this.brokers = List.copyOf(brokers);
    this.voters = List.copyOf(voters);
    this.zooKeeper = zooKeeper == null ? null : zooKeeper.toString();
    this.saslSsl = saslSsl;
  }

  /** Of a node that is a broker, a controller or both. */
  Map<String, String> node(int id, Path dataDirectory) {
    var broker = brokers.stream().filter(b -> b.id() == id).findFirst();
    var voter = voters.stream().filter(v -> v.id() == id).findFirst();
    Map<String, String> properties = quickSettings();
    properties.put("log.dirs", dataDirectory.toString());
    Map<String, Address> listeners = new LinkedHashMap<>();
    broker.ifPresent(
        b -> {
          listeners.put(CLIENT, b.client());
          if (b.internal() != null) {
            listeners.put(INTERNAL, b.internal());
          }
          properties.put("inter.broker.listener.name", b.internal() == null ? CLIENT : INTERNAL);
          if (saslSsl != null) {
            properties.putAll(saslSsl.brokerProperties(CLIENT));
          }
        });
    voter.ifPresent(v -> listeners.put(CONTROLLER, v.address()));
    properties.put(
        "listeners",
        listeners.entrySet().stream()
            .map(listener -> listener.getKey() + "://" + listener.getValue())
            .collect(Collectors.joining(",")));
    properties.put(
        "listener.security.protocol.map",
        "%s:%s,%s:PLAINTEXT,%s:PLAINTEXT"
            .formatted(CLIENT, saslSsl == null ? "PLAINTEXT" : "SASL_SSL", INTERNAL, CONTROLLER));
    if (saslSsl != null) {
      properties.putAll(SaslSsl.authorizerProperties(zooKeeper != null));
    }
    if (zooKeeper == null) {
      properties.put("node.id", Integer.toString(id));
      properties.put(
          "process.roles",
          broker.isEmpty() ? "controller" : voter.isEmpty() ? "broker" : "broker,controller");
      properties.put("controller.listener.names", CONTROLLER);
      properties.put(
          "controller.quorum.voters",
          voters.stream().map(v -> v.id() + "@" + v.address()).collect(Collectors.joining(",")));
    } else {
      properties.put("broker.id", Integer.toString(id));
      properties.put("zookeeper.connect", zooKeeper);
    }
    return properties;
  }

  /** Of a ZooKeeper of one node. */
  static Map<String, String> zooKeeper(Address address, Path dataDirectory) {
    return Map.of(
        "dataDir",
        dataDirectory.toString(),
        "clientPort",
        Integer.toString(address.port()),
        "clientPortAddress",
        address.host(),
        "maxClientCnxns",
        "0",
        "4lw.commands.whitelist",
        "ruok",
        // Its HTTP server would listen on all addresses.
        "admin.enableServer",
        "false");
  }

  /**
   * What makes small brokers: few threads and internal partitions, small buffers. Nothing here
   * changes when a broker counts as dead or when a replica leaves an ISR.
   */
  private Map<String, String> quickSettings() {
    String replicas = Integer.toString(Math.min(3, brokers.size()));
    String minIsr = Integer.toString(Math.min(2, brokers.size()));
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("auto.create.topics.enable", "false");
    properties.put("num.partitions", "1");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "3");
    properties.put("background.threads", "2");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("offsets.topic.num.partitions", "5");
    properties.put("offsets.topic.replication.factor", replicas);
    properties.put("transaction.state.log.num.partitions", "5");
    properties.put("transaction.state.log.replication.factor", replicas);
    properties.put("transaction.state.log.min.isr", minIsr);
    properties.put("share.coordinator.state.topic.num.partitions", "5");
    properties.put("share.coordinator.state.topic.replication.factor", replicas);
    properties.put("share.coordinator.state.topic.min.isr", minIsr);
    // The default, 128 MB, is half of our heap.
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    properties.put("log.cleaner.io.buffer.size", "65536");
    // Two of these are mapped for each partition.
    properties.put("log.index.size.max.bytes", "65536");
    return properties;
  }
}
