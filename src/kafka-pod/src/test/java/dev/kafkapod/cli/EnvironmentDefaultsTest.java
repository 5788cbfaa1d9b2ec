package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class EnvironmentDefaultsTest {

  private static final OptionSpec BOOTSTRAP_SERVER =
      Options.option("--bootstrap-server", "HOST:PORT", String.class).build();

  @Test
  void takesTheValueFromTheVariableNamedAfterTheOption() {
    assertThat(defaults("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092").defaultValue(BOOTSTRAP_SERVER))
        .isEqualTo("a:9092");
  }

  @Test
  void namesTheVariable() {
    assertThat(defaults("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092").variable(BOOTSTRAP_SERVER))
        .contains("KAFKA_POD_BOOTSTRAP_SERVER");
  }

  @Test
  void goesByTheLongestOfAnOptionsNames() {
    OptionSpec output = OptionSpec.builder("-o", "--output").build();

    assertThat(defaults("KAFKA_POD_OUTPUT", "json").variable(output)).contains("KAFKA_POD_OUTPUT");
  }

  @Test
  void hasNoValueWithoutTheVariable() {
    assertThat(defaults("KAFKA_POD_OUTPUT", "json").defaultValue(BOOTSTRAP_SERVER)).isNull();
  }

  /** A line end, for example, that a ConfigMap's text has. */
  @Test
  void blanksAreNoPartOfAValue() {
    assertThat(defaults("KAFKA_POD_BOOTSTRAP_SERVER", " a:9092\n").defaultValue(BOOTSTRAP_SERVER))
        .isEqualTo("a:9092");
    assertThat(defaults("KAFKA_POD_BOOTSTRAP_SERVER", " \n").defaultValue(BOOTSTRAP_SERVER))
        .isNull();
  }

  @Test
  void takesAnEmptyVariableForUnset() {
    assertThat(defaults("KAFKA_POD_BOOTSTRAP_SERVER", "").defaultValue(BOOTSTRAP_SERVER)).isNull();
  }

  @Test
  void hasNoVariableForHelp() {
    OptionSpec help = Options.flag("--help").usageHelp(true).build();

    assertThat(defaults("KAFKA_POD_HELP", "true").variable(help)).isEmpty();
  }

  @Test
  void hasNoVariableForTheVersion() {
    OptionSpec version = Options.flag("--version").versionHelp(true).build();

    assertThat(defaults("KAFKA_POD_VERSION", "true").variable(version)).isEmpty();
  }

  @Test
  void hasNoVariableForAnArgumentThatIsNoOption() {
    assertThat(defaults("KAFKA_POD_", "x").variable(PositionalParamSpec.builder().build()))
        .isEmpty();
  }

  private static EnvironmentDefaults defaults(String variable, String value) {
    return new EnvironmentDefaults(Map.of(variable, value));
  }
}
