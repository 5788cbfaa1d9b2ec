package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code healthy}, a HEALTHCHECK's question: {@code started} at first, {@code live} ever after. */
class ProbeHealthyTest {

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAKafkaPod() {
    sandbox = new Sandbox(directory).withLauncher(3).set("KAFKA_POD_WEDGED_AFTER", "1s");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void isStartedUntilTheBrokerHasStarted(Shell shell) {
    sandbox.with(aVerdict().with("started 1 not started: recovering 7 logs"));

    assertThat(sandbox.run(shell, "healthy"))
        .isEqualTo(new Outcome(1, "not started: recovering 7 logs\n", ""));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void isLiveOnceItHasStarted(Shell shell) {
    sandbox.with(aVerdict().with("live 0 live: it lives"));
    assertThat(sandbox.run(shell, "healthy")).isEqualTo(new Outcome(0, "live: it lives\n", ""));

    sandbox.with(aVerdict().with("live 1 not live: two threads are deadlocked"));
    assertThat(sandbox.run(shell, "healthy"))
        .isEqualTo(new Outcome(1, "not live: two threads are deadlocked\n", ""));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void isNoForAProcessThatStartedAndIsWedged(Shell shell) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      sandbox.with(aVerdict().with("http 127.0.0.1:" + silent.getLocalPort()).expiring(-100));

      Outcome outcome = sandbox.run(shell, "healthy");

      assertThat(outcome.code()).as("%s", outcome).isEqualTo(1);
      assertThat(outcome.out()).startsWith("not live: process ").contains(" is wedged: ");
      assertThat(sandbox.calls()).isEmpty();
    }
  }

  /** A machine that is busy for a while makes no broker unhealthy, and starts no JVM beside it. */
  @ParameterizedTest
  @EnumSource(Shell.class)
  void isPatientWithAProcessThatStartedAndIsOnlySlow(Shell shell) {
    sandbox.with(aVerdict().expiring(-5)).set("KAFKA_POD_WEDGED_AFTER", "60s");

    Outcome outcome = sandbox.run(shell, "healthy");

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).startsWith("live: unknown: ");
    assertThat(sandbox.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void asksWhetherItHasStartedWhereNoVerdictSaysSo(Shell shell) {
    assertThat(sandbox.run(shell, "healthy").code()).isEqualTo(3);

    sandbox.with(aVerdict().with("process 999999999 7"));
    assertThat(sandbox.run(shell, "healthy").code()).isEqualTo(3);

    sandbox.with(aVerdict().with("started 1 not started: starting").expiring(-100));
    assertThat(sandbox.run(shell, "healthy").code()).isEqualTo(3);

    assertThat(sandbox.calls()).hasSize(3).allMatch(call -> call.startsWith("started --direct"));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesNoMoreArguments(Shell shell) {
    assertThat(sandbox.run(shell, "healthy", "x"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "kafka-pod-probe: healthy takes no more arguments, got 'x'; give it alone\n"));
  }
}
