package dev.kafkapod.cli;

import dev.kafkapod.settings.Values;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopPolicy;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who would stop, and how much of the harm is let pass. */
final class StopOptions {

  private final OptionSpec brokers =
      Options.option("--brokers", "ID", List.class)
          .auxiliaryTypes(Integer.class)
          .converters(Converters.of(Values::nodeId))
          .splitRegex(",")
          .initialValue(List.of())
          .descriptionKey(HelpPages.NODES)
          .description(
              "Node ids of the brokers and controllers that would stop together, separated by commas; the local"
                  + " node by default.")
          .build();
  private final OptionSpec zone =
      Options.option("--zone", "ZONE", String.class)
          .descriptionKey(HelpPages.NODES)
          .description(
              "All brokers of a zone together: those with the rack ZONE or ZONE/CLUSTER. Adds to --brokers."
                  + " KAFKA_POD_ZONE doesn't set it.")
          .build();
  private final OptionSpec cluster =
      Options.option("--cluster", "CLUSTER", String.class)
          .descriptionKey(HelpPages.NODES)
          .description(
              "All brokers of a Kubernetes cluster together: those with the rack ZONE/CLUSTER. With --zone,"
                  + " only those that are in both. KAFKA_POD_CLUSTER doesn't set it.")
          .build();
  private final OptionSpec allowance =
      Options.option("--allow-unavoidable", "WHICH", Allowance.class)
          .converters(Converters.of(Values::allowance))
          .defaultValue(Allowance.SINGLE.optionName())
          .descriptionKey(HelpPages.NODES)
          .description(
              "Partitions to ignore because every restart makes them unavailable: none, single (the default:"
                  + " those with one replica) or all (also those with no more replicas than their min ISR).")
          .build();

  StopOptions(CommandSpec spec) {
    spec.addOption(brokers).addOption(zone).addOption(cluster).addOption(allowance);
  }

  Selection selection() {
    return new Selection(
        new HashSet<>(brokers.<Collection<Integer>>getValue()),
        Optional.ofNullable(zone.getValue()),
        Optional.ofNullable(cluster.getValue()));
  }

  StopPolicy policy() {
    return new StopPolicy(allowance.getValue());
  }
}
