package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A verdict that holds is the answer, and anything else isn't. There is no kafka-pod to ask here,
 * so without a verdict the probe ends with 3.
 */
class ProbeVerdictTest {

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withoutAnythingToFallBackOn() {
    sandbox = new Sandbox(directory).set("PATH", "/nonexistent");
  }

  private static Stream<Arguments> inEveryShell(Stream<?> cases) {
    List<?> all = cases.toList();
    return Stream.of(Shell.values())
        .flatMap(shell -> all.stream().map(each -> Arguments.of(shell, each)));
  }

  private String damaged() {
    return sandbox.verdictFile() + " is damaged, or of another version";
  }

  static Stream<Arguments> codes() {
    return inEveryShell(Stream.of(0, 1, 3));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void answersReadyWithTheVerdict(Shell shell, int code) {
    sandbox.with(aVerdict().with("ready " + code + " what there is to say"));

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(code, "what there is to say\n", ""));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void answersStartedWithTheVerdict(Shell shell, int code) {
    sandbox.with(aVerdict().with("started " + code + " what there is to say"));

    assertThat(sandbox.run(shell, "started"))
        .isEqualTo(new Outcome(code, "what there is to say\n", ""));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void answersLiveWithTheVerdictButTakesCannotTellForNoReasonToRestart(Shell shell, int code) {
    sandbox.with(aVerdict().with("live " + code + " what there is to say"));

    String warning = "live: unknown: the agent can't tell; that is no reason to restart\n";
    assertThat(sandbox.run(shell, "live"))
        .isEqualTo(
            new Outcome(
                code == 3 ? 0 : code, "what there is to say\n" + (code == 3 ? warning : ""), ""));
  }

  static Stream<Arguments> sayings() {
    return inEveryShell(
        Stream.of(
            "100 %s %d %n",
            "back\\slash \\n \\0 \\c end",
            "\"double\" and 'single'",
            "$(id) ${HOME} `id` $((1 + 1)) $?",
            "* /* ? [a-z] {a,b} ~",
            "  spaces around, and   within  ",
            "-n -e --",
            "1 0 3",
            "'; exit 0; #",
            "snowman ☃, orders-ö, 日本, 🦉, next line \u0085 end",
            "x".repeat(4000 - "ready 1 ".length())));
  }

  @ParameterizedTest
  @MethodSource("sayings")
  void printsTheLineAsItIs(Shell shell, String saying) {
    sandbox.with(aVerdict().with("ready 1 " + saying));

    assertThat(sandbox.run(shell, "ready")).isEqualTo(new Outcome(1, saying + "\n", ""));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void printsEveryByteAboveAsciiAsItIs(Shell shell) throws IOException {
    byte[] line = "ready 1 x".repeat(20).substring(0, 8 + 128).getBytes(ISO_8859_1);
    for (int i = 0; i < 128; i++) {
      line[8 + i] = (byte) (128 + i);
    }
    String text = aVerdict().text().replaceFirst("ready 0.*", "LINE");
    sandbox.with(text.replace("LINE", new String(line, ISO_8859_1)).getBytes(ISO_8859_1));

    Sandbox.Running probe = sandbox.start(shell, "ready");

    assertThat(probe.outcome().code()).isEqualTo(1);
    byte[] out = Files.readAllBytes(probe.out());
    assertThat(out).startsWith(Arrays.copyOfRange(line, 8, line.length)).hasSize(129);
  }

  static Stream<Arguments> damages() {
    VerdictText sound = aVerdict();
    Sighting self = Sighting.ofThisProcess();
    String expires = sound.lines().get(4).substring("expires ".length());
    return inEveryShell(
        Stream.of(
            "kafka-pod-verdict 1",
            "kafka-pod-verdict 2 ",
            "node ",
            "node 03",
            "node x",
            "node 2147483648",
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
            "process " + self.pid(),
            "process " + self.pid() + " " + self.ticks() + " 0",
            "process " + self.pid() + "  " + self.ticks(),
            "process 0" + self.pid() + " " + self.ticks(),
            "process +" + self.pid() + " " + self.ticks(),
            "process self " + self.ticks(),
            "process ../self " + self.ticks(),
            "process " + self.pid() + "/. " + self.ticks(),
            "expires 0" + expires,
            "expires +" + expires,
            "expires -1",
            "expires  " + expires,
            "expires " + expires + " ",
            "expires " + expires + ".0",
            "expires 0x7fffffff",
            "expires seconds+5",
            "expires a[$(exit)]",
            "expires 1234567890123456789",
            "expires 99999999999999999999999",
            "http ",
            "http on",
            "http 127.0.0.1",
            "http 127.0.0.1:",
            "http :8085",
            "http 127.0.0.1:0",
            "http 127.0.0.1:65536",
            "http 127.0.0.1:08085",
            "http 127.0.0.1:80 ",
            "http ::1:8085",
            "http []:8085",
            "http [::1]]:8085",
            "http [::1]8085",
            "http a/b:8085",
            "http a b:8085",
            "http $(id):8085",
            "ready 2 wrong use",
            "ready 00 two digits",
            "ready -1 negative",
            "ready  0 another space",
            "ready 0",
            "ready 0 ",
            "ready 0: no space",
            "ready x letters",
            "ready 0 tab \t in it",
            "ready 0 carriage return\r",
            "ready 0 escape \033[31m",
            "ready 0 delete \177",
            "ready 0 " + "x".repeat(4001 - "ready 0 ".length()),
            "live 2 wrong use",
            "started 2 wrong use"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void refusesADamagedLine(Shell shell, String line) {
    sandbox.with(aVerdict().with(line));

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
  }

  static Stream<Arguments> wrongEnds() {
    return inEveryShell(
        Stream.of("end\nend\n", "end\n\n", "end\nx", "end \n", "END\n", "end", "\nend\n", ""));
  }

  @ParameterizedTest
  @MethodSource("wrongEnds")
  void refusesAFileThatDoesNotEndWithEnd(Shell shell, String end) {
    sandbox.with(aVerdict().text().replace("end\n", end).getBytes(UTF_8));

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
  }

  static Stream<Arguments> lines() {
    return inEveryShell(Stream.iterate(0, i -> i < aVerdict().lines().size(), i -> i + 1));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void refusesAFileWithoutOneOfItsLines(Shell shell, int line) {
    List<String> lines = aVerdict().lines();
    List<String> rest =
        Stream.concat(lines.stream().limit(line), lines.stream().skip(line + 1)).toList();
    sandbox.with(new VerdictText(rest));

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void saysYesOfNoPartOfAFile(Shell shell) {
    byte[] whole = aVerdict().bytes();
    for (int length = 0; length < whole.length; length++) {
      sandbox.with(Arrays.copyOf(whole, length));

      assertThat(sandbox.run(shell, "ready").code()).as("after %d bytes", length).isEqualTo(3);
    }
    assertThat(sandbox.with(whole).run(shell, "ready").code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAnExpiredVerdict(Shell shell) {
    sandbox.with(aVerdict().expiring(-7));

    assertThat(sandbox.whyNot(shell)).matches(".*/run/verdict expired [78] s ago");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictThatExpiresInThisSecond(Shell shell) {
    sandbox.with(aVerdict().expiring(0));

    assertThat(sandbox.whyNot(shell)).matches(".*/run/verdict expired [01] s ago");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictThatHoldsForMoreThanAMinute(Shell shell) {
    sandbox.with(aVerdict().expiring(62));

    assertThat(sandbox.whyNot(shell))
        .isEqualTo(sandbox.verdictFile() + " expires more than 60 s from now");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesAVerdictThatHoldsForAMinute(Shell shell) {
    sandbox.with(aVerdict().expiring(60));

    assertThat(sandbox.run(shell, "ready").code()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void saysThatThereIsNoFile(Shell shell) {
    assertThat(sandbox.whyNot(shell)).isEqualTo("no verdict file in " + sandbox.runDirectory());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesADirectoryForNoFile(Shell shell) throws IOException {
    Files.createDirectory(sandbox.verdictFile());

    assertThat(sandbox.whyNot(shell)).isEqualTo("no verdict file in " + sandbox.runDirectory());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void saysNothingOfItsOwnOfAFileThatCannotBeRead(Shell shell) {
    // a regular file that even root can't read: the kernel has no memory at address 0
    Sandbox.link(sandbox.verdictFile(), "/proc/self/mem");

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesGarbage(Shell shell) {
    byte[] garbage = new byte[5000];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = (byte) (i * 31);
    }
    sandbox.with(garbage);

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void doesNotReadAHugeFileToItsEnd(Shell shell) {
    // read byte by byte, as some shells do, these 64 MB would take a minute
    sandbox.with((aVerdict().text() + "x\n".repeat(32_000_000)).getBytes(UTF_8));
    long start = System.nanoTime();

    assertThat(sandbox.whyNot(shell)).isEqualTo(damaged());
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void readsItsDefaultDirectoryWhenNoneIsGiven(Shell shell) {
    sandbox.set("KAFKA_POD_RUN_DIR", "");

    assertThat(sandbox.whyNot(shell)).contains("/run/kafka-pod");
  }

  /**
   * The kernel counts page faults of children that have ended, and no child runs without some. So a
   * harness that reads its own count at the end, built-ins only, tells whether anything forked; no
   * strace is needed.
   */
  private String faultsOfChildren(Shell shell, String script) {
    sandbox.write("bin/forks", script);
    Path harness =
        sandbox.write(
            "bin/harness",
            """
            trap 'read -r stat </proc/$$/stat; set -- ${stat##*)}; echo "faults $9"' EXIT
            script=$1
            set -- ready
            . "$script"
            """);
    return sandbox.start(shell, harness, sandbox.bin("forks").toString()).outcome().out();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void forksNothingWhileThereIsAVerdict(Shell shell) {
    sandbox.with(aVerdict().with("ready 0 yes"));
    String script = Sandbox.read(Path.of("probe/kafka-pod-probe"));

    assertThat(faultsOfChildren(shell, script)).isEqualTo("yes\nfaults 0\n");
    assertThat(faultsOfChildren(shell, script.replace("set -u\n", "set -u\n: \"$(:)\"\n")))
        .as("a script that does fork")
        .matches("yes\nfaults [1-9][0-9]*\n");
  }
}
