package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.nodeconfig.DiskReader;
import dev.kafkapod.nodeconfig.NodeDirectories;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.verdictfile.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The local node as its configuration has it: who it is and in which roles, by its disks of which
 * cluster, and nothing of how it is.
 *
 * @param snapshot with the state {@link BrokerState#UNKNOWN} for a broker
 * @param source the file that says so
 */
record ConfiguredNode(BrokerSnapshot snapshot, Path source) {

  /**
   * Reads the configuration that is named or that the running broker has, and else the one in the
   * run directory.
   *
   * @return empty if neither can be read, or says the node's id
   */
  static Optional<ConfiguredNode> find(
      Path runDirectory, Supplier<Optional<BrokerCommandLine>> configured) {
    return read(configured.get())
        .or(
            () ->
                read(
                    Optional.of(
                        new BrokerCommandLine(
                            RunDirectory.configuration(runDirectory), Map.of()))));
  }

  private static Optional<ConfiguredNode> read(Optional<BrokerCommandLine> broker) {
    try {
      return broker.flatMap(it -> of(it.properties(), it.config()));
    } catch (Misconfigured e) {
      return Optional.empty(); // it may be readable the next time
    }
  }

  static Optional<ConfiguredNode> of(Map<String, String> properties, Path source) {
    OptionalInt id = NodeId.of(properties);
    ProcessRoles roles = ProcessRoles.of(properties);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ConfiguredNode(
                snapshot(
                    id,
                    DiskReader.clusterId(NodeDirectories.of(properties)),
                    roles.broker(),
                    roles.controller()),
                source));
  }

  private static BrokerSnapshot snapshot(
      OptionalInt id, Optional<String> clusterId, boolean broker, boolean controller) {
    return new BrokerSnapshot(
        id,
        clusterId,
        Optional.empty(),
        broker ? Optional.of(BrokerState.UNKNOWN) : Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        controller,
        Optional.empty(),
        Duration.ZERO,
        List.of());
  }
}
