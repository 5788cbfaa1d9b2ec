package dev.kafkapod.probe;

import static dev.kafkapod.probe.VerdictText.aVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where an override file has come, gone or changed since the agent last looked, the probe asks
 * kafka-pod, which says no here.
 */
class ProbeOverrideTest {

  private static final String HASH = "0123456789abcdef0123456789abcdef";
  private static final Instant LOOKED = Instant.parse("2026-11-22T16:00:00.5Z");

  @TempDir private Path directory;
  private Sandbox sandbox;

  @BeforeEach
  void withAKafkaPodThatSaysNo() {
    sandbox = new Sandbox(directory).withLauncher(1);
  }

  private Path file(boolean own) {
    return own
        ? sandbox.runDirectory().resolve("override")
        : directory.resolve("con fig/readiness");
  }

  /** A verdict that was made when the agent last looked, of these files. */
  private void agentLooked(String own, String shared) throws IOException {
    sandbox.with(aVerdict().with("overrides none %s %s %s".formatted(own, shared, file(false))));
    Files.setLastModifiedTime(sandbox.verdictFile(), FileTime.from(LOOKED));
  }

  private void write(boolean own, Instant time) throws IOException {
    Files.createDirectories(file(own).getParent());
    Files.writeString(file(own), "x");
    Files.setLastModifiedTime(file(own), FileTime.from(time));
  }

  private int code(Shell shell) {
    return sandbox.run(shell, "ready").code();
  }

  static Stream<Arguments> eitherFile() {
    return Stream.of(Shell.values())
        .flatMap(shell -> Stream.of(true, false).map(own -> Arguments.of(shell, own)));
  }

  private static String own(boolean own, String fingerprint) {
    return own ? fingerprint : "-";
  }

  @ParameterizedTest
  @MethodSource("eitherFile")
  void aVerdictHoldsWhileTheFilesAreAsTheyWere(Shell shell, boolean own) throws IOException {
    agentLooked("-", "-");
    assertThat(code(shell)).isZero();

    for (Instant time : List.of(LOOKED.minusSeconds(1), LOOKED, Instant.EPOCH)) {
      write(own, time);
      agentLooked(own(own, HASH), own(!own, HASH));
      assertThat(code(shell)).as("%s", time).isZero();
    }
    assertThat(sandbox.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("eitherFile")
  void aFileThatHasComeIsAChange(Shell shell, boolean own) throws IOException {
    agentLooked("-", "-");
    write(own, LOOKED.minusSeconds(5));

    Sandbox.Outcome outcome = sandbox.run(shell, "ready");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith(
            "kafka-pod-probe: an override file has changed since %s was written; asks kafka-pod ready --direct instead\n"
                .formatted(sandbox.verdictFile()));
    Files.delete(file(own));
    Sandbox.link(file(own), "nowhere");
    assertThat(code(shell)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("eitherFile")
  void aFileThatHasGoneIsAChange(Shell shell, boolean own) throws IOException {
    agentLooked(own(own, HASH), own(!own, HASH));

    assertThat(code(shell)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("eitherFile")
  void aFileThatIsNewerThanTheVerdictIsAChange(Shell shell, boolean own) throws IOException {
    write(own, LOOKED.plusSeconds(1));
    agentLooked(own(own, HASH), own(!own, HASH));

    assertThat(code(shell)).isEqualTo(1);
  }

  /**
   * A file that can't be read is in force nowhere, and what a shell sees of it is another matter.
   */
  @ParameterizedTest
  @MethodSource("eitherFile")
  void whatTheAgentCouldNotReadIsNotLookedAt(Shell shell, boolean own) throws IOException {
    agentLooked(own(own, "!" + HASH), own(!own, "!" + HASH));
    assertThat(code(shell)).isZero();

    write(own, LOOKED.plusSeconds(1));
    assertThat(code(shell)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void nothingIsComparedWhereTheAgentHasReadNothing(Shell shell) throws IOException {
    sandbox.with(aVerdict().with("overrides unknown"));
    write(true, Instant.now().plusSeconds(60));

    assertThat(code(shell)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void noOverrideHasASayInLiveAndStarted(Shell shell) throws IOException {
    agentLooked("-", HASH);
    write(true, Instant.now().plusSeconds(60));

    assertThat(sandbox.run(shell, "live").code()).isZero();
    assertThat(sandbox.run(shell, "started").code()).isZero();
    assertThat(sandbox.calls()).isEmpty();
  }
}
