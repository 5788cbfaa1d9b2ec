package dev.kafkapod.stopping;

import dev.kafkapod.readiness.Wording;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stopping some nodes together would do, as far as it was seen.
 *
 * @param brokers the brokers among them, in ascending order
 * @param controllers those that are controllers and no brokers, in ascending order
 * @param partitions how many partitions have a replica there, at least 0
 * @param broken those that couldn't spare it, by name
 * @param uncured those that are broken with or without the stop, by name: what stops there serves
 *     nobody, and its stop changes nothing
 * @param starting the brokers among them that are fenced, but follow the controller, in ascending
 *     order: they are starting
 * @param quorum what would become of the controller quorum, where it would be lost
 * @param undecided why the list may be incomplete, each in one phrase
 */
public record Consequences(
    List<Integer> brokers,
    List<Integer> controllers,
    int partitions,
    List<BrokenPartition> broken,
    List<BrokenPartition> uncured,
    List<Integer> starting,
    Optional<QuorumLoss> quorum,
    List<String> undecided) {

  public Consequences {
    Objects.requireNonNull(quorum);
    brokers = brokers.stream().sorted().toList();
    controllers = controllers.stream().sorted().toList();
    broken = broken.stream().sorted().toList();
    uncured = uncured.stream().sorted().toList();
    starting = starting.stream().sorted().toList();
    undecided = List.copyOf(undecided);
  }

  /** For people: {@code broker 3}, or {@code brokers 3, 4 and controller 101}. */
  public String who() {
    return String.join(
        " and ",
        Stream.of(name("broker", brokers), name("controller", controllers))
            .filter(it -> !it.isEmpty())
            .toList());
  }

  private static String name(String role, Collection<Integer> ids) {
    return switch (ids.size()) {
      case 0 -> "";
      case 1 -> role + " " + Wording.ids(ids);
      default -> role + "s " + Wording.ids(ids);
    };
  }
}
