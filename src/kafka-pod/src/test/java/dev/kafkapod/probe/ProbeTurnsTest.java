package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import dev.kafkapod.probe.Sandbox.Running;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Probes that ask kafka-pod do so one at a time: by a lock of the kernel's where there is flock,
 * and by one that is a link where there is none.
 */
class ProbeTurnsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String BUSY = "cannot tell: another probe's fallback is still running\n";

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAKafkaPodThatSaysYes() {
    sandbox = new Sandbox(directory).withLauncher(0);
  }

  /** Who keeps turns: the kernel, or a link. */
  enum Turns {
    FLOCK,
    LINK;

    /** The sandbox, where another process has the turn. */
    Running takenIn(Sandbox sandbox, Path place) {
      if (this == LINK) {
        Sandbox.link(place.resolve("kafka-pod-fallback"), Sighting.ofThisProcess().holder());
        return null;
      }
      Running holder =
          sandbox.start(
              List.of(
                  Tools.require("flock").toString(),
                  place.toString(),
                  "-c",
                  "echo has it; exec sleep 60"));
      Await.until("flock", LIMIT, () -> Sandbox.read(holder.out()), it -> it.equals("has it\n"));
      return holder;
    }

    Sandbox in(Sandbox sandbox) {
      return this == FLOCK ? sandbox : sandbox.withoutFlock();
    }
  }

  static Stream<Arguments> inEveryShell() {
    return Stream.of(Shell.values())
        .flatMap(shell -> Stream.of(Turns.values()).map(turns -> Arguments.of(shell, turns)));
  }

  private static void end(Running holder) throws InterruptedException {
    if (holder != null) {
      holder.process().destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void leavesNothingBehind(Shell shell, Turns turns) {
    turns.in(sandbox).run(shell, "ready");

    assertThat(sandbox.calls()).hasSize(1);
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
    assertThat(sandbox.tmp("")).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void leavesNothingBehindWhenItIsTerminated(Shell shell, Turns turns) throws Exception {
    Running probe = turns.in(sandbox.withSlowLauncher()).start(shell, "ready");
    awaitCalls(1);

    probe.process().destroy();

    assertThat(probe.outcome().code()).isEqualTo(3);
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
  }

  private void awaitCalls(int count) {
    Await.until("kafka-pod to be called", LIMIT, sandbox::calls, calls -> calls.size() == count);
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void waitsForAnotherProbeAndGivesUpInTime(Shell shell, Turns turns) throws Exception {
    Running holder = turns.takenIn(sandbox, sandbox.runDirectory());
    turns.in(sandbox).set("KAFKA_POD_PROBE_TIMEOUT", "1s");
    long start = System.nanoTime();

    assertThat(sandbox.run(shell, "ready")).isEqualTo(new Outcome(3, BUSY, ""));
    assertThat(System.nanoTime() - start).isBetween(500_000_000L, 2_500_000_000L);
    assertThat(sandbox.calls()).isEmpty();
    end(holder);
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void takesAVerdictThatComesWhileItWaits(Shell shell, Turns turns) throws Exception {
    Running holder = turns.takenIn(sandbox, sandbox.runDirectory());
    Running probe = turns.in(sandbox).set("KAFKA_POD_PROBE_TIMEOUT", "30s").start(shell, "ready");
    Await.until(
        "the probe to wait",
        LIMIT,
        () -> probe.process().toHandle().descendants().count(),
        children -> children > 0);

    sandbox.with(aVerdict().with("ready 1 not ready: as the agent says"));

    assertThat(probe.outcome()).isEqualTo(new Outcome(1, "not ready: as the agent says\n", ""));
    assertThat(sandbox.calls()).isEmpty();
    end(holder);
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void locksInTheTemporaryDirectoryWhereTheRunDirectoryIsMissing(Shell shell, Turns turns)
      throws Exception {
    Running holder = turns.takenIn(sandbox, sandbox.tmp(""));
    turns
        .in(sandbox)
        .set("KAFKA_POD_RUN_DIR", directory.resolve("missing").toString())
        .set("KAFKA_POD_PROBE_TIMEOUT", "300ms");

    assertThat(sandbox.run(shell, "ready").out()).isEqualTo(BUSY);
    end(holder);
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void doesWithoutALockWhereNothingCanBeLocked(Shell shell, Turns turns) {
    Path file = sandbox.bin("code");
    turns.in(sandbox).set("KAFKA_POD_RUN_DIR", file.toString()).set("TMPDIR", file.toString());

    assertThat(sandbox.run(shell, "ready").code()).isZero();
    assertThat(sandbox.calls()).hasSize(1);
  }

  /** What lies in a lock's place, by the shell command that puts it there. */
  private static final List<String> PLANTED =
      List.of(
          "mkdir %s",
          "mkfifo %s",
          "echo 1-1 >%s",
          "ln -s ../elsewhere %s",
          "ln -s ../elsewhere/precious %s",
          "ln -s /nonexistent/../../elsewhere/precious %s",
          "ln -s ../elsewhere/1-1 %s",
          "ln -s 1-../../elsewhere/precious %s");

  /** Neither in the run directory nor, where that is missing, in the one for temporary files. */
  @ParameterizedTest
  @MethodSource("inEveryShell")
  void whateverLiesInTheLocksPlaceNothingElsewhereIsTouched(Shell shell, Turns turns)
      throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "precious");
    // where taking over from what a link says would end up
    Files.createSymbolicLink(directory.resolve("run/kafka-pod-fallback.after-1-"), elsewhere);
    Map<String, String> before = tree(elsewhere);
    turns.in(sandbox);
    for (String planted : PLANTED) {
      for (Path place : List.of(sandbox.runDirectory(), sandbox.tmp(""))) {
        Path lock = place.resolve("kafka-pod-fallback");
        String command = planted.replace("%s", lock.toString());
        assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();

        Path runDirectory =
            place.equals(sandbox.runDirectory()) ? place : directory.resolve("missing");
        sandbox.set("KAFKA_POD_RUN_DIR", runDirectory.toString());
        Outcome outcome = sandbox.run(shell, "ready");

        assertThat(outcome.code()).as("%s: %s", command, outcome).isZero();
        assertThat(tree(elsewhere)).as(command).isEqualTo(before);
        Files.deleteIfExists(lock); // also that a directory is empty still
      }
    }
  }

  private static Map<String, String> tree(Path directory) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        tree.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return tree;
  }

  private static List<Shell> ten() {
    List<Shell> shells = Shell.all();
    return IntStream.range(0, 10).mapToObj(i -> shells.get(i % shells.size())).toList();
  }

  @ParameterizedTest
  @MethodSource("inEveryShell")
  void runsKafkaPodOnceAtATimeForTwo(Shell shell, Turns turns) {
    turns.in(sandbox.withSlowLauncher());

    assertAllAnswerOneByOne(List.of(shell, shell));
  }

  @ParameterizedTest
  @EnumSource(Turns.class)
  void runsKafkaPodOnceAtATimeForTen(Turns turns) {
    turns.in(sandbox.withSlowLauncher());

    assertAllAnswerOneByOne(ten());
  }

  @ParameterizedTest
  @EnumSource(Turns.class)
  void runsKafkaPodOnceAtATimeWhereTheRunDirectoryCannotBeWritten(Turns turns) {
    // permissions don't stop root, but nobody can make files in there
    turns.in(sandbox.withSlowLauncher()).set("KAFKA_POD_RUN_DIR", "/proc/sys/kernel");

    assertAllAnswerOneByOne(ten().subList(0, 5));
  }

  private void assertAllAnswerOneByOne(List<Shell> shells) {
    sandbox.set("KAFKA_POD_PROBE_TIMEOUT", "1m");
    List<Running> probes = shells.stream().map(shell -> sandbox.start(shell, "ready")).toList();

    assertThat(probes).extracting(probe -> probe.outcome().code()).containsOnly(0);
    assertThat(sandbox.calls()).hasSize(shells.size());
    assertThat(sandbox.overlaps()).isEmpty();
  }

  /** Kubernetes kills a probe that takes too long, and not what it has started. */
  @ParameterizedTest
  @EnumSource(Shell.class)
  void theKernelsLockIsHeldUntilKafkaPodHasEndedWhateverBecomesOfItsProbe(Shell shell)
      throws Exception {
    Path hold = sandbox.write("bin/hold", "");
    Running killed = sandbox.start(shell, "ready");
    awaitCalls(1);
    killed.process().destroyForcibly().waitFor();

    Running next = sandbox.set("KAFKA_POD_PROBE_TIMEOUT", "1s").start(shell, "ready");
    assertThat(next.outcome()).isEqualTo(new Outcome(3, BUSY, ""));
    Files.delete(hold);

    assertThat(sandbox.set("KAFKA_POD_PROBE_TIMEOUT", "30s").run(shell, "ready").code()).isZero();
    assertThat(sandbox.calls()).hasSize(2);
    assertThat(sandbox.overlaps()).isEmpty();
  }
}
