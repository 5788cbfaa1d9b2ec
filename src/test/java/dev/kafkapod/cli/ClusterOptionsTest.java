package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ClusterOptionsTest {

  @Test
  void asksTheBrokersThatAreNamed() {
    assertThat(parse("--bootstrap-server=a:9092,b:9093").settings())
        .isEqualTo(new ClientSettings(Asked.BROKERS, List.of("a:9092", "b:9093"), Map.of()));
  }

  @Test
  void collectsBrokersThatAreNamedOneByOne() {
    assertThat(parse("--bootstrap-server=a:9092", "--bootstrap-server", "b:9093").settings())
        .isEqualTo(new ClientSettings(Asked.BROKERS, List.of("a:9092", "b:9093"), Map.of()));
  }

  @Test
  void asksTheControllersThatAreNamed() {
    assertThat(parse("--bootstrap-controller=a:9094").settings())
        .isEqualTo(new ClientSettings(Asked.CONTROLLERS, List.of("a:9094"), Map.of()));
  }

  @Test
  void checksTheListenerThatIsNamed() {
    assertThat(parse("--listener=[fd00::1]:9092").listener())
        .contains(new Address("[fd00::1]", 9092));
  }

  @Test
  void leavesTheListenerToTheClusterByDefault() {
    assertThat(parse().listener()).isEmpty();
  }

  private static ClusterOptions parse(String... args) {
    CommandSpec spec = CommandSpec.create();
    ClusterOptions options = new ClusterOptions(spec);
    new CommandLine(spec).parseArgs(args);
    return options;
  }
}
