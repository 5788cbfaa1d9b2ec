package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Without a verdict, {@code ready} and {@code started} ask kafka-pod, one at a time and in time.
 */
class ProbeFallbackTest {

  private static final String ANSWER = "the answer of kafka-pod\n";

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAKafkaPodThatSaysYes() {
    sandbox = new Sandbox(directory).withLauncher(0);
  }

  private static Stream<Arguments> inEveryShell(Object... cases) {
    return Stream.of(Shell.values())
        .flatMap(shell -> Stream.of(cases).map(each -> Arguments.of(shell, each)));
  }

  private String log(String why, String question) {
    return "kafka-pod-probe: %s; asks kafka-pod %s --direct instead\n".formatted(why, question)
        + "the log of kafka-pod, LC_ALL=unset\n";
  }

  private String noFile() {
    return "no verdict file in " + sandbox.runDirectory();
  }

  static Stream<Arguments> codes() {
    return inEveryShell(0, 1, 2, 3);
  }

  /** A shell that runs it ends with 0. */
  @ParameterizedTest
  @EnumSource
  void aKafkaPodThatIsEmptyIsNoYes(Shell shell) throws IOException {
    Files.write(sandbox.bin("kafka-pod"), new byte[0]);

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(
            new Outcome(
                3,
                "cannot tell: %s, and %s is empty; install kafka-pod whole\n"
                    .formatted(noFile(), sandbox.bin("kafka-pod")),
                ""));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void passesOnWhatKafkaPodSays(Shell shell, int code) {
    sandbox.withLauncher(code);

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(code, ANSWER, log(noFile(), "ready")));
  }

  @ParameterizedTest
  @EnumSource
  void takesBlankSettingsForNone(Shell shell) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", " \n").set("KAFKA_POD_WEDGED_AFTER", " ");
    assertThat(sandbox.run(shell, "ready").code()).isZero();

    sandbox.set("KAFKA_POD_RUN_DIR", " " + sandbox.runDirectory() + "\n");
    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(0, ANSWER, log(noFile(), "ready")));

    sandbox.set("KAFKA_POD_RUN_DIR", " ");
    assertThat(sandbox.run(shell, "ready").err()).contains("verdict file in /run/kafka-pod;");
  }

  static Stream<Arguments> otherCodes() {
    return inEveryShell(4, 10, 127, 137, 255);
  }

  @ParameterizedTest
  @MethodSource("otherCodes")
  void takesAnyOtherCodeForCannotTell(Shell shell, int code) {
    sandbox.withLauncher(code);

    String cannotTell =
        "cannot tell: %s ended with exit code %d\n".formatted(sandbox.bin("kafka-pod"), code);
    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(3, ANSWER + cannotTell, log(noFile(), "ready")));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void leavesKafkaPodASecondLessThanItHas(Shell shell) {
    sandbox.run(shell, "started");

    assertThat(sandbox.calls()).hasSize(1);
    assertThat(sandbox.calls().get(0)).matches("started --direct --timeout [78]s");
  }

  static Stream<Arguments> timeouts() {
    return inEveryShell("0005s", "5000ms", "5s");
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void takesItsTimeFromTheEnvironment(Shell shell, String timeout) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", timeout).run(shell, "ready");

    assertThat(sandbox.calls()).hasSize(1);
    assertThat(sandbox.calls().get(0)).matches("ready --direct --timeout [34]s");
  }

  static Stream<Arguments> malformedTimeouts() {
    return inEveryShell(
        "9",
        "s",
        "0s",
        "0ms",
        "-1s",
        "+9s",
        "9 s",
        " 9s",
        "9s ",
        "1.5s",
        "9S",
        "9sec",
        "25h",
        "1234567890ms",
        "0x9s",
        "a[$(exit)]s",
        "9s\n");
  }

  @ParameterizedTest
  @MethodSource("malformedTimeouts")
  void refusesATimeoutThatKafkaPodWouldRefuse(Shell shell, String timeout) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", timeout);

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "kafka-pod-probe: KAFKA_POD_PROBE_TIMEOUT must be a time longer than 0 and up to 24h"
                    + " with its unit (ms, s, m or h), got '"
                    + timeout
                    + "'; write for example 9s\n"));
    assertThat(sandbox.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void startsNoJvmThatCouldNotAnswerInTime(Shell shell) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", "1900ms");

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(
            new Outcome(
                3,
                "cannot tell: "
                    + noFile()
                    + ", and less than 2 s of KAFKA_POD_PROBE_TIMEOUT (1900ms) remain,"
                    + " too few to start kafka-pod\n",
                ""));
    assertThat(sandbox.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void saysWhyTheVerdictIsOfNoUse(Shell shell) {
    sandbox.with(aVerdict().with("boot another"));

    assertThat(sandbox.run(shell, "started"))
        .isEqualTo(
            new Outcome(0, ANSWER, log(sandbox.verdictFile() + " is of another boot", "started")));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void givesKafkaPodTheLocaleThatItHad(Shell shell) {
    sandbox.set("LC_ALL", "C.UTF-8");

    assertThat(sandbox.run(shell, "ready").err())
        .endsWith("\nthe log of kafka-pod, LC_ALL=C.UTF-8\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void findsKafkaPodBesideTheScriptThatALinkLeadsTo(Shell shell) {
    Path link = directory.resolve("kafka-pod-probe");
    Sandbox.link(link, "bin/kafka-pod-probe");

    assertThat(sandbox.start(shell, link, "ready").outcome().code()).isZero();
    assertThat(sandbox.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void findsKafkaPodOnThePath(Shell shell) throws IOException {
    Path elsewhere =
        Files.copy(sandbox.bin("kafka-pod-probe"), directory.resolve("kafka-pod-probe"));
    Files.copy(sandbox.bin("kafka-pod-probe.slow"), directory.resolve("kafka-pod-probe.slow"));
    sandbox.set("PATH", sandbox.bin("") + ":" + System.getenv("PATH"));

    assertThat(sandbox.start(shell, elsewhere, "ready").outcome().code()).isZero();
    assertThat(sandbox.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void aSlowPartThatIsNotWholeIsNoYes(Shell shell) {
    String whole = Sandbox.read(sandbox.bin("kafka-pod-probe.slow"));
    for (String part : List.of("", whole.replace("ask_kafka_pod\n", ""), "if\n")) {
      sandbox.write("bin/kafka-pod-probe.slow", part);

      assertThat(sandbox.run(shell, "ready").code()).as("ready with '%s'", part).isNotZero();
      assertThat(sandbox.run(shell, "live").code()).as("live with '%s'", part).isZero();
    }
  }
}
