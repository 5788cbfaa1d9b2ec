package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.storage.Directory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What rules look at: everything that is known of a node's configuration before a file is written.
 *
 * @param settings those of server.properties
 * @param client those of the mounted client.properties
 * @param listeners those that could be read
 * @param unreadableListeners what is wrong with the others
 * @param directories the node's, as they are on its disks
 * @param kafka the Kafka that will read the settings, where it is at hand
 * @param now when certificates must be valid
 */
record RuleInput(
    Request request,
    Settings settings,
    Settings client,
    ProcessRoles roles,
    ListenerSetup listeners,
    List<Problem> unreadableListeners,
    List<Directory> directories,
    Optional<KafkaOpinion> kafka,
    Instant now) {

  RuleInput {
    Objects.requireNonNull(request);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(client);
    Objects.requireNonNull(roles);
    Objects.requireNonNull(listeners);
    unreadableListeners = List.copyOf(unreadableListeners);
    directories = List.copyOf(directories);
    Objects.requireNonNull(kafka);
    Objects.requireNonNull(now);
  }

  Map<String, String> environment() {
    return request.environment();
  }

  PodIdentity pod() {
    return request.pod();
  }

  /** The keys that the Kafka at hand has; none without one. */
  Set<String> knownKeys() {
    return kafka.map(KafkaOpinion::knownKeys).orElse(Set.of());
  }

  /** The node's id; empty if there is none that can be read. */
  OptionalInt nodeId() {
    return settings.nodeId();
  }

  /** Whether it is a node in KRaft mode that has been told its roles. */
  boolean hasRoles() {
    return roles.named();
  }
}
