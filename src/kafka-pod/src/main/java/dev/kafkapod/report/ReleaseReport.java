package dev.kafkapod.report;

import dev.kafkapod.common.Answer;
import dev.kafkapod.turns.NodeTurns;
import dev.kafkapod.turns.StandingTurns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code kafka-pod turns release} has done.
 *
 * @param topic the topic's name
 * @param released what stood of the node
 */
public record ReleaseReport(String topic, NodeTurns released) {

  public ReleaseReport {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(released);
  }

  /** 0 where something was released, 1 where there was nothing. */
  public int exitCode() {
    return released.isEmpty() ? ExitCode.NO : ExitCode.YES;
  }

  /** Lines for people. */
  public List<String> lines() {
    int node = released.node();
    if (released.isEmpty()) {
      return List.of(
          "nothing to release: node %d has no request in topic %s; kafka-pod turns lists who has"
              .formatted(node, topic));
    }
    StandingTurns standing = released.standing();
    List<String> lines = new ArrayList<>();
    new TurnsReport(Answer.known(standing), Optional.empty(), List.of())
        .lines()
        .forEach(it -> lines.add("released: " + it));
    if (released.mayStop()) {
      lines.add(
          "warning: node %1$d may still stop, and from now on no other stop reckons with that; look whether it runs before you let another one go"
              .formatted(node));
    } else {
      lines.add("note: if its await-safe-stop still runs, it asks again, at the end of the line");
    }
    return lines;
  }
}
