package dev.kafkapod.overrides;

import dev.kafkapod.overrides.OverrideSource.FileContent;
import dev.kafkapod.overrides.OverrideText.PropertyLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/** Writes override files at 16:00, short enough to be read in a test. */
final class Writing {

  static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  static final Duration MAX = Duration.ofHours(24);
  static final String OWN = "/run/kafka-pod/override";
  static final String SHARED = "/etc/kafka-pod/override/readiness";

  private Writing() {}

  /** Keys and values by turns. */
  static List<PropertyLine> lines(String... words) {
    List<PropertyLine> lines = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      lines.add(new PropertyLine(words[i], words[i + 1]));
    }
    return lines;
  }

  /** The same, by jane, for two hours. */
  static List<PropertyLine> byJane(String... words) {
    List<PropertyLine> lines = new ArrayList<>(lines(words));
    lines.addAll(
        lines(
            "since", "2026-11-22T16:00:00Z",
            "until", "2026-11-22T18:00:00Z",
            "reason", "INC-4711",
            "by", "jane"));
    return lines;
  }

  static ReadinessOverride override(String... words) {
    OverrideText.Parsed parsed = OverrideText.parse(byJane(words), MAX, "soon");
    return parsed.override().orElseThrow(() -> new AssertionError(parsed.problems()));
  }

  static OverrideSource own(List<PropertyLine> lines) {
    return source(OWN, lines);
  }

  static OverrideSource shared(List<PropertyLine> lines) {
    return source(SHARED, lines);
  }

  /** A file that holds these lines. */
  static OverrideSource source(String place, List<PropertyLine> lines) {
    return new OverrideSource(place, new FileContent.Lines(lines), fingerprint(lines.toString()));
  }

  private static String fingerprint(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  static OverrideSource absent() {
    return new OverrideSource("/nowhere", new FileContent.NoFile(), OverrideIdentity.ABSENT);
  }

  static OverrideSource unreadable(String place) {
    return new OverrideSource(
        place,
        new FileContent.UnreadableFile("is a directory, and must be a file"),
        "!" + fingerprint("a directory"));
  }

  static Overrides.Terms terms(Instant now, int nodeId) {
    return Overrides.Terms.at(now, MAX, () -> OptionalInt.of(nodeId));
  }

  /** Only the pod's own file, at 16:00, for broker 1. */
  static Overrides inForce(String... words) {
    Overrides overrides = Overrides.of(own(byJane(words)), absent(), terms(NOW, 1));
    if (overrides.inForce().isEmpty()) {
      throw new AssertionError(overrides);
    }
    return overrides;
  }
}
