package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedBrokerTest {

  private static final String LOG =
      """
      [2026-11-23 02:53:44,379] INFO Registered `kafka:type=kafka.Log4jController` MBean (kafka.utils.Log4jControllerRegistration$)
      [2026-11-23 02:53:46,017] INFO [KafkaRaftServer nodeId=0] Kafka Server started (kafka.server.KafkaRaftServer)
      """;

  @Test
  void takesTheTimeThatTheLogGives() {
    assertThat(StartedBroker.startedMillis(LOG))
        .isEqualTo(
            LocalDateTime.of(2026, 11, 23, 2, 53, 46, 17_000_000)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli());
  }

  @Test
  void waitsForTheWholeLine() {
    assertThat(StartedBroker.startedMillis(LOG.lines().findFirst().orElseThrow())).isZero();
  }

  @Test
  void readsResidentMemoryInMillionsOfBytes() {
    assertThat(
            StartedBroker.residentMegabytes(List.of("VmHWM:\t  400000 kB", "VmRSS:\t  250000 kB")))
        .isEqualTo(256.0);
    assertThatIllegalStateException()
        .isThrownBy(() -> StartedBroker.residentMegabytes(List.of()))
        .withMessage("/proc has no VmRSS");
  }
}
