package dev.kafkapod.teardownfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.TurnEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TearDownFileTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String BOOT = "4b1d2f0e-0000-4000-8000-000000000000";
  private static final Duration UPTIME = Duration.ofSeconds(5000);

  @TempDir private Path directory;

  private static StandingTearDown standing(String by, Duration left) {
    return new StandingTearDown(
        new TurnEntry.TearDown("cluster", by, "end of test", NOW, Duration.ofHours(1)),
        left,
        NOW.plus(left));
  }

  private static TearDownFile aFile() {
    return new TearDownFile(
        "cluster", "jane", "end of test", NOW, NOW.plusSeconds(600), BOOT, 5600);
  }

  private Optional<TearDownFile> read(Instant now, String boot, Duration uptime) {
    return TearDownFile.read(directory, now, boot, uptime);
  }

  private Optional<TearDownFile> write(String text) throws IOException {
    Files.writeString(directory.resolve(TearDownFile.NAME), text);
    return read(NOW, BOOT, UPTIME);
  }

  @Test
  void isReadAsItIsWritten() throws IOException {
    assertThat(write(aFile().format())).contains(aFile());
  }

  @Test
  void keepsWordsOfPeopleAsTheyAre() throws IOException {
    TearDownFile file =
        new TearDownFile(
            "c", "C:\\jane", "= übrig: # \\u0041", NOW, NOW.plusSeconds(600), BOOT, 5600);

    assertThat(write(file.format())).contains(file);
  }

  @Test
  void noWordMakesALine() throws IOException {
    TearDownFile file =
        new TearDownFile(
            "c", "\n", "a\nuntil = 2099-01-01T00:00:00Z", NOW, NOW.plusSeconds(600), BOOT, 5600);

    assertThat(write(file.format()).orElseThrow().reason())
        .isEqualTo("a until = 2099-01-01T00:00:00Z");
    assertThat(write(file.format()).orElseThrow().by()).isEqualTo("?");
  }

  @Test
  void isOverByEitherClock() throws IOException {
    write(aFile().format());

    assertThat(read(NOW.plusSeconds(599), BOOT, UPTIME.plusSeconds(599))).isPresent();
    assertThat(read(NOW.plusSeconds(600), BOOT, UPTIME)).isEmpty();
    assertThat(read(NOW.minusSeconds(3000), BOOT, UPTIME.plusSeconds(600))).isEmpty();
  }

  @Test
  void countsForNothingAfterAReboot() throws IOException {
    write(aFile().format());

    assertThat(read(NOW, "another", UPTIME)).isEmpty();
  }

  @Test
  void countsForNothingWhereItClaimsToHoldForLongerThanAnyTearDown() throws IOException {
    write(aFile().format());

    assertThat(read(NOW.minus(Duration.ofHours(4)), BOOT, UPTIME)).isEmpty();
    assertThat(read(NOW, BOOT, UPTIME.minus(Duration.ofHours(4)))).isEmpty();
  }

  @Test
  void thereNeedBeNone() {
    assertThat(read(NOW, BOOT, UPTIME)).isEmpty();
    assertThat(TearDownFile.read(directory.resolve("none"), NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster-id", "by", "reason", "since", "until", "boot", "expires"})
  void countsForNothingWithoutALine(String key) throws IOException {
    String text = aFile().format();

    assertThat(write(text.replaceAll("(?m)^" + key + " = .*\n", ""))).isEmpty();
    assertThat(write(text.replaceAll("(?m)^" + key + " = .*$", key + " ="))).isEmpty();
    assertThat(write(text + key + " = 1\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"since", "until", "expires"})
  void countsForNothingWithNonsenseInALine(String key) throws IOException {
    assertThat(write(aFile().format().replaceAll("(?m)^" + key + " = .*$", key + " = soon")))
        .isEmpty();
  }

  @Test
  void countsForNothingWhereItIsNoFile() throws IOException {
    assertThat(write("\u0000")).isEmpty();
    Files.delete(directory.resolve(TearDownFile.NAME));
    Files.createDirectory(directory.resolve(TearDownFile.NAME));
    assertThat(read(NOW, BOOT, UPTIME)).isEmpty();
  }

  @Test
  void comesAndGoesWithTheTearDown() throws IOException {
    Path run = directory.resolve("run");
    TearDownWriter writer = new TearDownWriter(run, 7);

    writer.keep(Optional.empty());
    assertThat(run).doesNotExist();

    writer.keep(Optional.of(standing("jane", Duration.ofMinutes(10))));
    TearDownFile file = TearDownFile.read(run, NOW).orElseThrow();
    assertThat(file.clusterId()).isEqualTo("cluster");
    assertThat(file.by()).isEqualTo("jane");
    assertThat(file.reason()).isEqualTo("end of test");
    assertThat(file.since()).isEqualTo(NOW);
    assertThat(file.until()).isEqualTo(NOW.plusSeconds(600));
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).containsExactly(run.resolve(TearDownFile.NAME));
    }

    writer.keep(Optional.empty());
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void isWrittenAnewWhereItIsGoneOrSaysSomethingElse() throws IOException {
    TearDownWriter writer = new TearDownWriter(directory, 7);
    Path file = directory.resolve(TearDownFile.NAME);
    writer.keep(Optional.of(standing("jane", Duration.ofMinutes(10))));
    Object written = Files.readAttributes(file, "unix:ino").get("ino");

    writer.keep(Optional.of(standing("jane", Duration.ofMinutes(10).minusMillis(200))));
    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(written);

    writer.keep(Optional.of(standing("joe", Duration.ofMinutes(10))));
    assertThat(TearDownFile.read(directory, NOW).orElseThrow().by()).isEqualTo("joe");

    writer.keep(Optional.of(standing("joe", Duration.ofMinutes(5))));
    assertThat(TearDownFile.read(directory, NOW).orElseThrow().until())
        .isEqualTo(NOW.plusSeconds(300));

    Files.delete(file);
    writer.keep(Optional.of(standing("joe", Duration.ofMinutes(5))));
    assertThat(TearDownFile.read(directory, NOW)).isPresent();
  }

  @Test
  void saysWhatItCannotDo() throws IOException {
    Path run = Files.writeString(directory.resolve("run"), "a file");

    assertThatThrownBy(
            () ->
                new TearDownWriter(run, 7)
                    .keep(Optional.of(standing("jane", Duration.ofMinutes(10)))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(run.resolve(TearDownFile.NAME) + " can't be kept: ");
  }
}
