package dev.kafkapod.storage;

import java.util.List;
import java.util.Optional;

/** Who votes in the controller quorum, as far as the configuration says it. */
public sealed interface Voters {

  /** {@code controller.quorum.voters}: the same list in every configuration. */
  record Static() implements Voters {}

  /**
   * {@code controller.quorum.bootstrap.servers}: the list is kept in the metadata itself.
   *
   * @param initial with whom a new cluster begins; empty where nobody says it
   * @param joinByThemselves whether controllers ask to be added when they start
   */
  record Dynamic(List<InitialController> initial, boolean joinByThemselves) implements Voters {
    public Dynamic {
      initial = List.copyOf(initial);
    }

    Optional<InitialController> initial(int nodeId) {
      return initial.stream().filter(it -> it.id() == nodeId).findFirst();
    }
  }
}
