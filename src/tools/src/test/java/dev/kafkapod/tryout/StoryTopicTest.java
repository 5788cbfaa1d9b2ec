package dev.kafkapod.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoryTopicTest {

  private static final StoryTopic ORDERS = new StoryTopic("orders", 6, 3, 2);
  private static final StoryTopic PAIRS = new StoryTopic("pairs", 2, 2, 2);
  private static final StoryTopic SOLO = new StoryTopic("solo", 1, 1, 1);

  @Test
  void countsTopicsWithAReplicaToSpare() {
    assertThat(StoryTopic.counted(List.of(ORDERS, PAIRS, SOLO))).isEqualTo(Map.of("orders", 2));
  }

  @Test
  void saysWhichTopicsItLeavesOutAndWhy() {
    assertThat(StoryTopic.leftOut(List.of(ORDERS, PAIRS, SOLO)))
        .containsExactly(
            "These figures leave out pairs: it has 2 replicas and min.insync.replicas 2, so it has none to spare, and every restart of a broker with one of them takes it under its min ISR.",
            "These figures leave out solo: it has 1 replica and min.insync.replicas 1, so it has none to spare, and every restart of a broker with one of them takes it under its min ISR.");
  }

  @Test
  void saysNothingIfItCountsAll() {
    assertThat(StoryTopic.leftOut(List.of(ORDERS))).isEmpty();
  }
}
