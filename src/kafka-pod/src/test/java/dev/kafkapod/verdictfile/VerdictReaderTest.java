package dev.kafkapod.verdictfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import dev.kafkapod.verdictfile.VerdictReader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictReaderTest {

  private static final VerdictLine LINE = new VerdictLine(1, "not ready: offline 1 (… é)");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("verdict");
  }

  private static VerdictFile verdict(ProcessIdentity process, long holds) throws IOException {
    return new VerdictFile(
        process,
        OptionalInt.empty(),
        Proc.uptimeSeconds() + holds,
        Optional.empty(),
        OverridesLine.UNKNOWN,
        LINE,
        LINE,
        LINE);
  }

  private Reading read(String text) throws IOException {
    Files.writeString(file, text);
    return VerdictReader.read(directory);
  }

  private static Reading problem(String text) {
    return new Reading(Optional.empty(), text);
  }

  @Test
  void readsAVerdictOfAProcessThatRuns() throws IOException {
    VerdictFile verdict = verdict(Proc.self(), 50);

    assertThat(read(verdict.format())).isEqualTo(new Reading(Optional.of(verdict), ""));
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(VerdictReader.read(directory))
        .isEqualTo(problem("there is no verdict file in " + directory));
    Path nowhere = directory.resolve("nowhere");
    assertThat(VerdictReader.read(nowhere))
        .isEqualTo(problem("there is no verdict file in " + nowhere));
  }

  @Test
  void doesNotTakeADirectoryForAFile() throws IOException {
    Files.createDirectory(file);

    assertThat(VerdictReader.read(directory))
        .isEqualTo(problem("there is no verdict file in " + directory));
  }

  @Test
  void saysThatItIsDamaged() throws IOException {
    assertThat(read("kafka-pod-verdict 1\n")).isEqualTo(problem(file + " is damaged"));
  }

  @Test
  void saysThatItIsDamagedIfItIsNoUtf8() throws IOException {
    Files.write(file, verdict(Proc.self(), 50).format().getBytes(StandardCharsets.ISO_8859_1));

    assertThat(VerdictReader.read(directory)).isEqualTo(problem(file + " is damaged"));
  }

  @Test
  void doesNotReadAHugeFileToItsEnd() throws IOException {
    assertThat(read(verdict(Proc.self(), 50).format() + "x".repeat(1 << 20) + "\n"))
        .isEqualTo(problem(file + " is damaged"));
  }

  @Test
  void saysThatItIsFromBeforeTheLastReboot() throws IOException {
    ProcessIdentity self = Proc.self();
    String boot = "00000000-0000-0000-0000-000000000000";

    assertThat(read(verdict(new ProcessIdentity(boot, self.pid(), self.startTicks()), 50).format()))
        .isEqualTo(problem(file + " can't be used: it is from before the last reboot"));
  }

  @Test
  void saysThatAnotherProcessHasTheIdNow() throws IOException {
    ProcessIdentity self = Proc.self();
    ProcessIdentity former = new ProcessIdentity(self.boot(), self.pid(), self.startTicks() - 1);

    assertThat(read(verdict(former, 50).format()))
        .isEqualTo(problem(file + " can't be used: its process " + self.pid() + " has gone"));
  }

  @Test
  void saysThatItHasExpired() throws IOException {
    assertThat(read(verdict(Proc.self(), -20).format()).problem())
        .matches(Pattern.quote(file.toString()) + " can't be used: it expired 2[01] s ago");
  }
}
