package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static dev.kafkapod.probe.VerdictText.aVerdictOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.Zombie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A verdict counts only for the process, and the boot, of which it speaks. */
class ProbeVerdictProcessTest {

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withoutAnythingToFallBackOn() {
    sandbox = new Sandbox(directory).set("PATH", "/nonexistent");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictOfAnotherBoot(Shell shell) {
    sandbox.with(aVerdict().with("boot 0c2f6a3e-58c3-4f4e-9f4f-6d6a3d0b8a55"));

    assertThat(sandbox.whyNot(shell)).isEqualTo(sandbox.verdictFile() + " is of another boot");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictOfAProcessThatIsGone(Shell shell) {
    sandbox.with(aVerdictOf(new Sighting(999_999_999, 1)));

    assertThat(sandbox.whyNot(shell))
        .isEqualTo(sandbox.verdictFile() + " is of process 999999999, which is gone");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictOfAnEarlierProcessWithTheSameId(Shell shell) {
    Sighting self = Sighting.ofThisProcess();
    sandbox.with(aVerdictOf(new Sighting(self.pid(), self.ticks() - 1)));

    assertThat(sandbox.whyNot(shell))
        .isEqualTo(sandbox.verdictFile() + " is of process " + self.pid() + ", which is gone");
  }

  /** It answers nobody any more, though its id is still taken. */
  @ParameterizedTest
  @EnumSource(Shell.class)
  void refusesAVerdictOfAProcessThatHasEndedAndThatNobodyHasWaitedFor(Shell shell)
      throws Exception {
    try (Zombie zombie = Zombie.start()) {
      Path stat = Path.of("/proc/" + zombie.pid() + "/stat");
      Await.until(
          "a zombie",
          Duration.ofSeconds(10),
          () -> Files.readString(stat),
          seen -> seen.contains(") Z "));
      sandbox.with(aVerdictOf(Sighting.of(zombie.pid())));

      assertThat(sandbox.whyNot(shell))
          .isEqualTo(sandbox.verdictFile() + " is of process " + zombie.pid() + ", which is gone");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void findsTheTicksOfAProcessWithSpacesAndParenthesesInItsName(Shell shell) throws Exception {
    Path odd = directory.resolve("a) (b 1");
    Files.copy(Path.of("/bin/sleep"), odd);
    assertThat(odd.toFile().setExecutable(true)).isTrue();
    Process process = new ProcessBuilder(odd.toString(), "60").start();
    try {
      assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/stat")))
          .contains("(a) (b 1)");
      sandbox.with(aVerdictOf(Sighting.of(process.pid())));

      assertThat(sandbox.run(shell, "ready").code()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
