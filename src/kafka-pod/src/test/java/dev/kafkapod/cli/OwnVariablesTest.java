package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.settings.EnvironmentVariable;
import dev.kafkapod.settings.OwnVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of variables says what the commands and the scripts read. */
class OwnVariablesTest {

  private static Stream<CommandSpec> commands() {
    return HelpTest.commands().values().stream()
        .flatMap(
            it ->
                Stream.concat(
                    Stream.of(it),
                    it.subcommands().values().stream().map(sub -> sub.getCommandSpec())));
  }

  @Test
  void everyOptionOfEveryCommandIsOne() {
    assertThat(
            commands()
                .flatMap(it -> it.options().stream())
                .filter(it -> !EnvironmentDefaults.isOfCommandLineOnly(it))
                .map(OptionSpec::longestName)
                .map(EnvironmentVariable::of))
        .hasSizeGreaterThan(50)
        .allMatch(OwnVariables::isRead);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/kafka-pod/src/main/launcher/kafka-pod",
        "scripts/entrypoint",
        "probe/kafka-pod-probe",
        "probe/kafka-pod-probe.slow"
      })
  void whateverAScriptReadsIsOne(String script) throws IOException {
    assertThat(
            Pattern.compile("KAFKA_POD_[A-Z_]*[A-Z]")
                .matcher(Files.readString(Path.of(script)))
                .results()
                .map(MatchResult::group))
        .isNotEmpty()
        .allMatch(OwnVariables::isRead);
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_POD_BOOTSTAP, KAFKA_POD_BOOTSTRAP",
    "KAFKA_POD_TEMPLTE, KAFKA_POD_TEMPLATE",
    "KAFKA_POD_NODEID_BASE, KAFKA_POD_NODE_ID_BASE",
    "KAFKA_POD_SCRAM_USER_FILE, KAFKA_POD_SCRAM_USERS_FILE",
    "KAFKA_POD_JVM_OPTS, KAFKA_POD_JVM_OPTIONS",
    "KAFKA_POD_NAMESPACE, POD_NAMESPACE",
    "KAFKA_POD_NAME, POD_NAME",
  })
  void whatWasMeantIsFound(String variable, String meant) {
    assertThat(OwnVariables.isRead(variable)).isFalse();
    assertThat(OwnVariables.meant(variable)).contains(meant);
  }

  @Test
  void nothingIsMeantByAWordOfItsOwn() {
    assertThat(OwnVariables.meant("KAFKA_POD_TEAM_OF_THE_DAY")).isEmpty();
    assertThat(OwnVariables.isRead("KAFKA_POD_HELP")).isFalse();
  }
}
