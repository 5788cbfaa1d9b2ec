package dev.kafkapod.turns;

import dev.kafkapod.common.ProcessIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which requests of a node are of processes that have ended, by what the node's new process sees. A
 * request of its own is never among them: somebody may rest a stop on it.
 *
 * @param withoutProcess the records that name no process and stood before this process began
 */
public record Predecessors(Set<RecordKey> withoutProcess) {

  public Predecessors {
    withoutProcess = Set.copyOf(withoutProcess);
  }

  /** One record of a request. A waiting that goes on writes others. */
  public record RecordKey(int node, String request, long sequence) {
    static RecordKey of(StandingRequest standing) {
      TurnRequest request = standing.request();
      return new RecordKey(request.node(), request.id(), request.sequence());
    }
  }

  /**
   * What a process sees when it first looks.
   *
   * @param processAge how long ago this process began
   */
  public static Predecessors firstSeen(TurnQueue queue, QueueClock clock, Duration processAge) {
    return new Predecessors(
        queue.requests().stream()
            .filter(it -> it.request().process().isEmpty())
            .filter(it -> clock.age(it).compareTo(processAge) > 0)
            .map(RecordKey::of)
            .collect(Collectors.toSet()));
  }

  /**
   * The requests to release, now that the new process does what the old one did. Whether they are
   * over counts for nothing: by another machine's clock they may stand.
   *
   * @param node the node's id
   * @param self its new process
   */
  public List<StandingRequest> toRelease(TurnQueue queue, int node, ProcessIdentity self) {
    return queue.requests().stream()
        .filter(it -> it.request().node() == node)
        .filter(
            it ->
                it.request()
                    .process()
                    .map(process -> isBefore(process, self))
                    .orElseGet(() -> withoutProcess.contains(RecordKey.of(it))))
        .toList();
  }

  /**
   * Of the same boot, the one that began earlier. The same start by another process id is the same
   * process, seen from outside of its container.
   */
  private static boolean isBefore(ProcessIdentity process, ProcessIdentity self) {
    return !process.boot().equals(self.boot()) || process.startTicks() < self.startTicks();
  }
}
