package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ProducerRunTest {

  private static final String INTERVAL =
      "21001 records sent, 4200.2 records/sec (4.01 MB/sec), 2.5 ms avg latency, 91.0 ms max latency.\n";
  private static final String ALL =
      "400000 records sent, 28000.00 records/sec (26.70 MB/sec), 400.10 ms avg latency, 900.00 ms max latency, 390 ms 50th, 700 ms 95th, 850 ms 99th, 890 ms 99.9th.\n";
  private static final String STEADY =
      "300000 steady state records sent, 30123.45 records/sec (28.73 MB/sec), 350.10 ms avg latency, 800.00 ms max latency, 340 ms 50th, 600 ms 95th, 750 ms 99th, 790 ms 99.9th.\n";

  @Test
  void readsTheSummary() {
    assertThat(ProducerRun.parse(INTERVAL + ALL)).isEqualTo(new ProducerRun(28_000, 850));
  }

  @Test
  void leavesOutTheWarmUpWhereItIsLeftOut() {
    assertThat(ProducerRun.parse(INTERVAL + ALL + STEADY))
        .isEqualTo(new ProducerRun(30_123.45, 750));
  }

  @Test
  void refusesOutputWithoutASummary() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ProducerRun.parse(INTERVAL))
        .withMessageStartingWith("kafka-producer-perf-test printed no summary:");
  }
}
