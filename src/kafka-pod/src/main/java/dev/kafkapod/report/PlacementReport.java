package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.Evenness;
import dev.kafkapod.placement.PartitionSpread;
import dev.kafkapod.placement.PlacementAssessment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code kafka-pod placement check} prints. Its schema, {@code
 * docs/placement-check.schema.json}, is a promise.
 *
 * @param verdict whether all is spread as well as can be
 * @param clusterId of the cluster that has answered; empty if none has
 * @param order the dimensions that count, the weightiest first
 * @param seen how partitions are spread; empty where nobody could tell
 * @param notes what else to know, each in one line
 */
public record PlacementReport(
    Verdict verdict,
    Optional<String> clusterId,
    List<Dimension> order,
    Optional<PlacementAssessment> seen,
    List<String> notes) {

  private static final int EXAMPLES = 10;

  public PlacementReport {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(clusterId);
    order = List.copyOf(order);
    Objects.requireNonNull(seen);
    notes = List.copyOf(notes);
  }

  /** Nobody can tell. */
  public static PlacementReport unknown(String cause, List<Dimension> order) {
    return new PlacementReport(
        new Verdict.CannotTell(List.of(cause)),
        Optional.empty(),
        order,
        Optional.empty(),
        List.of());
  }

  /** {@code well placed: …}, {@code not well placed: …} or {@code cannot tell: …}. */
  public String line() {
    return verdict.line(
        switch (verdict.kind()) {
          case YES -> "well placed";
          case NO -> "not well placed";
          case CANNOT_TELL -> "cannot tell";
        });
  }

  /** The verdict first, then what it rests on. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(line()));
    seen.ifPresent(
        it -> {
          partitions(it, lines);
          it.losses().forEach(loss -> lines.add(SpreadWords.describe(loss)));
        });
    notes.forEach(it -> lines.add("note: " + it));
    return lines;
  }

  private void partitions(PlacementAssessment assessment, List<String> lines) {
    for (Evenness evenness : List.of(Evenness.VIOLATED, Evenness.UNKNOWN, Evenness.LIMITED)) {
      List<PartitionSpread> those = assessment.those(evenness);
      those.stream()
          .limit(EXAMPLES)
          .forEach(it -> lines.add("  " + SpreadWords.describe(it, order)));
      if (those.size() > EXAMPLES) {
        lines.add(
            "  and %d more %s; --output json has all"
                .formatted(those.size() - EXAMPLES, evenness.label()));
      }
    }
  }

  /** Writes the fields of the object that has been begun. */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("question", "placement check");
    json.writeStringField("answer", Reply.answer(verdict));
    json.writeNumberField("exitCode", ExitCode.of(verdict));
    json.writeStringField("line", line());
    Json.strings(json, "reasons", verdict.reasons());
    if (clusterId.isPresent()) {
      json.writeStringField("clusterId", clusterId.get());
    }
    SpreadJson.dimensions(json, order);
    if (seen.isPresent()) {
      SpreadJson.counts(json, seen.get());
      SpreadJson.uneven(json, seen.get().uneven(), order);
      SpreadJson.losses(json, seen.get().losses());
    }
    Json.strings(json, "notes", notes);
  }
}
