package dev.kafkapod.rendering;

import java.util.List;
import java.util.stream.Stream;

/** Everything that must hold of a configuration, in the order in which it is reported. */
final class RenderRules {

  static final List<RenderRule> ALL =
      Stream.of(
              EscapedReading.RULES,
              OtherImages.RULES,
              KafkaVariables.RULES,
              RoleRules.RULES,
              ListenerRules.RULES,
              MeshPorts.RULES,
              RoleConflicts.RULES,
              ReplicationRules.RULES,
              PodNameRules.RULES,
              LogDirRules.RULES,
              ClusterIdRules.RULES,
              SecurityRules.RULES,
              ProviderRules.RULES,
              ServerLoginRules.RULES,
              TlsRules.RULES,
              PluginRules.RULES,
              KafkaRules.RULES,
              LogConfig.RULES,
              TlsRules.OF_CLIENT,
              UnknownVariables.RULES,
              ProviderRules.OF_CLIENT)
          .flatMap(List::stream)
          .toList();

  private RenderRules() {}
}
