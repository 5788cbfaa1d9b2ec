package dev.kafkapod.e2e.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of what the load prints, which is how the one that watches it outside of the pod gets to
 * know. Times are milliseconds since the epoch.
 */
public sealed interface LoadLine {

  Pattern TEXT = Pattern.compile("(look|sends|trouble|result) (\\d{1,18}) (.*)");

  /** When. */
  long at();

  /** The line itself. */
  String text();

  /**
   * The partitions' numbers have changed.
   *
   * @param underReplicated how many lack a replica in their ISR
   * @param atMinIsr how many have just their min ISR
   * @param underMinIsr how many have fewer
   * @param offline how many have no leader
   */
  record Look(long at, int underReplicated, int atMinIsr, int underMinIsr, int offline)
      implements LoadLine {
    @Override
    public String text() {
      return "look %d %d %d %d %d".formatted(at, underReplicated, atMinIsr, underMinIsr, offline);
    }

    /** For people. */
    public String describe() {
      return "partitions: under-replicated %d, at-min-ISR %d, under-min-ISR %d, offline %d"
          .formatted(underReplicated, atMinIsr, underMinIsr, offline);
    }
  }

  /**
   * All messages so far.
   *
   * @param acknowledged by all replicas in sync
   * @param failed given up
   * @param read by the consumer
   */
  record Sends(long at, long acknowledged, long failed, long read) implements LoadLine {
    @Override
    public String text() {
      return "sends %d %d %d %d".formatted(at, acknowledged, failed, read);
    }
  }

  /** A message was given up, or something else went wrong, and this is why. */
  record Trouble(long at, String why) implements LoadLine {
    @Override
    public String text() {
      return "trouble %d %s".formatted(at, why.replaceAll("\\s+", " "));
    }
  }

  /**
   * It is over.
   *
   * @param lost acknowledged, and not to be read
   * @param duplicates read more than once
   * @param looks how often it looked at the partitions
   * @param longestGapMillis the longest time in which it couldn't
   */
  record Result(
      long at,
      long acknowledged,
      long failed,
      long lost,
      long duplicates,
      long looks,
      long longestGapMillis)
      implements LoadLine {
    @Override
    public String text() {
      return "result %d %d %d %d %d %d %d"
          .formatted(at, acknowledged, failed, lost, duplicates, looks, longestGapMillis);
    }
  }

  /** What a line says; empty if it is somebody else's, such as a warning of Kafka's client. */
  static Optional<LoadLine> parse(String line) {
    Matcher matcher = TEXT.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long at = Long.parseLong(matcher.group(2));
    if (matcher.group(1).equals("trouble")) {
      return Optional.of(new Trouble(at, matcher.group(3)));
    }
    if (!matcher.group(3).matches("\\d{1,9}( \\d{1,9})*")) {
      return Optional.empty();
    }
    String[] fields = matcher.group(3).split(" ", -1);
    long[] n = new long[fields.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = Long.parseLong(fields[i]);
    }
    return switch (matcher.group(1)) {
      case "look" ->
          n.length == 4
              ? Optional.of(new Look(at, (int) n[0], (int) n[1], (int) n[2], (int) n[3]))
              : Optional.empty();
      case "sends" ->
          n.length == 3 ? Optional.of(new Sends(at, n[0], n[1], n[2])) : Optional.empty();
      default ->
          n.length == 6
              ? Optional.of(new Result(at, n[0], n[1], n[2], n[3], n[4], n[5]))
              : Optional.empty();
    };
  }
}
