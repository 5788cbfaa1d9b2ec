package dev.kafkapod.formatting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryIdsTest {

  /** Another id would make controllers that were formatted before strangers to those after. */
  @Test
  void allControllersFindTheSameDirectoryIdForANodeAndAlwaysWill() {
    assertThat(DirectoryIds.of("xCx", 1)).isEqualTo("vIDf7JCSP829Ga1l3z_h9w");
  }

  @Test
  void everyNodeOfEveryClusterHasAnotherThatNoToolTakesForAnOption() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> DirectoryIds.of("cluster-" + i / 10, i % 10)))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[A-Za-z0-9_][A-Za-z0-9_-]{21}"));
  }
}
