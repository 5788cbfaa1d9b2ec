package dev.kafkapod.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Rolls pods as Kubernetes' StatefulSet controller does with {@code RollingUpdate} and {@code
 * podManagementPolicy: Parallel}: from the highest ordinal down, one at a time, and not before
 * every pod that has been updated already is ready. Whether a pod that is still to be updated is
 * ready doesn't matter to it; neither does any other StatefulSet.
 */
final class StatefulSet {

  private static final long SYNC_MS = 200;

  /** A pod by its ordinal. */
  interface Pod {
    /** Deletes it, waits for its end, and creates it anew. */
    void recreate();

    /** What its readiness probe has said last. */
    boolean isReady();
  }

  private final List<? extends Pod> pods;
  private final Set<Integer> updated = new HashSet<>();

  /**
   * A set of pods.
   *
   * @param pods by their ordinals, from 0
   */
  StatefulSet(List<? extends Pod> pods) {
    this.pods = List.copyOf(pods);
  }

  /**
   * Rolls until all pods are updated and ready.
   *
   * @param goOn asked again and again; with false the rollout is given up
   * @return whether it has come to its end
   */
  boolean roll(BooleanSupplier goOn) throws InterruptedException {
    while (goOn.getAsBoolean()) {
      if (sync()) {
        return true;
      }
      Thread.sleep(SYNC_MS);
    }
    return false;
  }

  /** One round of the controller: the first thing that is to be done, or to be waited for. */
  boolean sync() {
    for (int ordinal = pods.size() - 1; ordinal >= 0; ordinal--) {
      Pod pod = pods.get(ordinal);
      if (updated.add(ordinal)) {
        pod.recreate();
        return false;
      }
      if (!pod.isReady()) {
        return false;
      }
    }
    return true;
  }
}
