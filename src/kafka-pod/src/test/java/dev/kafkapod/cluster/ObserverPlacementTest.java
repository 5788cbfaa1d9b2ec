package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserverPlacementTest {

  /** As Confluent's documentation shows it. */
  private static final String STRETCHED =
      """
      {"version": 2,
       "replicas": [{"count": 2, "constraints": {"rack": "east"}}],
       "observers": [{"count": 1, "constraints": {"rack": "west"}}, {"count": 1, "constraints": {"rack": "north"}}],
       "observerPromotionPolicy": "under-min-isr"}
      """;

  private static final Map<Integer, String> RACKS =
      Map.of(1, "east", 2, "east", 3, "west", 4, "north");

  @Test
  void readsHowManyObserversThereAreAndWhere() {
    assertThat(ObserverPlacement.of(STRETCHED))
        .contains(new ObserverPlacement(2, Set.of("west", "north")));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "{",
        "{}",
        "{\"version\": 1, \"replicas\": [{\"count\": 2, \"constraints\": {\"rack\": \"east\"}}]}",
        "{\"observers\": []}",
        "{\"observers\": 3}",
        "{\"observers\": [{\"count\": 1}]}",
        "{\"observers\": [{\"count\": 0, \"constraints\": {\"rack\": \"west\"}}]}",
        "{\"observers\": [{\"count\": 1, \"constraints\": {\"zone\": \"west\"}}]}"
      })
  void readsNothingElseIntoIt(String value) {
    assertThat(ObserverPlacement.of(value)).isEmpty();
  }

  @Test
  void theLastReplicasInTheirRacksAreObservers() {
    assertThat(among(List.of(1, 2, 3, 4), List.of(1, 2))).containsExactly(3, 4);
  }

  @Test
  void aPromotedObserverIsNoneAndWhoFellOutOfSyncForItIsNoneEither() {
    assertThat(among(List.of(1, 2, 3, 4), List.of(1, 3))).containsExactly(4);
  }

  @Test
  void aReplicaInAnotherRackIsNoObserver() {
    assertThat(among(List.of(3, 4, 1, 2), List.of(3))).isEmpty();
  }

  @Test
  void aReplicaWhoseRackIsNotKnownIsNoObserver() {
    assertThat(among(List.of(1, 2, 3, 9), List.of(1, 2))).containsExactly(3);
  }

  @Test
  void thereMayBeFewerReplicasThanObserversAreMeantToBe() {
    assertThat(among(List.of(3), List.of())).containsExactly(3);
  }

  private static List<Integer> among(List<Integer> replicas, List<Integer> isr) {
    return ObserverPlacement.of(STRETCHED).orElseThrow().among(replicas, isr, RACKS);
  }
}
