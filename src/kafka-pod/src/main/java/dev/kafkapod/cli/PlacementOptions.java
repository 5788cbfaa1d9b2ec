package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.inquiry.PlacementInquiry;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.settings.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the subcommands of {@code kafka-pod placement} have in common. */
final class PlacementOptions {

  /** Beyond the answers: to judge 100,000 partitions takes a second, to plan them a few. */
  private static final Duration TO_THINK = Duration.ofMinutes(1);

  private final OptionSpec topics =
      Options.option("--topics", "REGEX", Pattern.class)
          .converters(Converters.of(Values::regex))
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("Only topics whose whole name matches; by default all, internal ones too.")
          .build();
  private final OptionSpec dimensions =
      Options.option("--dimensions", "LIST", String.class)
          .converters(Converters.of(PlacementOptions::checked))
          .defaultValue("zone,cluster")
          .descriptionKey(HelpPages.PLACEMENT)
          .description(
              "What replicas are spread over: zone,cluster (the default), cluster,zone, zone or cluster. Where"
                  + " both can't be even, the first counts.")
          .build();
  private final BrokerOptions broker;
  private final ClusterOptions cluster;
  private final TimeoutOption time;

  PlacementOptions(CommandSpec spec) {
    spec.addOption(topics).addOption(dimensions);
    broker = new BrokerOptions(spec);
    cluster = new ClusterOptions(spec);
    time = new TimeoutOption(spec);
  }

  /** Which topics are meant, if that is said. */
  Optional<Pattern> topics() {
    return Optional.ofNullable(topics.getValue());
  }

  OptionSpec topicsOption() {
    return topics;
  }

  /** The dimensions that count, the weightiest first. */
  List<Dimension> order() {
    return Values.dimensions(dimensions.getValue());
  }

  /** As a text: picocli would take a list apart. */
  private static String checked(String value) {
    Values.dimensions(value);
    return value;
  }

  /** Begins the command's time. */
  Deadline begin() {
    return time.begin(TO_THINK);
  }

  /** Asks the cluster that the options name. */
  PlacementInquiry inquiry() {
    return new PlacementInquiry(
        () -> cluster.access(broker::commandLine).clientSettings(), time.timeout());
  }
}
