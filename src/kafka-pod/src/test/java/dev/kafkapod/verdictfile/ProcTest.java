package dev.kafkapod.verdictfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.Zombie;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProcTest {

  private static final long NO_PROCESS = Integer.MAX_VALUE;

  @Test
  void knowsThisProcess() throws IOException {
    ProcessIdentity self = Proc.self();

    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(Proc.startTicks(self.pid())).isEqualTo(OptionalLong.of(self.startTicks()));
    assertThat(self.boot())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .isEqualTo(Proc.bootId());
  }

  @Test
  void agreesWithTheJdkOnWhenAProcessBegan() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    ProcessHandle parent = self.parent().orElseThrow();
    Duration between =
        Duration.between(
            parent.info().startInstant().orElseThrow(), self.info().startInstant().orElseThrow());

    long ticks = Proc.self().startTicks() - Proc.startTicks(parent.pid()).orElseThrow();

    // Linux has a hundred ticks in a second, and the JDK computes with them too
    assertThat(ticks * 10).isCloseTo(between.toMillis(), offset(20L));
  }

  @Test
  void knowsNothingOfAProcessThatDoesNotExist() {
    assertThat(Proc.startTicks(NO_PROCESS)).isEmpty();
  }

  @Test
  void knowsNothingOfWhatIsLeftOfAProcessThatHasEnded() {
    try (Zombie zombie = Zombie.start()) {
      Await.until(
          "a process that has ended to be gone",
          Duration.ofSeconds(20),
          () -> Proc.startTicks(zombie.pid()),
          OptionalLong::isEmpty);

      assertThat(Path.of("/proc/" + zombie.pid())).exists();
    }
  }

  @Test
  void countsTheSecondsSinceBoot() throws IOException {
    Instant began = ProcessHandle.current().info().startInstant().orElseThrow();
    long running = Duration.between(began, Instant.now()).toSeconds();

    // the process began after the boot
    assertThat(Proc.uptimeSeconds()).isGreaterThanOrEqualTo(running - 1);
    assertThat(Proc.uptimeSeconds() * 100).isGreaterThanOrEqualTo(Proc.self().startTicks());
  }
}
