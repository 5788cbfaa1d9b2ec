package dev.kafkapod.cli;

import dev.kafkapod.rendering.PodIdentity;
import dev.kafkapod.rendering.PodInfo;
import dev.kafkapod.settings.Values;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who this pod is. */
final class PodOptions {

  private final Map<String, String> environment;
  private final OptionSpec info =
      Options.option("--pod-info", "DIRECTORY", Path.class)
          .converters(Converters.of(Values::path))
          .defaultValue("/etc/podinfo")
          .descriptionKey(HelpPages.POD)
          .description(
              "Directory of a downward API volume with the files name, namespace, ip, service, zone, cluster,"
                  + " rack or labels. A file counts if neither an option nor a variable sets its value. /etc/podinfo"
                  + " by default.")
          .build();
  private final OptionSpec name =
      text(
          "--pod-name",
          "NAME",
          "The pod's name, also POD_NAME or HOSTNAME; the number at its end is the ordinal.");
  private final OptionSpec namespace =
      text("--pod-namespace", "NAME", "The pod's namespace, also POD_NAMESPACE.");
  private final OptionSpec ip = text("--pod-ip", "ADDRESS", "The pod's IP address, also POD_IP.");
  private final OptionSpec service =
      text("--service", "NAME", "The headless Service that gives the pod its DNS name.");
  private final OptionSpec zone = text("--zone", "NAME", "The availability zone.");
  private final OptionSpec cluster = text("--cluster", "NAME", "The Kubernetes cluster's name.");
  private final OptionSpec rack =
      text(
          "--rack",
          "NAME",
          "The rack; by default the zone, in the stretch templates ZONE/CLUSTER.");
  private final OptionSpec base =
      Options.option("--node-id-base", "N", Integer.class)
          .converters(Converters.of(Values::nodeId))
          .defaultValue("0")
          .descriptionKey(HelpPages.POD)
          .description(
              "Added to the ordinal to make the node id, so that node ids differ between Kubernetes clusters"
                  + " and virtual machines; 0 by default.")
          .build();

  private final OptionSpec hosts =
      Options.option("--hosts-file", "FILE", Path.class)
          .converters(Converters.of(Values::path))
          .defaultValue("/etc/hosts")
          .descriptionKey(HelpPages.POD)
          .description(
              "The pod's hosts file, into which the kubelet writes the pod's name in DNS. kafka-pod checks"
                  + " other names by it. /etc/hosts by default.")
          .build();

  PodOptions(CommandSpec spec, Map<String, String> environment) {
    this.environment = environment;
    spec.addOption(name)
        .addOption(namespace)
        .addOption(ip)
        .addOption(service)
        .addOption(zone)
        .addOption(cluster)
        .addOption(rack)
        .addOption(base)
        .addOption(info)
        .addOption(hosts);
  }

  private static OptionSpec text(String name, String label, String description) {
    return Options.option(name, label, String.class)
        .descriptionKey(HelpPages.POD)
        .description(description)
        .build();
  }

  PodInfo info() {
    return new PodInfo(environment, info.getValue());
  }

  Path hosts() {
    return hosts.getValue();
  }

  PodIdentity identity() {
    PodInfo known = info();
    return new PodIdentity(
        given(name).or(known::name),
        given(namespace).or(known::namespace),
        given(ip).or(known::ip),
        given(service).or(() -> known.file("service")),
        given(zone).or(known::zone),
        given(cluster).or(() -> known.file("cluster")),
        given(rack).or(() -> known.file("rack")),
        base.<Integer>getValue());
  }

  private static Optional<String> given(OptionSpec option) {
    return Optional.ofNullable(option.<String>getValue())
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }
}
