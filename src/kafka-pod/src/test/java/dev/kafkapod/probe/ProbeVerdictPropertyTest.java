package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever happens to a verdict file, the probe says what docs/verdict-file.md says about it. */
class ProbeVerdictPropertyTest {

  private static final int CANNOT_TELL = 3;

  private static final Pattern DOCUMENTED =
      Pattern.compile(
          """
          kafka-pod-verdict 2
          boot (?<boot>.+)
          process (?<pid>N) (?<ticks>N)
          node (unknown|(?<node>0|[1-9]\\d{0,17}))
          expires (?<expires>N)
          http (off|([\\w.-]+|\\[[0-9a-fA-F:.%]+]):(?<port>[1-9]\\d{0,4}))
          overrides (unknown|(none|own|shared) (?<own>@) (?<shared>@) (?<file>/.*))
          ready (?<code>[013]) .+
          live [013] .+
          started [013] .+
          end
          """
              .replace("@", "-|!?[0-9a-f]{32}")
              .replace("N", "0|[1-9]\\d{0,17}"),
          Pattern.UNIX_LINES);

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f]");

  private static final Pattern LINES = Pattern.compile("(?<=\n)");

  private Path directory = Path.of("");

  enum Kind {
    REPLACE,
    INSERT,
    DELETE,
    DELETE_LINE,
    REPEAT_LINE,
    SWAP_LINES,
    SWAP_BYTES
  }

  /**
   * Something that happens to a file; places count from its beginning, and start over at its end.
   */
  record Change(Kind kind, int place, int other, byte value) {

    byte[] of(byte[] file) {
      if (file.length == 0) {
        return file;
      }
      int at = place % file.length;
      return switch (kind) {
        case REPLACE -> spliced(file, at, 1, value);
        case INSERT -> spliced(file, at, 0, value);
        case DELETE -> spliced(file, at, 1);
        case SWAP_BYTES -> swapped(file, at, other % file.length);
        case DELETE_LINE, REPEAT_LINE, SWAP_LINES -> ofLines(file);
      };
    }

    private static byte[] spliced(byte[] file, int at, int without, byte... with) {
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(file, 0, at);
      changed.writeBytes(with);
      changed.write(file, at + without, file.length - at - without);
      return changed.toByteArray();
    }

    private static byte[] swapped(byte[] file, int one, int other) {
      byte[] changed = file.clone();
      changed[one] = file[other];
      changed[other] = file[one];
      return changed;
    }

    private byte[] ofLines(byte[] file) {
      List<String> lines =
          new ArrayList<>(LINES.splitAsStream(new String(file, ISO_8859_1)).toList());
      int at = place % lines.size();
      switch (kind) {
        case DELETE_LINE -> lines.remove(at);
        case REPEAT_LINE -> lines.add(at, lines.get(at));
        default -> Collections.swap(lines, at, other % lines.size());
      }
      return String.join("", lines).getBytes(ISO_8859_1);
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    // what matters is mostly near the beginning, and mostly of these
    Arbitrary<Integer> places =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 400), Arbitraries.integers().between(60, 160));
    Arbitrary<Byte> likely =
        Arbitraries.of('0', '1', '2', '3', '9', ' ', '\n', '\0', '\r', '\t')
            .map(c -> (byte) (char) c);
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            places,
            places,
            Arbitraries.oneOf(likely, likely, Arbitraries.bytes()))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  @BeforeTry
  void makeADirectory() throws IOException {
    directory = Files.createTempDirectory("kafka-pod-probe");
  }

  @AfterTry
  void removeTheDirectory() {
    Trees.delete(directory);
  }

  @Property(tries = 60)
  void saysOfAChangedYesWhatTheRulesSay(@ForAll("changes") List<Change> changes) {
    saysWhatTheRulesSay(aVerdict().with("live 1 not live: stopped"), changes);
  }

  @Property(tries = 60)
  void saysOfAChangedNoWhatTheRulesSay(@ForAll("changes") List<Change> changes) {
    saysWhatTheRulesSay(aVerdict().with("ready 1 not ready: offline 1 (orders-0)"), changes);
  }

  private void saysWhatTheRulesSay(VerdictText verdict, List<Change> changes) {
    byte[] file = verdict.bytes();
    for (Change change : changes) {
      file = change.of(file);
    }
    Sandbox sandbox = new Sandbox(directory).set("PATH", "/nonexistent").with(file);

    for (Shell shell : Shell.all()) {
      int before = documented(file);
      int code = sandbox.run(shell, "ready").code();
      int after = documented(file); // a second later, perhaps

      assertThat(List.of(before, after))
          .as("%s of:%n%s", shell, new String(file, ISO_8859_1))
          .contains(code);
    }
  }

  /** None of the times matters here: an override file is older than its verdict, if it is there. */
  private static boolean isSame(Path file, String fingerprint) {
    return fingerprint.startsWith("!") || Files.exists(file) != fingerprint.equals("-");
  }

  /** A name that this Java's encoding of file names can't write is that of no file. */
  private Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return directory.resolve("none");
    }
  }

  /** The exit code by the documented rules; no verdict is the same as cannot tell here. */
  private int documented(byte[] file) {
    // the one thing that no shell can see
    String text = new String(file, ISO_8859_1).replace("\0", "");
    Matcher verdict = DOCUMENTED.matcher(text);
    if (!verdict.matches()
        || CONTROL.matcher(text).find()
        || text.lines().anyMatch(line -> line.length() > 4000)
        || (verdict.group("node") != null
            && Long.parseLong(verdict.group("node")) > Integer.MAX_VALUE)
        || (verdict.group("port") != null && Integer.parseInt(verdict.group("port")) > 65535)) {
      return CANNOT_TELL;
    }
    long pid = Long.parseLong(verdict.group("pid"));
    long left = Long.parseLong(verdict.group("expires")) - Sighting.uptime();
    boolean holds =
        verdict.group("boot").equals(Sighting.bootId())
            && ProcessHandle.of(pid).isPresent()
            && Sighting.of(pid).ticks() == Long.parseLong(verdict.group("ticks"))
            && left > 0
            && left <= 60
            && (verdict.group("own") == null
                || (isSame(directory.resolve("run/override"), verdict.group("own"))
                    && isSame(path(verdict.group("file")), verdict.group("shared"))));
    return holds ? Integer.parseInt(verdict.group("code")) : CANNOT_TELL;
  }
}
