package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.readiness.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells what overrides come to, for people and for programs. */
public final class OverrideReport {

  private OverrideReport() {}

  /** Writes the field override, unless there is no override file at all. */
  static void write(JsonGenerator json, EffectiveVerdict effective) throws IOException {
    Overrides overrides = effective.overrides();
    if (overrides.areSilent()) {
      return;
    }
    json.writeObjectFieldStart("override");
    writeFields(json, effective);
    json.writeEndObject();
  }

  /** Writes the fields of that object: {@code override} in {@code docs/status.schema.json}. */
  public static void writeFields(JsonGenerator json, EffectiveVerdict effective)
      throws IOException {
    Overrides overrides = effective.overrides();
    json.writeBooleanField("inForce", overrides.inForce().isPresent());
    if (overrides.identity().isPresent()) {
      json.writeStringField("identity", overrides.identity().get().text());
    }
    if (overrides.inForce().isPresent()) {
      inForce(json, overrides.inForce().get());
      Json.strings(json, "hides", effective.hides());
      Reply without = new Reply("ready", effective.without());
      json.writeStringField("without", without.line());
      json.writeStringField("withoutSummary", effective.without().summary());
      json.writeNumberField("withoutExitCode", without.exitCode());
    }
    Json.strings(
        json, "warnings", overrides.problems().stream().map(Overrides.Warning::text).toList());
  }

  private static void inForce(JsonGenerator json, InForce inForce) throws IOException {
    ReadinessOverride override = inForce.override();
    json.writeStringField("file", inForce.place());
    json.writeStringField("readiness", override.readiness().optionName());
    Json.strings(json, "ignore", override.ignoredNames());
    Json.numbers(json, "brokers", override.brokers().stream().sorted().toList());
    json.writeStringField("since", override.since().toString());
    json.writeStringField("until", override.until().toString());
    json.writeNumberField("leftMs", inForce.left().toMillis());
    json.writeStringField("reason", override.reason());
    if (override.by().isPresent()) {
      json.writeStringField("by", override.by().get());
    }
  }

  /** Rows for people, the same in {@code status} and {@code override show}. */
  public static List<String> lines(EffectiveVerdict effective) {
    List<String> lines = new ArrayList<>();
    Overrides overrides = effective.overrides();
    if (overrides.inForce().isPresent()) {
      InForce inForce = overrides.inForce().get();
      lines.add(row("override", describe(inForce.override(), Wording.longTime(inForce.left()))));
      lines.add(row("from", inForce.place()));
      lines.add(
          row(
              "hides",
              effective.hides().isEmpty() ? "nothing" : String.join(", ", effective.hides())));
      lines.add(row("without it", new Reply("ready", effective.without()).line()));
    } else {
      lines.add(row("override", "none is in force"));
    }
    overrides.problems().forEach(problem -> lines.add(row("warning", problem.text())));
    return lines;
  }

  private static String row(String subject, String text) {
    return "%-11s %s".formatted(subject, text);
  }

  private static String describe(ReadinessOverride override, String left) {
    return override.readiness().optionName()
        + " until "
        + override.until()
        + " ("
        + left
        + " left)"
        + override.by().map(it -> " by " + it).orElse("")
        + (override.ignoredNames().isEmpty()
            ? ""
            : ", ignores " + String.join(", ", override.ignoredNames()))
        + (override.brokers().isEmpty() ? "" : ", for brokers " + Wording.ids(override.brokers()))
        + ": "
        + override.reason();
  }
}
