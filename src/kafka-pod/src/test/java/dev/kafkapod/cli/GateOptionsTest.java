package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class GateOptionsTest {

  @Test
  void takesTheBalancedPresetByDefault() {
    assertThat(parse().policy().gates()).isEqualTo(GatePreset.BALANCED.gates());
  }

  @ParameterizedTest
  @EnumSource
  void takesThePresetThatIsNamed(GatePreset preset) {
    assertThat(parse("--gate=" + preset.optionName()).policy().gates()).isEqualTo(preset.gates());
  }

  @Test
  void changesSingleGatesOfThePreset() {
    Map<Condition, Gate> gates = new EnumMap<>(GatePreset.STRICT.gates());
    gates.put(Condition.AT_MIN_ISR, Gate.STARTUP);
    gates.put(Condition.QUORUM, Gate.OFF);

    assertThat(parse("--gate=strict", "--when=at-min-isr=startup,quorum=off").policy().gates())
        .isEqualTo(gates);
  }

  @Test
  void allowsNoPartitionToBeWrongByDefault() {
    assertThat(parse().policy().thresholds())
        .containsOnlyKeys(Condition.countingPartitions())
        .allSatisfy((condition, threshold) -> assertThat(threshold).isZero());
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void givesEachConditionItsOwnThreshold(Condition condition) {
    assertThat(parse("--max-" + condition.optionName() + "=7").policy().thresholds())
        .containsEntry(condition, 7)
        .containsValue(0);
  }

  @ParameterizedTest
  @CsvSource({"test-1, true", "my-test-1, false", "test, false"})
  void leavesOutTopicsWhoseWholeNameMatches(String topic, boolean leftOut) {
    assertThat(parse("--exclude-topics=test-.*").policy().excludedTopics().test(topic))
        .isEqualTo(leftOut);
  }

  @Test
  void leavesOutNoTopicByDefault() {
    assertThat(parse().policy().excludedTopics().test("")).isFalse();
  }

  @Test
  void judgesABrokerThatHasNotBeenReadyByDefault() {
    assertThat(parse().latched()).isFalse();
  }

  @Test
  void judgesABrokerThatHasBeenReadyOnDemand() {
    assertThat(parse("--latched").latched()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void isToldByAVariableWhetherTheBrokerHasBeenReady(String variable, boolean latched) {
    assertThat(parse(Map.of("KAFKA_POD_LATCHED", variable)).latched()).isEqualTo(latched);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void isLatchedByTheOptionWhateverTheVariableSays(String variable) {
    assertThat(parse(Map.of("KAFKA_POD_LATCHED", variable), "--latched").latched()).isTrue();
  }

  private static GateOptions parse(String... args) {
    return parse(Map.of(), args);
  }

  private static GateOptions parse(Map<String, String> environment, String... args) {
    CommandSpec spec = CommandSpec.create();
    GateOptions options = new GateOptions(spec);
    new CommandLine(spec)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .parseArgs(args);
    return options;
  }
}
