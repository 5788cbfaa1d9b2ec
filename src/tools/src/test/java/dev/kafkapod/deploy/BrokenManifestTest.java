package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, broken in an overlay that is in order otherwise, is named, and nothing else is. */
class BrokenManifestTest {

  static List<Edit> edits() {
    return Stream.of(RolloutEdits.all(), PodEdits.all(), SecurityEdits.all(), ExposureEdits.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void isNamedByTheRuleThatItBreaks(Edit edit) {
    Overlay overlay = Overlay.build("single");

    edit.edit().accept(overlay);

    assertThat(Rules.broken(overlay)).containsExactlyInAnyOrderElementsOf(edit.messages());
    assertThat(Rules.ALL)
        .filteredOn(it -> it.name().equals(edit.rule()))
        .flatExtracting(it -> it.broken(overlay))
        .isNotEmpty();
  }

  @Test
  void thereIsAnEditForEachRule() {
    assertThat(edits().stream().map(Edit::rule).distinct())
        .containsExactlyInAnyOrderElementsOf(Rules.ALL.stream().map(Rule::name).toList());
  }
}
