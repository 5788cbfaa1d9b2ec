package dev.kafkapod.verdictfile;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.report.Reply;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a verdict file says.
 *
 * @param process whom it speaks of
 * @param node its node id; empty while it isn't known
 * @param expires the second since boot from which on it no longer holds
 * @param http {@code host:port} where the same process answers over HTTP; empty if it doesn't
 * @param overrides the override files under which {@code ready} was made
 */
public record VerdictFile(
    ProcessIdentity process,
    OptionalInt node,
    long expires,
    Optional<String> http,
    OverridesLine overrides,
    VerdictLine ready,
    VerdictLine live,
    VerdictLine started) {

  /** The file's name in the run directory. */
  public static final String NAME = "verdict";

  /** How far ahead a reader lets a file expire, in seconds. */
  public static final long LONGEST = 60;

  private static final String HEADER = "kafka-pod-verdict 2";
  private static final int LONGEST_LINE = 4000;
  private static final int LONGEST_TEXT = 3900;
  private static final String CUT = "…";
  private static final int LINES = 11;
  private static final String NUMBER = "(0|[1-9]\\d{0,17})";
  private static final Pattern BOOT = Pattern.compile("boot ([0-9a-f-]{1,64})");
  private static final Pattern PROCESS = Pattern.compile("process " + NUMBER + " " + NUMBER);
  private static final Pattern NODE = Pattern.compile("node (unknown|0|[1-9]\\d{0,9})");
  private static final Pattern EXPIRES = Pattern.compile("expires " + NUMBER);
  private static final Pattern HTTP =
      Pattern.compile("http (off|([\\w.-]+|\\[[0-9a-fA-F:.%]+]):([1-9]\\d{0,4}))");
  private static final int HIGHEST_PORT = 65535;

  public VerdictFile {
    Objects.requireNonNull(process);
    Objects.requireNonNull(node);
    Objects.requireNonNull(http);
    Objects.requireNonNull(overrides);
    Objects.requireNonNull(ready);
    Objects.requireNonNull(live);
    Objects.requireNonNull(started);
  }

  /**
   * One answer.
   *
   * @param code 0 yes, 1 no, 3 cannot tell
   * @param text the line to print, not empty; control characters become spaces, and a very long
   *     text is cut
   */
  public record VerdictLine(int code, String text) {
    public VerdictLine {
      if (code != 0 && code != 1 && code != 3) {
        throw new IllegalArgumentException("an answer's code must be 0, 1 or 3, got " + code);
      }
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an answer needs a text");
      }
      text = printable(text);
    }

    /** A reply as the file holds it. */
    public static VerdictLine of(Reply reply) {
      return new VerdictLine(reply.exitCode(), reply.line());
    }

    /** The same as an answer to a question. */
    public Reply as(String question) {
      return Reply.told(question, code, text);
    }

    private static String printable(String text) {
      // half a surrogate pair is no character, and can't be written
      String clean = text.replaceAll("\\p{Cc}", " ").replaceAll("\\p{Cs}", "?");
      return fitting(clean, LONGEST_TEXT) == clean.length()
          ? clean
          : clean.substring(0, fitting(clean, LONGEST_TEXT - bytes(CUT))) + CUT;
    }

    /** How many of the text's chars go into so many bytes. */
    private static int fitting(String text, int bytes) {
      CharBuffer chars = CharBuffer.wrap(text);
      StandardCharsets.UTF_8.newEncoder().encode(chars, ByteBuffer.allocate(bytes), true);
      return chars.position();
    }
  }

  /** The file's whole text. */
  public String format() {
    return String.join(
            "\n",
            HEADER,
            "boot " + process.boot(),
            "process " + process.pid() + " " + process.startTicks(),
            "node " + (node.isPresent() ? node.getAsInt() : "unknown"),
            "expires " + expires,
            "http " + http.orElse("off"),
            overrides.format(),
            line("ready", ready),
            line("live", live),
            line("started", started),
            "end")
        + "\n";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String line(String question, VerdictLine line) {
    return question + " " + line.code() + " " + line.text();
  }

  /** Reads a file's text; empty if it isn't a whole and well-formed one. */
  public static Optional<VerdictFile> parse(String text) {
    if (!text.endsWith("\n")) {
      return Optional.empty();
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() != LINES
        || !lines.get(0).equals(HEADER)
        || !lines.get(10).equals("end")
        || lines.stream().anyMatch(line -> bytes(line) > LONGEST_LINE)) {
      return Optional.empty();
    }
    Matcher boot = BOOT.matcher(lines.get(1));
    Matcher process = PROCESS.matcher(lines.get(2));
    Optional<OptionalInt> node = node(lines.get(3));
    Matcher expires = EXPIRES.matcher(lines.get(4));
    Matcher http = HTTP.matcher(lines.get(5));
    Optional<OverridesLine> overrides = OverridesLine.parse(lines.get(6));
    Optional<VerdictLine> ready = line("ready", lines.get(7));
    Optional<VerdictLine> live = line("live", lines.get(8));
    Optional<VerdictLine> started = line("started", lines.get(9));
    boolean wellFormed =
        boot.matches()
            && process.matches()
            && node.isPresent()
            && expires.matches()
            && http.matches()
            && (http.group(3) == null || Integer.parseInt(http.group(3)) <= HIGHEST_PORT)
            && overrides.isPresent()
            && ready.isPresent()
            && live.isPresent()
            && started.isPresent();
    return wellFormed
        ? Optional.of(
            new VerdictFile(
                new ProcessIdentity(
                    boot.group(1),
                    Long.parseLong(process.group(1)),
                    Long.parseLong(process.group(2))),
                node.get(),
                Long.parseLong(expires.group(1)),
                Optional.of(http.group(1)).filter(address -> !address.equals("off")),
                overrides.get(),
                ready.get(),
                live.get(),
                started.get()))
        : Optional.empty();
  }

  private static Optional<OptionalInt> node(String line) {
    Matcher matcher = NODE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(1).equals("unknown")) {
      return Optional.of(OptionalInt.empty());
    }
    long id = Long.parseLong(matcher.group(1));
    return id > Integer.MAX_VALUE ? Optional.empty() : Optional.of(OptionalInt.of((int) id));
  }

  private static Optional<VerdictLine> line(String question, String line) {
    Matcher matcher = Pattern.compile(question + " ([013]) (\\P{Cntrl}+)").matcher(line);
    return matcher.matches()
        ? Optional.of(new VerdictLine(Integer.parseInt(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * Why the file says nothing of now, or empty if it does.
   *
   * @param boot the running boot
   * @param uptime whole seconds since boot
   * @param startTicks when the process with an id began; empty if there is none
   */
  public Optional<String> staleBecause(
      String boot, long uptime, LongFunction<OptionalLong> startTicks) {
    if (!process.boot().equals(boot)) {
      return Optional.of("it is from before the last reboot");
    }
    if (!startTicks.apply(process.pid()).equals(OptionalLong.of(process.startTicks()))) {
      return Optional.of("its process %d has gone".formatted(process.pid()));
    }
    if (uptime >= expires) {
      return Optional.of("it expired %d s ago".formatted(uptime - expires));
    }
    return expires - uptime > LONGEST
        ? Optional.of("it claims to hold for another %d s".formatted(expires - uptime))
        : Optional.empty();
  }
}
