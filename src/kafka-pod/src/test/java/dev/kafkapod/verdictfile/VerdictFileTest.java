package dev.kafkapod.verdictfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.OverrideIdentity.InForceBy;
import dev.kafkapod.report.Reply;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format that docs/verdict-file.md describes. */
class VerdictFileTest {

  private static final String BOOT = "0c2f6a3e-58c3-4f4e-9f4f-6d6a3d0b8a55";
  private static final long UPTIME = 86_402;

  private static final VerdictFile VERDICT =
      new VerdictFile(
          new ProcessIdentity(BOOT, 1, 48_213),
          OptionalInt.of(3),
          86_412,
          Optional.of("127.0.0.1:8085"),
          new OverridesLine(
              Optional.of(new OverrideIdentity(InForceBy.OWN, "0123456789abcdef".repeat(2), "-")),
              "/etc/kafka-pod/override/readiness"),
          new VerdictLine(1, "not ready: at-min-ISR 6 (orders-0, orders-1, orders-2, …)"),
          new VerdictLine(0, "live: broker 3 RUNNING"),
          new VerdictLine(3, "cannot tell: no JMX"));

  private static final String TEXT =
      """
      kafka-pod-verdict 2
      boot 0c2f6a3e-58c3-4f4e-9f4f-6d6a3d0b8a55
      process 1 48213
      node 3
      expires 86412
      http 127.0.0.1:8085
      overrides own 0123456789abcdef0123456789abcdef - /etc/kafka-pod/override/readiness
      ready 1 not ready: at-min-ISR 6 (orders-0, orders-1, orders-2, …)
      live 0 live: broker 3 RUNNING
      started 3 cannot tell: no JMX
      end
      """;

  @Test
  void isWrittenAsDocumented() {
    assertThat(VERDICT.format()).isEqualTo(TEXT);
  }

  @Test
  void saysWhereNothingIsAnsweredOverHttp() {
    assertThat(withHttp(Optional.empty()).format())
        .isEqualTo(TEXT.replace("http 127.0.0.1:8085", "http off"));
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(VerdictFile.parse(TEXT)).contains(VERDICT);
    VerdictFile withoutHttp = withHttp(Optional.empty());
    assertThat(VerdictFile.parse(withoutHttp.format())).contains(withoutHttp);
  }

