package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandInShapeTest {

  @Test
  void hasAsManyPartitionsAsAskedFor() {
    for (int partitions : List.of(1_000, 10_000, 100_000, 200_000)) {
      assertThat(StandInShape.of(partitions, 0).partitions()).isEqualTo(partitions);
    }
  }

  @Test
  void givesEveryTopicAName() {
    StandInShape shape = StandInShape.of(200_000, 0);

    assertThat(IntStream.range(0, shape.topics()).mapToObj(shape::topic)).doesNotHaveDuplicates();
    assertThat(shape.topic(1_999)).isEqualTo("web.visit.snapshot.v3");
  }

  @Test
  void spreadsReplicasOverNeighboursAndLeadersOverAllBrokers() {
    StandInShape shape = new StandInShape(4, 2, 3, 0);

    assertThat(shape.replicas(0, 0)).containsExactly(0, 1, 2);
    assertThat(shape.replicas(0, 2)).containsExactly(2, 3, 0);
    assertThat(shape.replicas(1, 2)).containsExactly(3, 0, 1);
    assertThat(shape.isr(1, 2)).containsExactly(3, 0, 1);
  }

  @Test
  void shrinksIsrsEvenlyInAHundredTopics() {
    StandInShape shape = StandInShape.of(100_000, 1_000);

    List<Long> shrunken =
        IntStream.range(0, shape.topics())
            .mapToObj(
                topic ->
                    IntStream.range(0, shape.partitionsPerTopic())
                        .filter(partition -> shape.isr(topic, partition).size() == 2)
                        .count())
            .filter(count -> count > 0)
            .toList();
    assertThat(shrunken).hasSize(100).containsOnly(10L);
    assertThat(shape.shrunkenTopics()).isEqualTo(100);
  }

  @Test
  void readsItsOwnArguments() {
    StandInShape shape = new StandInShape(6, 100, 10, 200);

    assertThat(StandInShape.parse(shape.arguments().toArray(String[]::new))).isEqualTo(shape);
  }

  @Test
  void refusesWhatCanNotBeSpreadEvenly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StandInShape(6, 1_000, 100, 150))
        .withMessage(
            "150 shrunken partitions can't be spread evenly over 100 topics of 100 partitions");
  }
}
