package dev.kafkapod.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a verdict file; unless a test says otherwise it holds, and says yes to everything.
 */
record VerdictText(List<String> lines) {

  VerdictText {
    lines = List.copyOf(lines);
  }

  static VerdictText aVerdict() {
    return aVerdictOf(Sighting.ofThisProcess());
  }

  static VerdictText aVerdictOf(Sighting process) {
    return new VerdictText(
        List.of(
            "kafka-pod-verdict 2",
            "boot " + Sighting.bootId(),
            "process " + process.pid() + " " + process.ticks(),
            "node 3",
            "expires " + (Sighting.uptime() + 50),
            "http off",
            "overrides none - - /nonexistent/override",
            "ready 0 ready: at-min-ISR 0, under-replicated 0",
            "live 0 live: broker 3 RUNNING",
            "started 0 started: broker 3 RUNNING",
            "end"));
  }

  /** With this instead of the line that begins with the same word. */
  VerdictText with(String line) {
    String word = line.substring(0, line.indexOf(' ') + 1);
    List<String> changed = new ArrayList<>(lines);
    changed.replaceAll(old -> old.startsWith(word) ? line : old);
    return new VerdictText(changed);
  }

  /** Relative to now, in seconds. */
  VerdictText expiring(long seconds) {
    return with("expires " + (Sighting.uptime() + seconds));
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }
}