  private static VerdictFile withHttp(Optional<String> http) {
    return new VerdictFile(
        VERDICT.process(),
        VERDICT.node(),
        VERDICT.expires(),
        http,
        VERDICT.overrides(),
        VERDICT.ready(),
        VERDICT.live(),
        VERDICT.started());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http off",
        "http localhost:1",
        "http my_host-1.kafka:65535",
        "http [::1]:8085",
        "http [fe80::1%2]:8085",
        "boot -",
        "process 0 0",
        "process 999999999999999999 999999999999999999",
        "expires 0",
        "ready 0 x",
        "ready 3 a  b ",
        "node 0",
        "node 2147483647",
        "node unknown",
        "overrides unknown",
        "overrides none - - /",
        "overrides shared !0123456789abcdef0123456789abcdef 0123456789abcdef0123456789abcdef /a b/ä",
      })
  void readsWhatIsWellFormed(String line) {
    assertThat(VerdictFile.parse(replaced(line))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka-pod-verdict 1",
        "kafka-pod-verdict 2 ",
        "node ",
        "node 03",
        "node -1",
        "node 2147483648",
        "node 99999999999999999999",
        "overrides ",
        "overrides unknown ",
        "overrides none - -",
        "overrides none - - relative",
        "overrides both - - /",
        "overrides none  - - /",
        "overrides none -- - /",
        "overrides none - 0123456789ABCDEF0123456789ABCDEF /",
        "overrides none 0123456789abcdef - /",
        "overrides none - !- /",
        "overrides none - - /a\tb",
        "boot ",
        "boot 0C2F6A3E",
        "boot  0c2f",
        "process 1",
        "process 1 ",
        "process 01 48213",
        "process 1 048213",
        "process -1 48213",
        "process +1 48213",
        "process 1 48213 ",
        "process  1 48213",
        "process 1 1000000000000000000",
        "process 1000000000000000000 1",
        "process x 48213",
        "expires ",
        "expires 086412",
        "expires -1",
        "expires 1000000000000000000",
        "expires 86412.5",
        "http ",
        "http 127.0.0.1",
        "http 127.0.0.1:",
        "http 127.0.0.1:0",
        "http 127.0.0.1:65536",
        "http 127.0.0.1:08085",
        "http :8085",
        "http []:8085",
        "http ::1:8085",
        "http [::1:8085",
        "http user@host:8085",
        "http host/path:8085",
        "http off off",
        "http Off",
        "ready 2 x",
        "ready 4 x",
        "ready 00 x",
        "ready 0",
        "ready 0 ",
        "ready  0 x",
        "ready 0 a\tb",
        "ready 0 a\rb",
        "ready 0 a\u0000b",
        "ready 0 a\u007fb",
        "ready x",
        "live 2 x",
        "live 0 ",
        "live 0",
        "live",
        "started 2 x",
        "started 0 ",
        "end ",
        "End",
      })
  void refusesALineThatIsNotWellFormed(String line) {
    assertThat(VerdictFile.parse(replaced(line))).isEmpty();
  }

  /** With this instead of the line that begins alike. */
  private static String replaced(String line) {
    String word = line.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder();
    for (String old : TEXT.lines().toList()) {
      text.append(old.startsWith(word) ? line : old).append('\n');
    }
    assertThat(text.toString()).as("the text with %s", line).isNotEqualTo(TEXT);
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void refusesAFileWithALineLessOrMoreOrInAnotherPlace(int index) {
    List<String> lines = TEXT.lines().toList();
    List<String> less = new ArrayList<>(lines);
    less.remove(index);
    List<String> more = new ArrayList<>(lines);
    more.add(index, lines.get(index));
    List<String> rotated = new ArrayList<>(lines);
    Collections.swap(rotated, index, (index + 1) % lines.size());

    for (List<String> wrong : List.of(less, more, rotated)) {
      assertThat(VerdictFile.parse(String.join("\n", wrong) + "\n")).as("%s", wrong).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "end\n"})
  void refusesHardlyAnything(String text) {
    assertThat(VerdictFile.parse(text)).isEmpty();
  }

  @Test
  void refusesAnythingBeforeOrAfter() {
    assertThat(VerdictFile.parse(TEXT + "\n")).isEmpty();
    assertThat(VerdictFile.parse(TEXT + "x")).isEmpty();
    assertThat(VerdictFile.parse("\n" + TEXT)).isEmpty();
    assertThat(VerdictFile.parse("\ufeff" + TEXT)).isEmpty();
    assertThat(VerdictFile.parse(TEXT.replace("\n", "\r\n"))).isEmpty();
    assertThat(VerdictFile.parse(TEXT.stripTrailing())).isEmpty();
  }

  @Test
  void refusesALineOfMoreThan4000Bytes() {
    String longest = "ready 0 " + "x".repeat(3992);

    assertThat(VerdictFile.parse(replaced(longest))).isPresent();
    assertThat(VerdictFile.parse(replaced(longest + "x"))).isEmpty();
    // 1,997 characters of two bytes
    assertThat(VerdictFile.parse(replaced("ready 0 " + "é".repeat(1997)))).isEmpty();
  }

  @Test
  void replacesControlCharacters() {
    assertThat(new VerdictLine(0, "a\nb\tc\u0000d\u007fe\u0085f\u001b[31m").text())
        .isEqualTo("a b c d e f [31m");
  }

  @Test
  void replacesHalfACharacterWhichNoFileCanHold() {
    assertThat(new VerdictLine(0, "a\ud83db\udc00 \ud83d\ude00").text())
        .isEqualTo("a?b? \ud83d\ude00");
  }

  @Test
  void cutsALongTextBetweenTwoCharacters() {
    String smiley = "\ud83d\ude00"; // four bytes
    VerdictLine line = new VerdictLine(0, smiley.repeat(2000));

    assertThat(line.text()).isEqualTo(smiley.repeat(974) + "…");
    assertThat(line.text().getBytes(StandardCharsets.UTF_8)).hasSize(3899);
  }

  @Test
  void cutsOnlyTextsOfMoreThan3900BytesAndNeverTwice() {
    assertThat(new VerdictLine(0, "x".repeat(3900)).text()).isEqualTo("x".repeat(3900));
    VerdictLine cut = new VerdictLine(0, "x".repeat(3901));
    assertThat(cut.text()).isEqualTo("x".repeat(3897) + "…");
    assertThat(new VerdictLine(0, cut.text())).isEqualTo(cut);
  }

  @Test
  void refusesAnEmptyTextWhichNobodyCouldRead() {
    assertThatThrownBy(() -> new VerdictLine(0, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an answer needs a text");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, 4})
  void refusesACodeThatIsNoAnswers(int code) {
    assertThatThrownBy(() -> new VerdictLine(code, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an answer's code must be 0, 1 or 3, got " + code);
  }

  @Test
  void holdsARepliesWordsAndGivesThemBack() {
    Reply reply = new Reply("ready", new Verdict.No(List.of("offline 1 (a-0)", "fenced (b: c)")));
    VerdictLine line = VerdictLine.of(reply);

    assertThat(line).isEqualTo(new VerdictLine(1, "not ready: offline 1 (a-0), fenced (b: c)"));
    assertThat(line.as("ready").line()).isEqualTo(reply.line());
    assertThat(line.as("ready").exitCode()).isEqualTo(1);
  }

  @Test
  void speaksOfNow() {
    assertThat(stale(BOOT, UPTIME, 48_213)).isEmpty();
  }

  @Test
  void isStaleAfterAReboot() {
    assertThat(stale("1c2f6a3e-58c3-4f4e-9f4f-6d6a3d0b8a55", UPTIME, 48_213))
        .contains("it is from before the last reboot");
  }

  @Test
  void isStaleOnceItsProcessHasGone() {
    assertThat(VERDICT.staleBecause(BOOT, UPTIME, pid -> OptionalLong.empty()))
        .contains("its process 1 has gone");
  }

  @Test
  void isStaleOnceItsProcessIdIsAnothers() {
    assertThat(stale(BOOT, UPTIME, 48_214)).contains("its process 1 has gone");
  }

  @Test
  void asksForTheProcessThatItNames() {
    assertThat(
            VERDICT.staleBecause(
                BOOT, UPTIME, pid -> pid == 1 ? OptionalLong.of(48_213) : OptionalLong.empty()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "86351, it claims to hold for another 61 s",
        "86352, -",
        "86411, -",
        "86412, it expired 0 s ago",
        "86413, it expired 1 s ago",
        "0,     it claims to hold for another 86412 s",
      })
  void holdsForAMinuteAtMostAndNotFromTheSecondOnInWhichItExpires(long uptime, String problem) {
    assertThat(stale(BOOT, uptime, 48_213)).isEqualTo(Optional.ofNullable(problem));
  }

  private static Optional<String> stale(String boot, long uptime, long ticks) {
    return VERDICT.staleBecause(boot, uptime, pid -> OptionalLong.of(ticks));
  }

  @Test
  void saysNothingOfFilesThatALineCanNotHold() {
    Optional<OverrideIdentity> none = Optional.of(new OverrideIdentity(InForceBy.NONE, "-", "-"));

    assertThat(OverridesLine.of(none, Path.of("/a b")).format())
        .isEqualTo("overrides none - - /a b");
    assertThat(OverridesLine.of(Optional.empty(), Path.of("/a"))).isEqualTo(OverridesLine.UNKNOWN);
    assertThat(OverridesLine.of(none, Path.of("/a\nb"))).isEqualTo(OverridesLine.UNKNOWN);
    assertThat(OverridesLine.of(none, Path.of("/" + "a/".repeat(1600))))
        .isEqualTo(OverridesLine.UNKNOWN);
  }
}
