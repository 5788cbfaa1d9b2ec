package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.rendering.Origin.Layer;
import dev.kafkapod.settings.SettingValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a broker binds where only KAFKA_ADVERTISED_LISTENERS says where it is reached: the same
 * ports on all addresses, as in the apache/kafka image (docker/resources/common-scripts/configure
 * in Kafka's source). An advertised localhost is a port that a container publishes, and is bound
 * where unconfigured containers bind theirs.
 */
final class DerivedListeners {

  private static final String ALL = "0.0.0.0";

  private DerivedListeners() {}

  /** The setting to add; empty where listeners are written, or can't follow from what is. */
  static Optional<Setting> of(Settings settings, ProcessRoles roles, BindAddress bind) {
    Optional<Setting> advertised =
        settings
            .get("advertised.listeners")
            .filter(it -> it.origin().layer() == Layer.ENVIRONMENT && !it.text().isBlank());
    if (advertised.isEmpty()
        || roles.controller()
        || settings.value("listeners").isPresent()
        || settings.isBroken("listeners")) {
      return Optional.empty();
    }
    Setting from = advertised.get();
    List<Listener> listeners = ListenerReading.of(from, new Problems());
    if (listeners.isEmpty() || listeners.size() != KafkaList.of(from.text()).size()) {
      return Optional.empty(); // reported where advertised addresses are
    }
    String text =
        listeners.stream()
            .map(
                it ->
                    "%s://%s:%d"
                        .formatted(it.name(), it.isThisMachine() ? bind.host() : ALL, it.port()))
            .collect(Collectors.joining(","));
    return Optional.of(
        Setting.written(
            "listeners", new SettingValue(text, from.value().isSecret()), from.origin()));
  }
}
