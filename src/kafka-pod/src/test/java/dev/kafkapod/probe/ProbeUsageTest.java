package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong use is 2 and never a yes, except for {@code live}, where 2 would restart a broker. */
class ProbeUsageTest {

  private static final String USAGE =
      """
      usage: kafka-pod-probe ready|live|started|healthy
      Answers by exit code: 0 yes, 1 no, 2 wrong use, 3 cannot tell. Reads the verdict of the agent in
      KAFKA_POD_RUN_DIR (/run/kafka-pod). Without one, ready and started ask kafka-pod, which ends within
      KAFKA_POD_PROBE_TIMEOUT (9s; make it a second less than timeoutSeconds); live says no only of a process whose
      verdict expired KAFKA_POD_WEDGED_AFTER (60s) ago and whose HTTP endpoint is silent (up to 5 s more).
      healthy is for a HEALTHCHECK: it is started until the broker has started, and live from then on.
      """;

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAVerdictThatSaysYes() {
    sandbox = new Sandbox(directory).with(aVerdict()).withLauncher(0);
  }

  static Stream<Arguments> wrongUses() {
    return Stream.of(Shell.values())
        .flatMap(
            shell ->
                Stream.of(
                        new String[0],
                        new String[] {""},
                        new String[] {"Ready"},
                        new String[] {"status", "x"})
                    .map(arguments -> Arguments.of(shell, arguments)));
  }

  @ParameterizedTest
  @MethodSource("wrongUses")
  void answersAnythingElseWithItsUsage(Shell shell, String[] arguments) {
    assertThat(sandbox.run(shell, arguments)).isEqualTo(new Outcome(2, "", USAGE));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void printsItsUsageWhenAsked(Shell shell) {
    assertThat(sandbox.run(shell, "--help")).isEqualTo(new Outcome(0, USAGE, ""));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesNoMoreArgumentsWithReady(Shell shell) {
    assertThat(sandbox.run(shell, "ready", "--json"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "kafka-pod-probe: ready takes no more arguments, got '--json'; give it alone\n"));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesNoMoreArgumentsWithStarted(Shell shell) {
    assertThat(sandbox.run(shell, "started", ""))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "kafka-pod-probe: started takes no more arguments, got ''; give it alone\n"));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void restartsNobodyForAnArgumentTooMany(Shell shell) {
    sandbox.with(aVerdict().with("live 1 not live: stopped"));

    assertThat(sandbox.run(shell, "live", "-v"))
        .isEqualTo(
            new Outcome(
                0,
                "live: unknown: live takes no more arguments, got '-v'; give it alone;"
                    + " that is no reason to restart\n",
                ""));
  }
}
