package dev.kafkapod.verdictfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever is written is read as it was, and whatever isn't well formed isn't read. */
class VerdictFilePropertyTest {

  private static final ProcessIdentity PROCESS =
      new ProcessIdentity("0c2f6a3e-58c3-4f4e-9f4f-6d6a3d0b8a55", 1, 48_213);

  private static final VerdictFile VERDICT =
      new VerdictFile(
          PROCESS,
          OptionalInt.of(3),
          86_412,
          Optional.of("127.0.0.1:8085"),
          new OverridesLine(
              OverrideIdentity.of("shared - " + "0123456789abcdef".repeat(2)), "/etc/o"),
          new VerdictLine(1, "not ready: at-min-ISR 6 (orders-0, orders-1, orders-2, …)"),
          new VerdictLine(0, "live: broker 3 RUNNING"),
          new VerdictLine(0, "started: broker 3 RUNNING"));

  /** docs/verdict-file.md, written down once more. */
  private static final Pattern DOCUMENTED =
      Pattern.compile(
          """
          kafka-pod-verdict 2
          boot [0-9a-f-]+
          process N N
          node (unknown|(0|[1-9][0-9]{0,9}))
          expires N
          http (off|([A-Za-z0-9_.-]+|\\[[0-9a-fA-F:.%]+\\]):[1-9][0-9]{0,4})
          overrides (unknown|(none|own|shared) @ @ /[^\\x00-\\x1f\\x7f]*)
          ready [013] T
          live [013] T
          started [013] T
          end
          """
              .replace("@", "(-|!?[0-9a-f]{32})")
              .replace("N", "(0|[1-9][0-9]{0,17})")
              .replace("T", "[^\\x00-\\x1f\\x7f]+"));

  @Property
  void anyTextIsReadAsItWasWritten(
      @ForAll("codes") int code,
      @ForAll @StringLength(min = 1, max = 200) String ready,
      @ForAll @StringLength(min = 1, max = 200) String live,
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long number) {
    VerdictFile verdict =
        new VerdictFile(
            new ProcessIdentity(PROCESS.boot(), number, number),
            OptionalInt.empty(),
            number,
            Optional.empty(),
            OverridesLine.UNKNOWN,
            new VerdictLine(code, ready),
            new VerdictLine(code, live),
            new VerdictLine(0, "x"));

    byte[] file = verdict.format().getBytes(UTF_8);

    assertThat(VerdictFile.parse(new String(file, UTF_8))).contains(verdict);
    assertThat(verdict.ready().text()).isEqualTo(onOneLine(ready));
    assertThat(verdict.live().text()).isEqualTo(onOneLine(live));
  }

  @Provide
  Arbitrary<Integer> codes() {
    return Arbitraries.of(0, 1, 3);
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(
            it ->
                Character.isISOControl(it)
                    ? ' '
                    : Character.getType(it) == Character.SURROGATE ? '?' : it)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  @Property(tries = 100)
  void noLineIsLongerThanDocumented(@ForAll @StringLength(min = 1000, max = 9000) String text) {
    VerdictLine line = new VerdictLine(0, text);
    String file =
        new VerdictFile(
                PROCESS,
                OptionalInt.of(1),
                1,
                Optional.empty(),
                OverridesLine.UNKNOWN,
                line,
                line,
                line)
            .format();

    assertThat(file.lines()).allMatch(it -> it.getBytes(UTF_8).length <= 4000);
    assertThat(VerdictFile.parse(file)).map(VerdictFile::ready).contains(line);
  }

  @Property(tries = 1)
  void aFileThatIsCutShortIsNotRead() {
    byte[] file = VERDICT.format().getBytes(UTF_8);

    for (int length = 0; length < file.length; length++) {
      String text = new String(Arrays.copyOf(file, length), UTF_8);
      assertThat(VerdictFile.parse(text)).as(text).isEmpty();
    }
    assertThat(VerdictFile.parse(new String(file, UTF_8))).isPresent();
  }

  /** Something that happens to a text; the place counts from its beginning. */
  record Change(int place, int without, String with) {
    String of(String text) {
      int at = Math.min(place, text.length());
      return text.substring(0, at) + with + text.substring(Math.min(at + without, text.length()));
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> likely =
        Arbitraries.of("0", "1", "3", "9", " ", "\n", "\0", "\r", "\t", "-", ":", "off", "end\n");
    Arbitrary<Change> changes =
        Combinators.combine(
                Arbitraries.integers().between(0, VERDICT.format().length()),
                Arbitraries.integers().between(0, 2),
                Arbitraries.oneOf(likely, likely, Arbitraries.strings().ofMaxLength(2)))
            .as(Change::new);
    return changes.list().ofMinSize(1).ofMaxSize(3);
  }

  @Property(tries = 3000)
  void aDamagedFileIsReadOnlyIfTheDocumentationAllowsIt(@ForAll("changes") List<Change> changes) {
    String text = VERDICT.format();
    for (Change change : changes) {
      text = change.of(text);
    }

    assertThat(VerdictFile.parse(text).isPresent()).as(text).isEqualTo(isDocumented(text));
  }

  private static boolean isDocumented(String text) {
    boolean portIsOne =
        text.lines()
            .filter(line -> line.matches("http .*:[0-9]{1,9}"))
            .allMatch(line -> Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)) <= 65535);
    return DOCUMENTED.matcher(text).matches() && portIsOne;
  }
}
