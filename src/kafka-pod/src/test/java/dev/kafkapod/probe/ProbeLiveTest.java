package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static dev.kafkapod.probe.VerdictText.aVerdictOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Sandbox.Outcome;
import dev.kafkapod.probe.Sandbox.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code live} says no without a verdict only if agent and HTTP endpoint both seem wedged, and
 * never runs kafka-pod. What takes seconds runs in all shells at once.
 */
class ProbeLiveTest {

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAKafkaPodThatMustNotRun() {
    sandbox = new Sandbox(directory).withLauncher(1).set("KAFKA_POD_WEDGED_AFTER", "1s");
  }

  @AfterEach
  void neverRunsKafkaPod() {
    assertThat(sandbox.calls()).isEmpty();
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private void expired(Sighting process, String http) {
    sandbox.with(aVerdictOf(process).with("http " + http).expiring(-100));
  }

  private void expired(String http) {
    expired(Sighting.ofThisProcess(), http);
  }

  private List<Outcome> inAllShells() {
    List<Running> probes = Shell.all().stream().map(shell -> sandbox.start(shell, "live")).toList();
    return probes.stream().map(Running::outcome).toList();
  }

  private static void assertNotLive(List<Outcome> outcomes, String http) {
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.out())
                  .matches(
                      "not live: process \\d+ is wedged: .*/run/verdict expired 10\\d s ago, and since then "
                          + Pattern.quote(http)
                          + " accepts connections and says nothing\n");
              assertThat(outcome.err()).isEmpty();
              assertThat(outcome.code()).isEqualTo(1);
            });
  }

  private static void assertNobodyCanTell(Outcome outcome, String why) {
    assertThat(outcome.out()).matches("live: unknown: " + why + "; that is no reason to restart\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  @Test
  void saysNoOfAProcessWhoseEndpointAcceptsAndStaysSilent() throws IOException {
    try (ServerSocket server = listening()) {
      String http = "127.0.0.1:" + server.getLocalPort();
      expired(http);

      assertNotLive(inAllShells(), http);
    }
  }

  static Stream<Arguments> endpoints() {
    return Stream.of(Shell.DASH, Shell.BASH)
        .flatMap(
            shell ->
                Stream.of(
                    Arguments.of(shell, "127.0.0.5:8085", "127.0.0.5 8085"),
                    Arguments.of(shell, "0.0.0.0:8085", "127.0.0.1 8085"),
                    Arguments.of(shell, "[::]:8085", "::1 8085"),
                    Arguments.of(shell, "[fd00::3]:8085", "fd00::3 8085"),
                    Arguments.of(shell, "broker-3.kafka:8085", "broker-3.kafka 8085")));
  }

  /**
   * Nothing in these tests listens on IPv6, so they look at what is asked; busybox would run its
   * own timeout.
   */
  @ParameterizedTest
  @MethodSource("endpoints")
  void asksAnAddressThatItCanConnectTo(Shell shell, String http, String asked) {
    withTimeoutThatEndsWith(9);
    expired(http);

    assertNotLive(List.of(sandbox.run(shell, "live")), http);
    assertThat(sandbox.bin("asked")).hasContent("5 bash -c bash " + asked);
  }

  static Stream<Arguments> killings() {
    return Stream.of(Shell.DASH, Shell.BASH)
        .flatMap(shell -> Stream.of(124, 143).map(code -> Arguments.of(shell, code)));
  }

  /** Coreutils' timeout ends with 124, and busybox's with 143. */
  @ParameterizedTest
  @MethodSource("killings")
  void takesConnectingThatHangsForSilenceOfAnIpv6Address(Shell shell, int code) {
    withTimeoutThatEndsWith(code);
    expired("[fd00::3]:8085");

    assertNotLive(List.of(sandbox.run(shell, "live")), "[fd00::3]:8085");
  }

  static Stream<Arguments> otherEnds() {
    return Stream.of(Shell.DASH, Shell.BASH)
        .flatMap(
            shell -> Stream.of(0, 1, 2, 99, 125, 126, 127, 137).map(c -> Arguments.of(shell, c)));
  }

  @ParameterizedTest
  @MethodSource("otherEnds")
  void takesNothingElseForSilence(Shell shell, int code) {
    withTimeoutThatEndsWith(code);
    expired("127.0.0.5:8085");

    assertNobodyCanTell(
        sandbox.run(shell, "live"), ".*, but 127.0.0.5:8085 isn't silent, or can't be asked");
  }

  private void withTimeoutThatEndsWith(int code) {
    sandbox.write(
        "bin/timeout",
        """
        #!/bin/sh
        echo "$1 $2 $3 $5 $6 $7" >>"${0%%/*}/asked"
        exit %d
        """
            .formatted(code));
    sandbox.set("PATH", sandbox.bin("") + ":" + System.getenv("PATH"));
  }

  @Test
  void saysNoOfAStoppedProcess() throws Exception {
    Process broker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                Path.of(Listener.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Listener.class.getName())
            .start();
    try (BufferedReader printed = broker.inputReader()) {
      String http = "127.0.0.1:" + printed.readLine();
      expired(Sighting.of(broker.pid()), http);
      assertNobodyCanTell(
          sandbox.run(Shell.DASH, "live"), ".* expired 10\\d s ago, but .* isn't silent, .*");
      signal("-STOP", broker);

      assertNotLive(inAllShells(), http);
    } finally {
      broker.destroyForcibly().waitFor();
    }
  }

  private static void signal(String signal, Process process) throws Exception {
    // the shell's own: a minimal Debian has no kill
    Process kill =
        new ProcessBuilder("sh", "-c", "kill %s %d".formatted(signal, process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** A name may hang because of its name server. */
  @Test
  void takesConnectingThatHangsForSilenceOfAnAddressAndNotOfAName() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = fillBacklog(server);
      String address = "127.0.0.1:" + server.getLocalPort();
      expired(address);
      List<Running> askingAddress =
          Shell.all().stream().map(shell -> sandbox.start(shell, "live")).toList();
      Sandbox other = new Sandbox(directory.resolve("other")).set("KAFKA_POD_WEDGED_AFTER", "1s");
      other.with(aVerdict().with("http localhost:" + server.getLocalPort()).expiring(-100));
      Outcome askingName = other.run(Shell.DASH, "live");

      assertNobodyCanTell(askingName, ".*, but localhost:\\d+ isn't silent, or can't be asked");
      assertNotLive(askingAddress.stream().map(Running::outcome).toList(), address);
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static List<Socket> fillBacklog(ServerSocket server) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (waiting.size() < 20) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
      } catch (SocketTimeoutException e) {
        return waiting;
      }
    }
    throw new AssertionError("a backlog of 1 took 20 connections");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesAnyByteForLife(Shell shell) throws Exception {
    // nobody would ask where there is no such shell
    assertThat(shell.command()).isNotEmpty();
    try (ServerSocket server = listening()) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write(0);
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      answering.start();
      expired("127.0.0.1:" + server.getLocalPort());

      assertNobodyCanTell(
          sandbox.run(shell, "live"),
          ".* expired 10\\d s ago, but 127.0.0.1:\\d+ isn't silent, or can't be asked");
      answering.join();
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void takesARefusedConnectionForNoWitness(Shell shell) throws IOException {
    int port;
    try (ServerSocket closed = listening()) {
      port = closed.getLocalPort();
    }
    expired("127.0.0.1:" + port);

    assertNobodyCanTell(
        sandbox.run(shell, "live"),
        ".* expired 10\\d s ago, but 127.0.0.1:\\d+ isn't silent, or can't be asked");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void hasNoSecondWitnessWhereHttpIsOff(Shell shell) {
    expired("off");

    assertNobodyCanTell(
        sandbox.run(shell, "live"), ".* expired 10\\d s ago, and it names no HTTP endpoint");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void hasNoSecondWitnessWithoutBash(Shell shell) throws IOException {
    try (ServerSocket server = listening()) {
      expired("127.0.0.1:" + server.getLocalPort());
      sandbox.set("PATH", "/nonexistent");

      assertNobodyCanTell(
          sandbox.run(shell, "live"),
          ".* ago, and asking its HTTP endpoint needs bash and timeout");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void hasPatienceUntilTheVerdictIsOldEnough(Shell shell) throws IOException {
    try (ServerSocket server = listening()) {
      expired("127.0.0.1:" + server.getLocalPort());
      sandbox.set("KAFKA_POD_WEDGED_AFTER", "3m");

      assertNobodyCanTell(
          sandbox.run(shell, "live"), ".* expired 10\\d s ago, which is less than 3m");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void isPatientForAMinuteUnlessToldOtherwise(Shell shell) {
    sandbox.with(aVerdict().expiring(-50)).set("KAFKA_POD_WEDGED_AFTER", "");

    assertNobodyCanTell(
        sandbox.run(shell, "live"), ".* expired 5\\d s ago, which is less than 60s");
  }

  static Stream<Arguments> malformed() {
    return Stream.of(Shell.values())
        .flatMap(
            shell ->
                Stream.of("60", "0s", "s", "-1s", "1e3s", "a[$(exit)]s")
                    .map(value -> Arguments.of(shell, value)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void restartsNobodyForAMalformedSetting(Shell shell, String value) throws IOException {
    try (ServerSocket server = listening()) {
      expired("127.0.0.1:" + server.getLocalPort());
      sandbox.set("KAFKA_POD_WEDGED_AFTER", value);

      assertThat(sandbox.run(shell, "live"))
          .isEqualTo(
              new Outcome(
                  0,
                  "live: unknown: KAFKA_POD_WEDGED_AFTER must be a time longer than 0 and up to"
                      + " 24h with its unit (ms, s, m or h), got '"
                      + value
                      + "'; write for example 60s; that is no reason to restart\n",
                  ""));
    }
  }

  static Stream<Arguments> noVerdicts() {
    Sighting self = Sighting.ofThisProcess();
    VerdictText old = aVerdict().expiring(-100);
    return Stream.of(Shell.values())
        .flatMap(
            shell ->
                Stream.of(
                    Arguments.of(
                        shell, old.with("live 2 damaged"), "damaged, or of another version"),
                    Arguments.of(
                        shell,
                        new VerdictText(old.lines().subList(0, 8)),
                        "damaged, or of another version"),
                    Arguments.of(shell, old.with("boot another"), "of another boot"),
                    Arguments.of(
                        shell,
                        old.with("process " + self.pid() + " 1"),
                        "of process \\d+, which is gone"),
                    Arguments.of(
                        shell,
                        old.with("process 999999999 " + self.ticks()),
                        "of process \\d+, which is gone")));
  }

  @ParameterizedTest
  @MethodSource("noVerdicts")
  void hasNoFirstWitnessInAnyOtherFile(Shell shell, VerdictText verdict, String why)
      throws IOException {
    try (ServerSocket server = listening()) {
      sandbox.with(verdict.with("http 127.0.0.1:" + server.getLocalPort()));

      assertNobodyCanTell(sandbox.run(shell, "live"), ".*/run/verdict is " + why);
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void restartsNobodyWithoutAFile(Shell shell) throws IOException {
    assertThat(Files.exists(sandbox.verdictFile())).isFalse();
    assertNobodyCanTell(sandbox.run(shell, "live"), "no verdict file in .*/run");
  }
}
