package dev.kafkapod.overridefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.OverrideSource;
import dev.kafkapod.overrides.OverrideSource.FileContent;
import dev.kafkapod.overrides.OverrideText;
import dev.kafkapod.overrides.OverrideText.PropertyLine;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverrideFileTest {

  private static final Duration DAY = Duration.ofHours(24);
  private static final String READY_UNTIL =
      "readiness = ready\nsince = %s\nuntil = %s\nreason = INC-4711\n";

  private static final Duration HOUR = Duration.ofHours(1);

  private final String ready =
      READY_UNTIL.formatted(Instant.now().minus(HOUR), Instant.now().plus(HOUR));
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("override");
  }

  private FileContent read() {
    return OverrideFile.read(file()).content();
  }

  private static FileContent unreadable(String problem) {
    return new FileContent.UnreadableFile(problem);
  }

  private Overrides overrides() {
    return new OverridePlaces(file(), directory.resolve("shared/readiness"), DAY)
        .read(Overrides.Terms.at(Instant.now(), DAY, OptionalInt::empty));
  }

  private static ReadinessOverride override(String reason, Optional<String> by) {
    return new ReadinessOverride(
        Readiness.READY,
        Set.of(),
        false,
        Set.of(),
        Instant.parse("2026-11-22T16:00:00Z"),
        Instant.parse("2026-11-22T18:00:00Z"),
        reason,
        by);
  }

  @Test
  void readsLinesAsJavaPropertiesHaveThem() throws IOException {
    Files.writeString(
        file(),
        "# comment\n! another\n\nreadiness=ready\n until : x\nreason one \\\n   two\nby = j\\u00e4ne ä日\nreason = again");

    assertThat(((FileContent.Lines) read()).lines())
        .containsExactly(
            new PropertyLine("readiness", "ready"),
            new PropertyLine("until", "x"),
            new PropertyLine("reason", "one two"),
            new PropertyLine("by", "jäne ä日"),
            new PropertyLine("reason", "again"));
    assertThat(OverrideFile.read(file()).place()).isEqualTo(file().toString());
  }

  /** A new mount, a copy and a set-back clock give a file another time, and change nothing. */
  @Test
  void isTheSameFileByWhatItHoldsAndNothingElse() throws IOException {
    Files.writeString(file(), ready);
    String before = OverrideFile.read(file()).fingerprint();

    for (Instant time : List.of(Instant.EPOCH, Instant.now().plus(DAY))) {
      Files.setLastModifiedTime(file(), FileTime.from(time));
      assertThat(OverrideFile.read(file()).fingerprint()).isEqualTo(before);
      assertThat(overrides().inForce()).isPresent();
    }
    Files.writeString(file(), ready + "# more\n");
    assertThat(OverrideFile.read(file()).fingerprint()).isNotEqualTo(before).hasSize(32);
    Files.delete(file());
    assertThat(OverrideFile.read(file()).fingerprint()).isEqualTo("-");
    Files.createDirectory(file());
    assertThat(OverrideFile.read(file()).fingerprint()).startsWith("!").hasSize(33);
  }

  @Test
  void isAbsentWhereThereIsNothing() {
    assertThat(read()).isEqualTo(new FileContent.NoFile());
    assertThat(OverrideFile.read(directory.resolve("a/b/c")).content())
        .isEqualTo(new FileContent.NoFile());
    assertThat(overrides().areSilent()).isTrue();
    assertThat(overrides().identity()).isEqualTo(OverrideIdentity.of("none - -"));
  }

  @Test
  void anEmptyFileIsNoOverride() throws IOException {
    Files.createFile(file());

    assertThat(read()).isInstanceOf(FileContent.Lines.class);
    assertThat(overrides().inForce()).isEmpty();
    assertThat(overrides().isInvalid()).isTrue();
  }

  @Test
  void refusesADirectory() throws IOException {
    Files.createDirectory(file());

    assertThat(read()).isEqualTo(unreadable("is a directory, and must be a file"));
  }

  @Test
  void refusesAFileAsItsDirectory() throws IOException {
    Files.createFile(file());

    assertThat(OverrideFile.read(file().resolve("readiness")).content())
        .isEqualTo(unreadable("can't be read (Not a directory)"));
  }

  @Test
  void refusesAPipeAndDoesNotWaitForIt() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();

    assertThat(read()).isEqualTo(unreadable("is no regular file"));
    assertThat(OverrideFile.read(Path.of("/dev/zero")).content())
        .isEqualTo(unreadable("is no regular file"));
  }

  @Test
  void refusesALinkThatLeadsNowhere() throws IOException {
    Files.createSymbolicLink(file(), Path.of("gone"));

    assertThat(read()).isEqualTo(unreadable("is a link that leads nowhere"));
  }

  @Test
  void refusesALinkToItself() throws IOException {
    Files.createSymbolicLink(file(), file());

    assertThat(read()).isInstanceOf(FileContent.UnreadableFile.class);
  }

  @Test
  void refusesAnotherEncoding() throws IOException {
    for (byte[] bytes :
        List.of(
            ready.replace("INC", "grün").getBytes(StandardCharsets.ISO_8859_1),
            ready.replace("INC", "grün").getBytes(StandardCharsets.UTF_16LE),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0})) {
      Files.write(file(), bytes);
      assertThat(read()).isEqualTo(unreadable("isn't text in UTF-8"));
      assertThat(overrides().inForce()).isEmpty();
    }
  }

  /** Of ASCII alone, UTF-16 is valid UTF-8 with a NUL in each character. */
  @Test
  void refusesAByteOrderMarkAndWideCharacters() throws IOException {
    for (byte[] bytes :
        List.of(
            ("\ufeff" + ready).getBytes(StandardCharsets.UTF_8),
            ready.getBytes(StandardCharsets.UTF_16LE))) {
      Files.write(file(), bytes);
      assertThat(overrides().inForce()).isEmpty();
      assertThat(overrides().isInvalid()).isTrue();
    }
  }

  @Test
  void refusesAMalformedEscape() throws IOException {
    Files.writeString(file(), ready + "by = \\u12");

    assertThat(read()).isEqualTo(unreadable("has a malformed \\u escape"));
  }

  @Test
  void refusesTenMegabytesOfGarbageWithoutReadingThem() throws IOException {
    Files.write(file(), new byte[10 * 1024 * 1024]);

    assertThat(read()).isEqualTo(unreadable("is longer than 16,384 bytes"));
  }

  @Test
  void readsAFileOfTheGreatestLength() throws IOException {
    Files.writeString(file(), ready + "#".repeat(OverrideFile.LONGEST - ready.length()));
    assertThat(overrides().inForce()).isPresent();

    Files.writeString(file(), ready + "#".repeat(OverrideFile.LONGEST - ready.length() + 1));
    assertThat(overrides().inForce()).isEmpty();
  }

  @Test
  void waitsAMomentForALinkThatIsBeingSwapped() throws Exception {
    Files.createSymbolicLink(file(), Path.of("soon"));
    FutureTask<FileContent> reading = new FutureTask<>(this::read);
    Thread reader = new Thread(reading);
    reader.start();
    while (reader.isAlive() && reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    Files.writeString(directory.resolve("soon"), ready);

    assertThat(reading.get()).isInstanceOf(FileContent.Lines.class);
  }

  /** As Kubernetes does it: a new folder, and a link to it that is replaced by rename. */
  @Test
  void findsTheFileWhileAConfigMapIsSwapped() throws Exception {
    Path volume = Files.createDirectories(directory.resolve("shared"));
    Files.createSymbolicLink(volume.resolve("readiness"), Path.of("..data/readiness"));
    swap(volume, 0);
    AtomicInteger looks = new AtomicInteger();
    Thread kubelet =
        new Thread(
            () -> {
              for (int i = 1; i < 300; i++) {
                while (looks.get() < i) {
                  Thread.onSpinWait(); // then in the middle of the next look, if all goes well
                }
                try {
                  swap(volume, i);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    kubelet.start();

    while (kubelet.isAlive()) {
      assertThat(overrides().problems()).isEmpty();
      assertThat(overrides().inForce()).isPresent();
      looks.incrementAndGet();
    }
    kubelet.join();
    assertThat(looks.get()).isGreaterThanOrEqualTo(299);
  }

  private void swap(Path volume, int version) throws IOException {
    Path fresh = Files.createDirectory(volume.resolve("..v" + version));
    Files.writeString(fresh.resolve("readiness"), ready);
    Files.createSymbolicLink(volume.resolve("..data_tmp"), fresh.getFileName());
    Files.move(
        volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    if (version > 0) {
      Path old = volume.resolve("..v" + (version - 1));
      Files.delete(old.resolve("readiness"));
      Files.delete(old);
    }
  }

  @Test
  void readsWhatItHasWritten() throws IOException {
    ReadinessOverride override = override("a \\ b = c: ä #1 !", Optional.of("DOMAIN\\jane"));
    OverrideWriter.write(file(), override);

    assertThat(OverrideText.parse(((FileContent.Lines) read()).lines(), DAY, "").override())
        .contains(override);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r--r--");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void replacesWhateverFileWasThere() throws IOException {
    Files.createSymbolicLink(file(), Path.of("gone"));
    OverrideWriter.write(file(), override("x", Optional.empty()));
    OverrideWriter.write(file(), override("y", Optional.empty()));

    assertThat(Files.readString(file())).contains("reason = y\n");
    assertThat(Files.isSymbolicLink(file())).isFalse();
  }

  @Test
  void makesItsDirectory() throws IOException {
    Path deep = directory.resolve("a/b/override");
    OverrideWriter.write(deep, override("x", Optional.empty()));

    assertThat(deep).isRegularFile();
  }

  @Test
  void leavesNothingBehindWhereItCanNotWrite() throws IOException {
    Files.createDirectory(file());
    Files.createFile(file().resolve("x"));

    assertThatThrownBy(() -> OverrideWriter.write(file(), override("x", Optional.empty())))
        .isInstanceOf(IOException.class);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file());
    }
    assertThatThrownBy(
            () ->
                OverrideWriter.write(file().resolve("x/override"), override("x", Optional.empty())))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void removesTheFileOnce() throws IOException {
    Files.writeString(file(), ready);

    assertThat(OverrideWriter.remove(file())).isTrue();
    assertThat(OverrideWriter.remove(file())).isFalse();
  }

  /** Cut off anywhere, a file of ours is no override; only the last line's end may be missing. */
  @Test
  void noPartOfAWrittenFileIsAnOverride() throws IOException {
    ReadinessOverride override =
        new ReadinessOverride(
            Readiness.READY,
            Set.of(),
            false,
            Set.of(3),
            Instant.now(),
            Instant.now().plusSeconds(3600),
            "INC-4711",
            Optional.of("jane"));
    OverrideWriter.write(file(), override);
    String text = Files.readString(file());

    for (int length = 0; length < text.length() - 1; length++) {
      Files.writeString(file(), text.substring(0, length));
      OverrideSource source = OverrideFile.read(file());
      assertThat(
              Overrides.of(
                      source,
                      new OverrideSource("shared", new FileContent.NoFile(), "-"),
                      Overrides.Terms.at(Instant.now(), DAY, () -> OptionalInt.of(3)))
                  .inForce())
          .as(text.substring(0, length))
          .isEmpty();
    }
  }

  @Property(tries = 200)
  void neverFailsWhateverIsInTheFile(@ForAll byte[] bytes) throws IOException {
    Path some = Files.createTempFile("override", "");
    try {
      Files.write(some, bytes);
      Overrides overrides =
          new OverridePlaces(some, some.resolveSibling("none"), DAY)
              .read(Overrides.Terms.at(Instant.now(), DAY, OptionalInt::empty));

      assertThat(overrides.inForce()).isEmpty();
      assertThat(overrides.isInvalid()).isTrue();
    } finally {
      Files.delete(some);
    }
  }
}
