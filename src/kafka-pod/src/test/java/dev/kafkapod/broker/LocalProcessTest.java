package dev.kafkapod.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Unanswered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whether a process can be asked, from what /proc says of it. */
class LocalProcessTest {

  @Test
  void aJvmThatRunsItsMainClassIsNotStarting() {
    assertThat(new LocalProcess(ProcessHandle.current().pid()).isStarting()).isFalse();
  }

  @Test
  void aYoungProcessWithoutTheThreadThatJavaStartsLastIsNotAttachedTo() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      LocalProcess local = new LocalProcess(process.pid());

      assertThat(local.isStarting()).isTrue();
      // had it been attached to, the signal would have ended it
      assertThatThrownBy(() -> new AttachedBrokerProbe(local).snapshot())
          .isInstanceOf(Unanswered.class)
          .hasMessage(
              "the broker process %d is still starting its Java, which being asked so early would harm; ask again",
              process.pid());
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
