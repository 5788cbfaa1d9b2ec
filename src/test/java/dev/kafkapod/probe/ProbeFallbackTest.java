package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import dev.kafkapod.probe.Sandbox.Running;
import dev.kafkapod.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Without a verdict, {@code ready} and {@code started} ask kafka-pod, one at a time and in time.
 */
class ProbeFallbackTest {

  private static final String ANSWER = "the answer of kafka-pod\n";
  private static final String DEAD = "999999999-1";

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

  @ParameterizedTest
  @MethodSource("codes")
  void passesOnWhatKafkaPodSays(Shell shell, int code) {
    sandbox.withLauncher(code);

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(code, ANSWER, log(noFile(), "ready")));
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
  void leavesNothingBehind(Shell shell) {
    sandbox.withLockOf(DEAD).run(shell, "ready");

    assertThat(sandbox.runDirectory()).isEmptyDirectory();
    assertThat(sandbox.tmp("")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void leavesNothingBehindWhenItIsTerminated(Shell shell) throws Exception {
    sandbox.withSlowLauncher();
    Running probe = sandbox.start(shell, "ready");
    Await.until(
        "kafka-pod to be called",
        Duration.ofSeconds(10),
        sandbox::calls,
        calls -> !calls.isEmpty());

    probe.process().destroy();

    assertThat(probe.outcome().code()).isEqualTo(3);
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void waitsForAnotherProbeAndGivesUpInTime(Shell shell) {
    sandbox.withLockOf(Sighting.ofThisProcess().holder()).set("KAFKA_POD_PROBE_TIMEOUT", "1s");
    long start = System.nanoTime();

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(3, "cannot tell: another probe's fallback is still running\n", ""));
    assertThat(System.nanoTime() - start).isBetween(500_000_000L, 2_500_000_000L);
    assertThat(sandbox.lock()).isSymbolicLink();
    assertThat(sandbox.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesAVerdictThatComesWhileItWaits(Shell shell) {
    sandbox.withLockOf(Sighting.ofThisProcess().holder()).set("KAFKA_POD_PROBE_TIMEOUT", "30s");
    Running probe = sandbox.start(shell, "ready");
    Await.until(
        "the probe to wait",
        Duration.ofSeconds(10),
        () -> probe.process().toHandle().descendants().count(),
        children -> children > 0);

    sandbox.with(aVerdict().with("ready 1 not ready: as the agent says"));

    assertThat(probe.outcome()).isEqualTo(new Outcome(1, "not ready: as the agent says\n", ""));
    assertThat(sandbox.calls()).isEmpty();
  }

  static Stream<Arguments> staleLocks() {
    Sighting self = Sighting.ofThisProcess();
    return inEveryShell(DEAD, new Sighting(self.pid(), self.ticks() + 1).holder(), "rubbish");
  }

  @ParameterizedTest
  @MethodSource("staleLocks")
  void takesOverALockWhoseHolderIsDead(Shell shell, String holder) {
    sandbox.withLockOf(holder);

    assertThat(sandbox.run(shell, "ready").code()).isZero();
    assertThat(sandbox.lock()).doesNotExist();
    assertThat(sandbox.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void runsKafkaPodOnceAtATimeForTwo(Shell shell) {
    sandbox.withSlowLauncher();

    assertAllAnswerOneByOne(List.of(shell, shell));
  }

  /**
   * One probe sees that the holder is dead, and before it does anything about it, another one has
   * taken over. Busybox would run its own readlink, whatever the PATH says.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUSYBOX")
  void doesNotTakeTheLockFromAProbeThatTookItOverFirst(Shell shell) throws IOException {
    sandbox.withLockOf(DEAD).set("PATH", slowReadlink() + ":" + System.getenv("PATH"));
    Running slow = sandbox.start(shell, "ready");
    Await.until("readlink", Duration.ofSeconds(10), this::readlinks, seen -> seen == 1);
    sandbox.set("PATH", System.getenv("PATH"));
    Path hold = sandbox.write("bin/hold", "");
    Running fast = sandbox.start(shell, "ready");
    Await.until(
        "kafka-pod to be called",
        Duration.ofSeconds(10),
        sandbox::calls,
        calls -> calls.size() == 1);

    sandbox.write("slow/go", "");

    Await.until(
        "the slow one to wait for its turn, or not",
        Duration.ofSeconds(10),
        () -> readlinks() >= 3 || sandbox.calls().size() > 1,
        waits -> waits);
    Files.delete(hold);
    assertThat(List.of(slow, fast)).extracting(probe -> probe.outcome().code()).containsOnly(0);
    assertThat(sandbox.overlaps()).isEmpty();
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
  }

  /** Makes a readlink that says what it saw only when it may go on. */
  private Path slowReadlink() {
    return sandbox
        .write(
            "slow/readlink",
            """
            #!/bin/sh
            PATH=${PATH#*:}
            seen=$(readlink "$@")
            echo "$seen" >>"${0%/*}/seen"
            until [ -f "${0%/*}/go" ]; do sleep 0.05; done
            echo "$seen"
            """)
        .getParent();
  }

  private long readlinks() throws IOException {
    Path seen = directory.resolve("slow/seen");
    return Files.exists(seen) ? Files.readAllLines(seen).size() : 0;
  }

  private static List<Shell> ten() {
    List<Shell> shells = Shell.all();
    return IntStream.range(0, 10).mapToObj(i -> shells.get(i % shells.size())).toList();
  }

  @Test
  void runsKafkaPodOnceAtATimeForTen() {
    sandbox.withSlowLauncher();

    assertAllAnswerOneByOne(ten());
  }

  /** Also with a probe that was killed while it took over from one that had been killed. */
  @Test
  void runsKafkaPodOnceAtATimeForTenWhoTakeOverALock() {
    sandbox.withSlowLauncher().withLockOf(DEAD);
    Sandbox.link(sandbox.runDirectory().resolve("kafka-pod-fallback.after-" + DEAD), "999999998-1");

    assertAllAnswerOneByOne(ten());
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
  }

  @Test
  void runsKafkaPodOnceAtATimeWhereTheRunDirectoryCannotBeWritten() {
    // permissions don't stop root, but nobody can make files in there
    sandbox.withSlowLauncher().set("KAFKA_POD_RUN_DIR", "/proc/self/fdinfo");

    assertAllAnswerOneByOne(ten().subList(0, 5));
  }

  private void assertAllAnswerOneByOne(List<Shell> shells) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", "1m");
    List<Running> probes = shells.stream().map(shell -> sandbox.start(shell, "ready")).toList();

    assertThat(probes).extracting(probe -> probe.outcome().code()).containsOnly(0);
    assertThat(sandbox.calls()).hasSize(shells.size());
    assertThat(sandbox.overlaps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void locksInTheTemporaryDirectoryWhereTheRunDirectoryIsMissing(Shell shell) {
    Path missing = directory.resolve("missing");
    Sandbox.link(sandbox.tmp("kafka-pod-fallback"), Sighting.ofThisProcess().holder());
    sandbox.set("KAFKA_POD_RUN_DIR", missing.toString()).set("KAFKA_POD_PROBE_TIMEOUT", "300ms");

    assertThat(sandbox.run(shell, "ready").out())
        .isEqualTo("cannot tell: another probe's fallback is still running\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void doesWithoutALockWhereNothingCanBeWritten(Shell shell) {
    Path file = sandbox.bin("code");
    sandbox.set("KAFKA_POD_RUN_DIR", file.toString()).set("TMPDIR", file.toString());

    assertThat(sandbox.run(shell, "ready"))
        .isEqualTo(new Outcome(0, ANSWER, log("no verdict file in " + file, "ready")));
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
