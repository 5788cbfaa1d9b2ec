package dev.kafkapod.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopHookTest {

  private static final Path RUN = Path.of("/run/kafka-pod");

  @Test
  void isTheHookOfOnePodAmongSeveralOnAMachine() {
    assertThat(new StopHook(false, "127.0.0.1:9092", Duration.ofMinutes(5)).command(7, RUN))
        .containsExactly(
            "await-safe-stop", "--max-wait=300s", "--pid=7", "--run-dir=/run/kafka-pod");
  }

  @Test
  void namesBrokersThatKeepTheTurnsWhereTheNodeIsNone() {
    assertThat(new StopHook(true, "", Duration.ofSeconds(90)).command(7, RUN))
        .endsWith("--run-dir=/run/kafka-pod", "--turns=on");
    assertThat(new StopHook(true, "127.0.0.1:9092", Duration.ofSeconds(90)).command(7, RUN))
        .endsWith("--turns=on", "--turns-bootstrap-server=127.0.0.1:9092");
  }
}
