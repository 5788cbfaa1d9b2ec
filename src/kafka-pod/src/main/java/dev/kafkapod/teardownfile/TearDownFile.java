package dev.kafkapod.teardownfile;

import dev.kafkapod.overridefile.OverrideFile;
import dev.kafkapod.overrides.OverrideSource.FileContent;
import dev.kafkapod.overrides.OverrideText.PropertyLine;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.verdictfile.Proc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the file says. It is in Java properties, as override files are. It ends by two clocks, of
 * which the earlier counts: the wall clock, and the time since boot, which no one sets back.
 *
 * @param clusterId the Kafka cluster that is torn down: the file says nothing of any other
 * @param by who has said so
 * @param since when, by that machine's clock
 * @param until when it is over, by this machine's clock
 * @param boot the id of the boot in which it was written
 * @param expires the second since then from which on it is over
 */
public record TearDownFile(
    String clusterId,
    String by,
    String reason,
    Instant since,
    Instant until,
    String boot,
    long expires) {

  /** The file's name in the run directory. */
  public static final String NAME = "tear-down";

  private static final List<String> KEYS =
      List.of("cluster-id", "by", "reason", "since", "until", "boot", "expires");

  public TearDownFile {
    Objects.requireNonNull(clusterId);
    Objects.requireNonNull(by);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(boot);
  }

  /**
   * Reads the file of a run directory. One that is over, damaged or of another boot counts for
   * nothing, and so does one that claims to hold for longer than any tear-down does.
   *
   * @param now this machine's clock
   */
  public static Optional<TearDownFile> read(Path runDirectory, Instant now) {
    try {
      return read(runDirectory, now, Proc.bootId(), Proc.uptime());
    } catch (IOException e) {
      return Optional.empty(); // without the time since boot nobody knows whether it is over
    }
  }

  static Optional<TearDownFile> read(
      Path runDirectory, Instant now, String boot, Duration sinceBoot) {
    return OverrideFile.read(runDirectory.resolve(NAME)).content() instanceof FileContent.Lines file
        ? parse(file.lines()).filter(it -> it.holds(now, boot, sinceBoot))
        : Optional.empty();
  }

  private boolean holds(Instant now, String runningBoot, Duration sinceBoot) {
    Duration byBoot = Duration.ofSeconds(expires).minus(sinceBoot);
    return boot.equals(runningBoot) && isLeft(Duration.between(now, until)) && isLeft(byBoot);
  }

  private static boolean isLeft(Duration left) {
    return left.compareTo(Duration.ZERO) > 0
        && left.compareTo(TurnEntry.TearDown.LONGEST.plusSeconds(1)) <= 0;
  }

  private static Optional<TearDownFile> parse(List<PropertyLine> lines) {
    Map<String, String> values = new TreeMap<>();
    lines.forEach(it -> values.put(it.key(), it.value().strip()));
    boolean whole =
        lines.size() == KEYS.size()
            && values.keySet().containsAll(KEYS)
            && values.values().stream().noneMatch(String::isEmpty);
    if (!whole) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TearDownFile(
              values.get("cluster-id"),
              values.get("by"),
              values.get("reason"),
              Instant.parse(values.get("since")),
              Instant.parse(values.get("until")),
              values.get("boot"),
              Integer.parseInt(values.get("expires"))));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The file's text. */
  String format() {
    StringBuilder text = new StringBuilder("# written by the agent; see kafka-pod turns --help\n");
    line(text, "cluster-id", clusterId);
    line(text, "by", by);
    line(text, "reason", reason);
    line(text, "since", since.toString());
    line(text, "until", until.toString());
    line(text, "boot", boot);
    line(text, "expires", String.valueOf(expires));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    String line = value.replaceAll("\\p{Cc}", " ").replaceAll("\\p{Cs}", "?").strip();
    text.append(key)
        .append(" = ")
        .append(line.isEmpty() ? "?" : line.replace("\\", "\\\\"))
        .append('\n');
  }
}
