package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ClusterOptionsTest {

  @Test
  void asksTheBrokersThatAreNamed() {
    assertThat(parse("--bootstrap-server=a:9092,b:9093").clientSettings())
        .isEqualTo(new ClientSettings(Asked.BROKERS, List.of("a:9092", "b:9093"), Map.of()));
  }

  @Test
  void collectsBrokersThatAreNamedOneByOne() {
    assertThat(parse("--bootstrap-server=a:9092", "--bootstrap-server", "b:9093").clientSettings())
        .isEqualTo(new ClientSettings(Asked.BROKERS, List.of("a:9092", "b:9093"), Map.of()));
  }

  @Test
  void asksTheControllersThatAreNamed() {
    assertThat(parse("--bootstrap-controller=a:9094").clientSettings())
        .isEqualTo(
            settings(Asked.CONTROLLERS, "--bootstrap-controller", "--command-config", "a:9094"));
  }

  @Test
  void asksWhomTheCommandLineNamesRatherThanAVariable() {
    assertThat(
            parse(Map.of("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092"), "--bootstrap-controller=b:9094")
                .clientSettings())
        .isEqualTo(
            settings(Asked.CONTROLLERS, "--bootstrap-controller", "--command-config", "b:9094"));
  }

  @Test
  void asksWhomAVariableNames() {
    assertThat(parse(Map.of("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092,b:9092")).clientSettings())
        .isEqualTo(
            settings(
                Asked.BROKERS,
                "KAFKA_POD_BOOTSTRAP_SERVER",
                "--command-config",
                "a:9092",
                "b:9092"));
  }

  @Test
  void namesWhatHasNamedTheSettingsForClients(@TempDir Path directory) throws IOException {
    String file = Files.createFile(directory.resolve("client.properties")).toString();

    assertThat(
            parse(Map.of("KAFKA_POD_COMMAND_CONFIG", file), "--bootstrap-server=a:9092")
                .clientSettings())
        .isEqualTo(
            settings(Asked.BROKERS, "--bootstrap-server", "KAFKA_POD_COMMAND_CONFIG", "a:9092"));
  }

  private static ClientSettings settings(
      Asked asked, String servers, String commandConfig, String... addresses) {
    return new ClientSettings(
        asked,
        List.of(addresses),
        Map.of(),
        Optional.empty(),
        new ClientSettings.Source(
            new SettingsOrigin(servers, commandConfig, false), commandConfig));
  }

  @Test
  void checksTheListenerThatIsNamed() {
    assertThat(parse("--listener=[fd00::1]:9092").localListener())
        .isEqualTo(Answer.known(new Address("[fd00::1]", 9092)));
  }

  @Test
  void leavesTheListenerToTheClusterByDefault() {
    assertThat(parse("--bootstrap-server=a:9092").localListener().value()).isEmpty();
  }

  private static ClusterAccess parse(String... args) {
    return parse(Map.of(), args);
  }

  private static ClusterAccess parse(Map<String, String> environment, String... args) {
    CommandSpec spec = CommandSpec.create();
    ClusterOptions options = new ClusterOptions(spec);
    new CommandLine(spec)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .parseArgs(args);
    return options.access(Optional::empty);
  }
}
