package dev.kafkapod.storage;

import java.time.Duration;
import java.util.Objects;

/**
 * The node whose disks are looked at.
 *
 * @param id node.id
 * @param broker whether it is a broker
 * @param controller whether it is a controller; neither is ZooKeeper mode
 * @param configFile its configuration, for commands that people are told to run
 * @param longestLag by how much a voter that keeps up may be behind: its configuration's
 *     controller.quorum.fetch.timeout.ms, after which a voter calls an election
 */
public record Node(
    int id, boolean broker, boolean controller, String configFile, Duration longestLag) {

  public Node {
    Objects.requireNonNull(configFile);
    Objects.requireNonNull(longestLag);
  }

  boolean isInZooKeeperMode() {
    return !broker && !controller;
  }

  /** {@code controller 1}, {@code broker 1}, or {@code broker and controller 1}. */
  String name() {
    String role = controller ? "controller" : "broker";
    return (broker && controller ? "broker and controller" : role) + " " + id;
  }
}
