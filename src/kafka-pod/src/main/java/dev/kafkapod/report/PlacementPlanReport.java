package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.PartitionMove;
import dev.kafkapod.placement.PlacementAssessment;
import dev.kafkapod.placement.PlacementPlan;
import dev.kafkapod.readiness.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code kafka-pod placement plan} prints. Its schema, {@code
 * docs/placement-plan.schema.json}, is a promise.
 *
 * @param clusterId of the cluster that has answered; empty if there is no plan
 * @param plan empty where nobody can tell
 * @param causes why nobody can tell, each in one line
 * @param order the dimensions that count, the weightiest first
 * @param files that were written
 */
public record PlacementPlanReport(
    Optional<String> clusterId,
    Optional<PlacementPlan> plan,
    List<String> causes,
    List<Dimension> order,
    List<String> files) {

  private static final int EXAMPLES = 50;

  public PlacementPlanReport {
    Objects.requireNonNull(clusterId);
    Objects.requireNonNull(plan);
    causes = List.copyOf(causes);
    order = List.copyOf(order);
    files = List.copyOf(files);
  }

  /** There is a plan. */
  public static PlacementPlanReport of(
      String clusterId, PlacementPlan plan, List<Dimension> order) {
    return new PlacementPlanReport(
        Optional.of(clusterId), Optional.of(plan), List.of(), order, List.of());
  }

  /** Nobody can tell. */
  public static PlacementPlanReport unknown(List<String> causes, List<Dimension> order) {
    return new PlacementPlanReport(Optional.empty(), Optional.empty(), causes, order, List.of());
  }

  /** The same once files have been written. */
  public PlacementPlanReport with(List<String> written) {
    return new PlacementPlanReport(clusterId, plan, causes, order, written);
  }

  /** 0 where there is a plan, were it an empty one; 3 where nobody can tell. */
  public int exitCode() {
    return plan.isPresent() ? ExitCode.YES : ExitCode.CANNOT_TELL;
  }

  /** What the plan comes to, in one line. */
  public String line() {
    if (plan.isEmpty()) {
      return "cannot tell: " + String.join("; ", causes);
    }
    PlacementPlan it = plan.get();
    if (it.moves().isEmpty()) {
      return "nothing to move: %s in place"
          .formatted(
              Wording.count(it.after().partitions(), "partition")
                  + (it.after().partitions() == 1 ? " is" : " are"));
    }
    return "plan: %s of %s to move (%s); at least %d would have to (%s): gap %d"
        .formatted(
            Wording.count(it.replicas(), "replica"),
            Wording.count(it.moves().size(), "partition"),
            bytes(it.bytes(), it.unsized()),
            it.bound(),
            bytes(it.boundBytes(), it.unsized()),
            it.replicas() - it.bound());
  }

  private static String bytes(long bytes, int unsized) {
    return SpreadWords.bytes(bytes)
        + (unsized == 0
            ? ""
            : " and %s of unknown size".formatted(Wording.count(unsized, "partition")));
  }

  /** The plan in one line, then topic by topic, then what is gained. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(line()));
    plan.ifPresent(
        it -> {
          topics(it.moves(), lines);
          if (!it.moves().isEmpty()) {
            gain(it, lines);
          }
          it.explanation().forEach(line -> lines.add("  " + line));
          it.notes().forEach(note -> lines.add("note: " + note));
        });
    files.forEach(it -> lines.add("wrote " + it));
    return lines;
  }

  private static void topics(List<PartitionMove> moves, List<String> lines) {
    NavigableMap<String, List<PartitionMove>> byTopic = new TreeMap<>();
    moves.forEach(
        it -> byTopic.computeIfAbsent(it.partition().topic(), name -> new ArrayList<>()).add(it));
    byTopic.entrySet().stream()
        .limit(EXAMPLES)
        .map(it -> "  " + new TopicMoves(it.getKey(), it.getValue()).line())
        .forEach(lines::add);
    if (byTopic.size() > EXAMPLES) {
      lines.add("  and %d more topics; --output json has all".formatted(byTopic.size() - EXAMPLES));
    }
  }

  private static void gain(PlacementPlan plan, List<String> lines) {
    lines.add("now:   " + SpreadWords.counts(plan.before()));
    plan.before().losses().forEach(it -> lines.add("       " + SpreadWords.describe(it)));
    lines.add("after: " + SpreadWords.counts(plan.after()));
    plan.after().losses().forEach(it -> lines.add("       " + SpreadWords.describe(it)));
    if (plan.leaders() > 0) {
      lines.add(
          "another broker becomes the preferred leader of "
              + Wording.count(plan.leaders(), "partition"));
    }
  }

  /** Writes the fields of the object that has been begun. */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("question", "placement plan");
    json.writeNumberField("exitCode", exitCode());
    json.writeStringField("line", line());
    Json.strings(json, "reasons", causes);
    SpreadJson.dimensions(json, order);
    if (clusterId.isPresent()) {
      json.writeStringField("clusterId", clusterId.get());
    }
    if (plan.isPresent()) {
      plan(json, plan.get());
    }
    Json.strings(json, "files", files);
  }

  private static void plan(JsonGenerator json, PlacementPlan plan) throws IOException {
    json.writeNumberField("replicas", plan.replicas());
    json.writeNumberField("bytes", plan.bytes());
    json.writeNumberField("bound", plan.bound());
    json.writeNumberField("boundBytes", plan.boundBytes());
    json.writeNumberField("gap", plan.replicas() - plan.bound());
    json.writeNumberField("unsized", plan.unsized());
    json.writeNumberField("leaders", plan.leaders());
    json.writeArrayFieldStart("moves");
    for (PartitionMove move : plan.moves()) {
      json.writeStartObject();
      json.writeStringField("topic", move.partition().topic());
      json.writeNumberField("partition", move.partition().partition());
      json.writeStringField("reason", move.reason().optionName());
      Json.numbers(json, "before", move.before());
      Json.numbers(json, "after", move.after());
      if (move.size().isPresent()) {
        json.writeNumberField("bytes", move.bytes());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    assessment(json, "now", plan.before());
    assessment(json, "planned", plan.after());
    Json.strings(json, "explanation", plan.explanation());
    Json.strings(json, "notes", plan.notes());
  }

  private static void assessment(JsonGenerator json, String field, PlacementAssessment it)
      throws IOException {
    json.writeObjectFieldStart(field);
    SpreadJson.counts(json, it);
    SpreadJson.losses(json, it.losses());
    json.writeEndObject();
  }
}
