package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.stopping.BrokenPartition;
import dev.kafkapod.stopping.Consequences;
import dev.kafkapod.stopping.QuorumLoss;
import dev.kafkapod.stopping.StopAssessment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether nodes may stop, for people and for programs. Its schema, {@code
 * docs/can-stop.schema.json}, is a promise.
 *
 * @param question the command
 * @param verdict on all of it
 * @param stops what was judged: one stop, or the stop of each node alone; empty where nobody could
 *     tell
 * @param each whether nodes were judged each alone
 * @param notes what the verdict leaves out, each in one phrase
 * @param turns who waits for a turn to stop, and who goes; empty if nobody has asked
 */
public record StopReport(
    String question,
    Verdict verdict,
    List<StopAssessment> stops,
    boolean each,
    List<String> notes,
    Optional<TurnsReport> turns) {

  private static final int EXAMPLES = 10;

  public StopReport {
    Objects.requireNonNull(question);
    Objects.requireNonNull(verdict);
    stops = List.copyOf(stops);
    notes = List.copyOf(notes);
    Objects.requireNonNull(turns);
  }

  /** A report without turns. */
  public StopReport(
      String question,
      Verdict verdict,
      List<StopAssessment> stops,
      boolean each,
      List<String> notes) {
    this(question, verdict, stops, each, notes, Optional.empty());
  }

  /** Nobody can tell. */
  public static StopReport unknown(String question, Verdict.CannotTell verdict) {
    return new StopReport(question, verdict, List.of(), false, List.of());
  }

  /** One stop, of one node or of several together. */
  public static StopReport together(String question, StopAssessment stop, List<String> notes) {
    return new StopReport(question, stop.verdict(), List.of(stop), false, notes);
  }

  /** Each node's stop by itself: a no to any is a no to all, and so is an unknown. */
  public static StopReport each(String question, List<StopAssessment> stops, List<String> notes) {
    List<String> no = new ArrayList<>();
    List<String> causes = new ArrayList<>();
    List<String> yes = new ArrayList<>();
    for (StopAssessment stop : stops) {
      switch (stop.verdict().kind()) {
        case YES -> yes.add(who(stop));
        case NO -> no.add("not " + who(stop));
        case CANNOT_TELL -> causes.addAll(stop.verdict().reasons());
      }
    }
    Verdict verdict =
        !no.isEmpty()
            ? new Verdict.No(no)
            : causes.isEmpty()
                ? new Verdict.Yes(String.join(", ", yes))
                : new Verdict.CannotTell(causes.stream().distinct().toList());
    return new StopReport(question, verdict, stops, true, notes);
  }

  /** How long after a node's death the answers that this rests on may still be as if it lived. */
  public Duration toNotice() {
    return stops.stream()
        .map(StopAssessment::toNotice)
        .max(Comparator.naturalOrder())
        .orElse(ClusterTimeouts.DEFAULT.toNoticeByQuorum());
  }

  /** The same with another verdict, for a reason that lies elsewhere than in the cluster. */
  public StopReport with(Verdict other) {
    return new StopReport(question, other, stops, each, notes, turns);
  }

  /** The same with the queue of those who would stop. */
  public StopReport with(TurnsReport queue) {
    return new StopReport(question, verdict, stops, each, notes, Optional.of(queue));
  }

  /** The same with one more note. */
  public StopReport noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new StopReport(question, verdict, stops, each, more, turns);
  }

  /** {@code can stop broker 3: …}, {@code cannot stop broker 3: …} or {@code cannot tell: …}. */
  public String line() {
    if (verdict.isUnknown()) {
      return verdict.line("cannot tell");
    }
    String word = verdict.isYes() ? "can stop" : "cannot stop";
    if (each) {
      word += " each of these alone";
    } else if (!stops.isEmpty() && stops.get(0).consequences().isPresent()) {
      word += " " + who(stops.get(0));
    }
    return verdict.line(word);
  }

  private static String who(StopAssessment stop) {
    return stop.consequences().map(Consequences::who).orElse("unknown");
  }

  /** The verdict first, then what it rests on. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(line()));
    if (each) {
      table(lines);
    } else {
      stops.stream()
          .flatMap(stop -> stop.consequences().stream())
          .forEach(
              it -> {
                partitions(it.broken(), BrokenPartition::describe, lines);
                partitions(it.uncured(), BrokenPartition::describeUnchanged, lines);
              });
    }
    notes.forEach(note -> lines.add("note: " + note));
    turns.ifPresent(queue -> queue.lines().forEach(it -> lines.add("turns: " + it)));
    return lines;
  }

  private void table(List<String> lines) {
    int width = stops.stream().mapToInt(stop -> who(stop).length()).max().orElse(0);
    for (StopAssessment stop : stops) {
      lines.add(
          "  %s  %-7s  %s"
              .formatted(
                  padded(who(stop), width),
                  Reply.answer(stop.verdict()),
                  stop.verdict().summary()));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static void partitions(
      List<BrokenPartition> broken,
      Function<BrokenPartition, String> description,
      List<String> lines) {
    broken.stream().limit(EXAMPLES).forEach(it -> lines.add("  " + description.apply(it)));
    if (broken.size() > EXAMPLES) {
      lines.add("  and %d more; --output json has all".formatted(broken.size() - EXAMPLES));
    }
  }

  /** Writes the fields of the object that has been begun. */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("question", question);
    answer(json, verdict);
    json.writeNumberField("exitCode", ExitCode.of(verdict));
    json.writeStringField("line", line());
    json.writeArrayFieldStart("stops");
    for (StopAssessment stop : stops) {
      json.writeStartObject();
      answer(json, stop.verdict());
      Optional<Consequences> consequences = stop.consequences();
      if (consequences.isPresent()) {
        consequences(json, consequences.get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    Json.strings(json, "notes", notes);
    if (turns.isPresent()) {
      json.writeObjectFieldStart("turns");
      turns.get().writeFields(json);
      json.writeEndObject();
    }
  }

  private static void answer(JsonGenerator json, Verdict verdict) throws IOException {
    json.writeStringField("answer", Reply.answer(verdict));
    Json.strings(json, "reasons", verdict.reasons());
  }

  private static void consequences(JsonGenerator json, Consequences it) throws IOException {
    Json.numbers(json, "brokers", it.brokers());
    Json.numbers(json, "controllers", it.controllers());
    json.writeNumberField("partitions", it.partitions());
    partitions(json, "broken", it.broken());
    partitions(json, "uncured", it.uncured());
    Json.numbers(json, "starting", it.starting());
    if (it.quorum().isPresent()) {
      quorum(json, it.quorum().get());
    }
  }

  private static void partitions(JsonGenerator json, String field, List<BrokenPartition> partitions)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (BrokenPartition broken : partitions) {
      json.writeStartObject();
      json.writeStringField("partition", broken.partition().name());
      json.writeStringField("harm", broken.harm().label());
      if (broken.minIsr().isPresent()) {
        json.writeNumberField("minIsr", broken.minIsr().getAsInt());
      }
      Json.numbers(json, "remaining", broken.remaining());
      Json.numbers(json, "missing", broken.missing());
      json.writeBooleanField("onCompletion", broken.onCompletion());
      json.writeBooleanField("unavoidable", broken.unavoidable());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void quorum(JsonGenerator json, QuorumLoss loss) throws IOException {
    json.writeObjectFieldStart("quorum");
    json.writeNumberField("voters", loss.voters());
    json.writeNumberField("needed", QuorumLoss.majority(loss.voters()));
    Json.numbers(json, "sound", loss.sound());
    Json.numbers(json, "lagging", loss.lagging());
    Json.numbers(json, "replaced", loss.replaced());
    json.writeEndObject();
  }
}
