package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.verdictfile.RunDirectory;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The node id of the broker whose run directory it is, without asking the broker: whom an override
 * is for must be known even with the broker dead.
 */
public final class LocalNodeId {

  private LocalNodeId() {}

  /**
   * By its agent's verdict, and where there is none, by its configuration.
   *
   * @param broker the configuration that is named, or that the running broker has
   * @return empty if neither says
   */
  public static OptionalInt of(Path runDirectory, Supplier<Optional<BrokerCommandLine>> broker) {
    OptionalInt told =
        VerdictReader.read(runDirectory)
            .verdict()
            .map(VerdictFile::node)
            .orElse(OptionalInt.empty());
    return told.isPresent() ? told : configured(runDirectory, broker);
  }

  private static OptionalInt configured(
      Path runDirectory, Supplier<Optional<BrokerCommandLine>> broker) {
    try {
      return broker
          .get()
          .or(
              () ->
                  Optional.of(RunDirectory.configuration(runDirectory))
                      .filter(Files::isReadable)
                      .map(file -> new BrokerCommandLine(file, Map.of())))
          .map(it -> NodeId.of(it.properties()))
          .orElse(OptionalInt.empty());
    } catch (Misconfigured e) {
      return OptionalInt.empty();
    }
  }
}
