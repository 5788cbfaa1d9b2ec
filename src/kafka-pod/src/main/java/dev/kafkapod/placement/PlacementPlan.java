package dev.kafkapod.placement;

import java.util.List;
import java.util.Objects;

/**
 * The moves that spread partitions as well as their brokers allow.
 *
 * @param moves by name; none if everything is in its place
 * @param bound how few replicas have to move at the least, whatever plan is made
 * @param boundBytes how few bytes, as far as sizes are known
 * @param unsized how many of the partitions that move are of unknown size
 * @param before how the partitions are spread that were to be placed
 * @param after how they will be
 * @param explanation of one partition, where somebody has asked for it
 * @param notes what else to know, each in one line
 */
public record PlacementPlan(
    List<PartitionMove> moves,
    long bound,
    long boundBytes,
    int unsized,
    PlacementAssessment before,
    PlacementAssessment after,
    List<String> explanation,
    List<String> notes) {

  public PlacementPlan {
    moves = moves.stream().sorted().toList();
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
    explanation = List.copyOf(explanation);
    notes = List.copyOf(notes);
  }

  /** How many replicas move: are copied to another broker. */
  public long replicas() {
    return moves.stream().mapToLong(it -> it.adding().size()).sum();
  }

  /** How many bytes are copied, as far as sizes are known. */
  public long bytes() {
    return moves.stream().mapToLong(PartitionMove::bytes).sum();
  }

  /** How many partitions get another preferred leader. */
  public long leaders() {
    return moves.stream().filter(PartitionMove::changesLeader).count();
  }
}
