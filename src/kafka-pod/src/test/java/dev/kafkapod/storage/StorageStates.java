package dev.kafkapod.storage;

import static dev.kafkapod.storage.MetadataLog.ABSENT;

import dev.kafkapod.storage.ControllerReply.Outcome;
import dev.kafkapod.storage.Directory.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds situations: what isn't said is controller 1 of three static voters, its disk empty. */
final class StorageStates {

  static final String CLUSTER = "ours";
  static final String CONFIG = "/config/server.properties";

  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);

  private Node node = new Node(1, false, true, CONFIG, FETCH_TIMEOUT);
  private List<Directory> directories = List.of(empty("/data", true));
  private Voters voters = new Voters.Static();
  private Optional<String> clusterId = Optional.of(CLUSTER);
  private boolean mayBootstrap = true;
  private final List<ControllerReply> replies = new ArrayList<>();
  private BrokerRegistration registration = BrokerRegistration.UNREGISTERED;

  static final MetadataLog FILLED = new MetadataLog(true, true, true, true);

  /** As Kafka makes it in its very first start. */
  static final MetadataLog BEGUN = new MetadataLog(true, true, false, false);

  /** Segments without a record, and a snapshot or leaders' epochs that tell of some. */
  static final MetadataLog EMPTIED = new MetadataLog(true, true, false, true);

  static StorageStates given() {
    return new StorageStates();
  }

  StorageStates broker() {
    node = new Node(1, true, false, CONFIG, FETCH_TIMEOUT);
    return this;
  }

  StorageStates combined() {
    node = new Node(1, true, true, CONFIG, FETCH_TIMEOUT);
    return this;
  }

  StorageStates zooKeeperMode() {
    node = new Node(-1, false, false, CONFIG, FETCH_TIMEOUT);
    return this;
  }

  StorageStates directories(Directory... all) {
    directories = List.of(all);
    return this;
  }

  StorageStates dynamic(InitialController... initial) {
    voters = new Voters.Dynamic(List.of(initial), false);
    return this;
  }

  StorageStates joiningByItself(InitialController... initial) {
    voters = new Voters.Dynamic(List.of(initial), true);
    return this;
  }

  StorageStates withoutClusterId() {
    clusterId = Optional.empty();
    return this;
  }

  StorageStates notANewCluster() {
    mayBootstrap = false;
    return this;
  }

  /** The node's configuration sets controller.quorum.fetch.timeout.ms. */
  StorageStates fetchTimeout(Duration limit) {
    node = new Node(node.id(), node.broker(), node.controller(), node.configFile(), limit);
    return this;
  }

  StorageStates reply(String address, Outcome reply) {
    replies.add(new ControllerReply(address, reply));
    return this;
  }

  StorageStates absent(String address) {
    return reply(address, new ControllerReply.Absent("Connection refused"));
  }

  StorageStates leaderless(String address) {
    return reply(address, new ControllerReply.Leaderless(false));
  }

  /** A controller that has lost its leader. */
  StorageStates leaderlessWithMetadata(String address) {
    return reply(address, new ControllerReply.Leaderless(true));
  }

  /** A controller whose leader doesn't answer us. */
  StorageStates following(String address, int leader, long epoch) {
    return reply(
        address, new ControllerReply.Following(leader, epoch, "l:9093: Connection refused"));
  }

  StorageStates led(String address, QuorumState quorum) {
    return reply(address, new ControllerReply.Led(quorum));
  }

  StorageStates registration(BrokerRegistration it) {
    registration = it;
    return this;
  }

  StorageState storageState() {
    return new StorageState(
        node, directories, voters, clusterId, mayBootstrap, replies, registration);
  }

  Decision decision() {
    return StoragePolicy.decide(storageState());
  }

  static Directory empty(String path, boolean metadata) {
    return new Directory(path, metadata, new Directory.Empty());
  }

  static Directory formatted(String path, boolean metadata) {
    return formatted(path, metadata, CLUSTER, 1, true);
  }

  static Directory formatted(
      String path, boolean metadata, String cluster, int node, boolean used) {
    return used
        ? formatted(path, metadata, cluster, node, Usage.SERVED, metadata ? FILLED : ABSENT)
        : formatted(path, metadata, cluster, node, Usage.NONE, ABSENT);
  }

  private static Directory formatted(
      String path, boolean metadata, String cluster, int node, Usage usage, MetadataLog log) {
    return new Directory(
        path,
        metadata,
        new Directory.Formatted(
            Optional.of(cluster), OptionalInt.of(node), Optional.of("id of " + path), usage, log));
  }

  /** A formatted directory in which the metadata log belongs. */
  static Directory metadata(String path, Usage usage, MetadataLog log) {
    return formatted(path, true, CLUSTER, 1, usage, log);
  }

  /** Controller 2 leads at offset 100, by its own clock at 50,000 ms. */
  static QuorumState quorum(QuorumState.Voter... voters) {
    return new QuorumState(CLUSTER, 2, 7, 100, List.of(voters));
  }

  static QuorumState.Voter leader() {
    return voter(2, 100, 50_000);
  }

  static QuorumState.Voter voter(int id, long offset, long caughtUpMs) {
    return new QuorumState.Voter(id, Optional.empty(), offset, OptionalLong.of(caughtUpMs));
  }

  static QuorumState.Voter unheardOf(int id) {
    return new QuorumState.Voter(id, Optional.empty(), -1, OptionalLong.empty());
  }

  static QuorumState.Voter on(String directory, QuorumState.Voter voter) {
    return new QuorumState.Voter(
        voter.id(), Optional.of(directory), voter.logEndOffset(), voter.caughtUpMs());
  }
}
