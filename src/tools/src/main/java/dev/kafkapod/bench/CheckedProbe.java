package dev.kafkapod.bench;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe.Detail;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The probe as an agent holds it, and a check that what it costs bought a right answer. */
final class CheckedProbe implements AutoCloseable {

  /** Longer than an agent would wait: forced collections slow an evaluation down. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final StandInShape shape;
  private final AdminClusterProbe probe;

  CheckedProbe(String bootstrapServers, StandInShape shape) {
    this.shape = shape;
    probe =
        new AdminClusterProbe(
            new ClientSettings(Asked.BROKERS, List.of(bootstrapServers.split(",")), Map.of()),
            TIMEOUT);
  }

  /** One evaluation; not checked yet, so that the check isn't measured. */
  ClusterSnapshot evaluate() {
    try {
      return probe.snapshot(Detail.VERDICT, Deadline.in(TIMEOUT));
    } catch (Unanswered e) {
      throw new IllegalStateException("the stand-in didn't answer: " + e.getMessage(), e);
    }
  }

  /**
   * Compares with what the stand-in has.
   *
   * @throws IllegalStateException if anything is missing or not believed
   */
  void check(ClusterSnapshot snapshot) {
    List<String> problems = new ArrayList<>();
    expect(problems, "topics", shape.topics(), snapshot.topics().size());
    expect(problems, "partitions", shape.partitions(), snapshot.partitionCount());
    expect(problems, "brokers", shape.brokers(), snapshot.nodes().size());
    expect(problems, "partitions not in order", shape.shrunken(), snapshot.partitions().size());
    expect(problems, "min.insync.replicas", shape.shrunkenTopics(), snapshot.minIsr().size());
    if (!(snapshot.controlPlane() instanceof ControlPlane.Quorum)) {
      problems.add("a quorum was expected, not " + snapshot.controlPlane());
    }
    Freshness.staleBecause(snapshot, Answer.unknown("no broker is asked")).ifPresent(problems::add);
    snapshot.minIsrProblem().ifPresent(problems::add);
    snapshot.hiddenTopics().ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "an evaluation of the stand-in went wrong: " + String.join("; ", problems));
    }
  }

  private static void expect(List<String> problems, String what, int expected, int seen) {
    if (seen != expected) {
      problems.add("%s: expected %d, got %d".formatted(what, expected, seen));
    }
  }

  @Override
  public void close() {
    probe.close();
  }
}
