package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.JMX_URL;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.report.ExitCode;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Who would stop, as it is said on the command line, and what isn't understood. */
class StopUsageTest {

  @ParameterizedTest
  @ValueSource(strings = {"three", "-1", "", "9999999999"})
  void refusesNodeIdsThatAreNone(String id) {
    assertThat(Outcome.of("can-stop", BOOTSTRAP_SERVER, "--brokers", id))
        .isEqualTo(
            refusal(
                "kafka-pod can-stop: Invalid value for option '--brokers' (ID): must be a node id, a whole number from 0 to 2147483647, got '%s'; see kafka-pod can-stop --help"
                    .formatted(id)));
  }

  @Test
  void suggestsTheAllowanceThatWasProbablyMeant() {
    assertThat(Outcome.of("can-stop", BOOTSTRAP_SERVER, "--allow-unavoidable=singel"))
        .isEqualTo(
            refusal(
                "kafka-pod can-stop: Invalid value for option '--allow-unavoidable': there is no allowance 'singel' (did you mean single?); choose from none, single, all; see kafka-pod can-stop --help"));
  }

  @Test
  void doesNotWaitWithoutALimit() {
    assertThat(Outcome.of("await-safe-stop", JMX_URL, BOOTSTRAP_SERVER))
        .isEqualTo(
            refusal(
                "kafka-pod await-safe-stop: Missing required option: '--max-wait=TIME'; see kafka-pod await-safe-stop --help"));
  }

  @Test
  void refusesAWaitThatIsTooShortForTwoAnswers() {
    assertThat(Outcome.of("await-safe-stop", JMX_URL, BOOTSTRAP_SERVER, "--max-wait=14s"))
        .isEqualTo(
            refusal(
                "kafka-pod await-safe-stop: --max-wait: must be at least 15s, because a yes must hold twice, 5 to 10 s apart, got 14s; write for example 5m; see kafka-pod await-safe-stop --help"));
  }

  @Test
  void selectsTheLocalBrokerUnlessOthersAreNamed() {
    assertThat(parse().selection().isEmpty()).isTrue();
    assertThat(parse("--brokers=3, 4,3", "--zone=a", "--cluster=east").selection())
        .isEqualTo(new Selection(Set.of(3, 4), Optional.of("a"), Optional.of("east")));
  }

  @Test
  void takesWhereThePodRunsFromTheEnvironmentForNobodysStop() {
    CommandSpec spec = CommandSpec.create();
    StopOptions options = new StopOptions(spec);
    Map<String, String> pod =
        Map.of("KAFKA_POD_ZONE", "a", "KAFKA_POD_CLUSTER", "east", "KAFKA_POD_BROKERS", "7");
    new CommandLine(spec).setDefaultValueProvider(new EnvironmentDefaults(pod)).parseArgs();

    assertThat(options.selection())
        .isEqualTo(new Selection(Set.of(7), Optional.empty(), Optional.empty()));
  }

  @Test
  void letsPassSingleReplicasByDefault() {
    assertThat(parse().policy()).isEqualTo(new StopPolicy(Allowance.SINGLE));
    assertThat(parse("--allow-unavoidable=all").policy()).isEqualTo(new StopPolicy(Allowance.ALL));
  }

  private static StopOptions parse(String... args) {
    CommandSpec spec = CommandSpec.create();
    StopOptions options = new StopOptions(spec);
    new CommandLine(spec).parseArgs(args);
    return options;
  }

  @Test
  void letsAStopGoAtOnceWhileAnOverrideSaysReady(@TempDir Path runDirectory) throws IOException {
    Files.writeString(
        runDirectory.resolve("override"),
        "readiness = ready\nreason = INC-4711\nsince = %s\nuntil = %s\n"
            .formatted(
                Instant.now(), Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS)));

    // nobody listens there, and without the override it would ask for 15 s
    Outcome outcome =
        Outcome.of(
            "await-safe-stop",
            BOOTSTRAP_SERVER,
            "--brokers=1",
            "--max-wait=15s",
            "--run-dir=" + runDirectory);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.YES);
    assertThat(outcome.out().get(outcome.out().size() - 1))
        .matches(".*not waited for: override until \\S+Z: INC-4711");
  }
}
