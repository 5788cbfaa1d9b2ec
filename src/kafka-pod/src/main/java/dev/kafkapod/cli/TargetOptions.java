package dev.kafkapod.cli;

import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.reassignmentfile.PartitionsFile;
import dev.kafkapod.reassignmentfile.PartitionsFile.PartitionsRead;
import dev.kafkapod.settings.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is to be placed, and where. */
final class TargetOptions {

  private final CommandSpec spec;
  private final PlacementOptions placement;
  private final OptionSpec partitions =
      Options.option("--partitions", "FILE", Path.class)
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description(
              "Only the topics or partitions that this JSON file names, in the format of"
                  + " kafka-reassign-partitions.sh. Instead of --topics.")
          .build();
  private final OptionSpec onto =
      brokers(
          "--onto",
          "The brokers that may hold replicas, separated by commas: node ids, or a Kubernetes cluster for all"
              + " brokers with the rack ZONE/CLUSTER. By default all that have a rack.");
  private final OptionSpec off =
      brokers("--off", "The brokers that may hold none, named in the same way.");
  private final OptionSpec replicationFactor =
      Options.option("--replication-factor", "N", Integer.class)
          .converters(Converters.of(Values::replicationFactor))
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("How many replicas each partition is to have; as many as now by default.")
          .build();

  TargetOptions(CommandSpec spec, PlacementOptions placement) {
    this.spec = spec;
    this.placement = placement;
    spec.addOption(partitions).addOption(onto).addOption(off).addOption(replicationFactor);
  }

  private static OptionSpec brokers(String name, String description) {
    return Options.option(name, "CLUSTER|ID", List.class)
        .auxiliaryTypes(String.class)
        .converters(Converters.of(Values::brokerOrCluster))
        .splitRegex(",")
        .initialValue(List.of())
        .descriptionKey(HelpPages.COMMAND_LINE)
        .description(description)
        .build();
  }

  /**
   * The target.
   *
   * @param problems gets what is wrong with the file of partitions
   */
  PlacementTarget target(List<String> problems) {
    Options.oneOf(spec, placement.topicsOption(), partitions, "say what is to be placed");
    Optional<PartitionsRead> read =
        Optional.<Path>ofNullable(partitions.getValue()).map(PartitionsFile::read);
    read.ifPresent(
        it ->
            it.problems()
                .forEach(
                    problem ->
                        problems.add(
                            "--partitions %s: %s".formatted(it.partitions().source(), problem))));
    Integer factor = replicationFactor.getValue();
    return new PlacementTarget(
        placement.topics(),
        read.map(PartitionsRead::partitions),
        onto.getValue(),
        off.getValue(),
        factor == null ? OptionalInt.empty() : OptionalInt.of(factor),
        placement.order());
  }
}
