package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.settings.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        .isEqualTo(new ClientSettings(Asked.CONTROLLERS, List.of("a:9094"), Map.of()));
  }

  @Test
  void asksWhomTheCommandLineNamesRatherThanAVariable() {
    assertThat(
            parse(Map.of("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092"), "--bootstrap-controller=b:9094")
                .clientSettings())
        .isEqualTo(new ClientSettings(Asked.CONTROLLERS, List.of("b:9094"), Map.of()));
  }

  @Test
  void asksWhomAVariableNames() {
    assertThat(parse(Map.of("KAFKA_POD_BOOTSTRAP_SERVER", "a:9092,b:9092")).clientSettings())
        .isEqualTo(new ClientSettings(Asked.BROKERS, List.of("a:9092", "b:9092"), Map.of()));
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
