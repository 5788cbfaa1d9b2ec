package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| .+ \\| (\\w+) \\| (\\w+) \\| (\\w+) \\|$");

  private static List<MatchResult> documented() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/readiness.md"))).results().toList();
  }

  @Test
  void isListedInTheOrderOfTheDocumentedTable() throws IOException {
    assertThat(documented())
        .extracting(row -> row.group(1))
        .containsExactlyElementsOf(Condition.optionNames());
  }

  @Test
  void hasTheGatesOfTheDocumentedTable() throws IOException {
    assertThat(documented())
        .allSatisfy(
            row ->
                assertThat(
                        Stream.of(GatePreset.values())
                            .map(it -> it.gates().get(Condition.named(row.group(1)).orElseThrow()))
                            .map(Gate::optionName))
                    .containsExactly(row.group(2), row.group(3), row.group(4)));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsOptionName(Condition condition) {
    assertThat(Condition.named(condition.optionName())).contains(condition);
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThat(Condition.named("AT_MIN_ISR")).isEmpty();
  }

  /** A threshold makes sense where there is a number of partitions to compare with. */
  @Test
  void countsPartitionsWhereItsFindingNamesThem() {
    assertThat(Condition.countingPartitions())
        .isNotEmpty()
        .isEqualTo(
            Arrays.stream(Condition.values())
                .filter(it -> ReadinessPolicyTest.alone(it) instanceof Finding.HoldsFor)
                .collect(Collectors.toList()));
  }

  @Test
  void saysInOnePhraseWhenItHolds() {
    assertThat(Condition.FENCED.meaning()).isEqualTo("the controller has fenced this broker");
  }
}
