package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void isClearWithoutPartitions() {
    assertThat(Finding.of(List.of())).isEqualTo(new Finding.Clear());
  }

  @Test
  void holdsForItsPartitionsSortedByName() {
    PartitionState last = aPartition("payments", 0).build();
    PartitionState second = aPartition("orders", 10).build();
    PartitionState first = aPartition("orders", 9).build();

    Finding finding = Finding.of(List.of(last, second, first));

    assertThat(((Finding.HoldsFor) finding).partitions()).containsExactly(first, second, last);
  }

  @Test
  void isUnknownWhereNothingWasFoundAndNotAllCouldBeSeen() {
    assertThat(new Finding.Clear().incomplete("topics are hidden"))
        .isEqualTo(new Finding.Unknown("topics are hidden"));
  }

  @Test
  void stillHoldsForWhatWasSeenWhereNotAllCouldBeSeen() {
    List<PartitionState> partitions = List.of(aPartition("orders", 0).build());

    assertThat(Finding.of(partitions).incomplete("topics are hidden"))
        .isEqualTo(new Finding.HoldsFor(partitions, Optional.of("topics are hidden")));
  }

  @Test
  void keepsItsOwnCauseWhereNothingCouldBeSeenAnyway() {
    assertThat(new Finding.Unknown("no cluster").incomplete("topics are hidden"))
        .isEqualTo(new Finding.Unknown("no cluster"));
  }

  @Test
  void cannotHoldForNoPartition() {
    assertThatThrownBy(() -> new Finding.HoldsFor(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a condition that holds for no partition doesn't hold");
  }
}
