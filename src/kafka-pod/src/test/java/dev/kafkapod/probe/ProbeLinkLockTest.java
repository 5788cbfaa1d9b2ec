package dev.kafkapod.probe;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The lock that is a link, where there is no flock: who takes over from a probe that has died. */
class ProbeLinkLockTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
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

  static Stream<Arguments> staleLocks() {
    Sighting self = Sighting.ofThisProcess();
    return inEveryShell(
        DEAD,
        new Sighting(self.pid(), self.ticks() + 1).holder(),
        "rubbish",
        "../elsewhere",
        "1-../x");
  }

  @ParameterizedTest
  @MethodSource("staleLocks")
  void takesOverALockWhoseHolderIsDead(Shell shell, String holder) {
    sandbox.withLockOf(holder).withoutFlock();

    assertThat(sandbox.run(shell, "ready").code()).isZero();
    assertThat(sandbox.lock()).doesNotExist();
    assertThat(sandbox.calls()).hasSize(1);
  }

  /**
   * One probe sees that the holder is dead, and before it does anything about it, another one has
   * taken over. Busybox would run its own readlink, whatever the PATH says.
   */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUSYBOX")
  void doesNotTakeTheLockFromAProbeThatTookItOverFirst(Shell shell) throws IOException {
    sandbox.withLockOf(DEAD).withoutFlock();
    String tools = directory.resolve("tools").toString();
    sandbox.set("PATH", slowReadlink() + ":" + tools);
    Running slow = sandbox.start(shell, "ready");
    Await.until("readlink", LIMIT, this::readlinks, seen -> seen == 1);
    sandbox.set("PATH", tools);
    Path hold = sandbox.write("bin/hold", "");
    Running fast = sandbox.start(shell, "ready");
    Await.until("kafka-pod to be called", LIMIT, sandbox::calls, calls -> calls.size() == 1);

    sandbox.write("slow/go", "");

    Await.until(
        "the slow one to wait for its turn, or not",
        LIMIT,
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

  /** Also with a probe that was killed while it took over from one that had been killed. */
  @Test
  void runsKafkaPodOnceAtATimeForTenWhoTakeOverALock() {
    sandbox.withSlowLauncher().withLockOf(DEAD).withoutFlock().set("KAFKA_POD_PROBE_TIMEOUT", "1m");
    Sandbox.link(sandbox.runDirectory().resolve("kafka-pod-fallback.after-" + DEAD), "999999998-1");
    List<Shell> shells = Shell.all();

    List<Running> probes =
        IntStream.range(0, 10)
            .mapToObj(i -> sandbox.start(shells.get(i % shells.size()), "ready"))
            .toList();

    assertThat(probes).extracting(probe -> probe.outcome().code()).containsOnly(0);
    assertThat(sandbox.calls()).hasSize(10);
    assertThat(sandbox.overlaps()).isEmpty();
    assertThat(sandbox.runDirectory()).isEmptyDirectory();
  }
}
