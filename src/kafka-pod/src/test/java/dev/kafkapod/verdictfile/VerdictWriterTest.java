package dev.kafkapod.verdictfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VerdictWriterTest {

  private static final VerdictFile ONE = verdict(1);
  private static final VerdictFile TWO = verdict(2);

  @TempDir private Path parent;
  private Path directory;
  private Path file;
  private VerdictWriter writer;

  private static VerdictFile verdict(long expires) {
    VerdictLine line = new VerdictLine(0, "yes");
    return new VerdictFile(
        new ProcessIdentity("b", 42, 7),
        OptionalInt.empty(),
        expires,
        Optional.empty(),
        OverridesLine.UNKNOWN,
        line,
        line,
        line);
  }

  @BeforeEach
  void make() {
    directory = parent.resolve("run/kafka-pod");
    file = directory.resolve("verdict");
    writer = new VerdictWriter(directory, 42);
  }

  @AfterEach
  void close() throws IOException {
    writer.close();
  }

  @Test
  void makesTheDirectoryAndLeavesTheVerdictAndItsLockInIt() throws IOException {
    writer.write(ONE, Optional.empty());

    assertThat(file).hasContent(ONE.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void replacesTheFileByAnotherOneSoThatNobodyReadsHalfOfIt() throws IOException {
    writer.write(ONE, Optional.empty());
    Object first = key();
    try (var reader = Files.newBufferedReader(file)) {
      writer.write(TWO, Optional.empty());

      assertThat(key()).isNotEqualTo(first);
      assertThat(reader.lines()).contains("expires 1");
    }
    assertThat(file).hasContent(TWO.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  private Object key() throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Test
  void writesItsOwnNextToAnOldFileOfSomebodyElse() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file, "old");
    Files.writeString(directory.resolve("verdict.lock"), "");

    writer.write(ONE, Optional.empty());

    assertThat(file).hasContent(ONE.format());
  }

  @Test
  void goesOnAfterAProcessThatDiedWhileItWrote() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(".verdict.42"), "half");

    writer.write(ONE, Optional.empty());

    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void doesNotFollowALinkThatLiesWhereItsTemporaryFileGoes() throws IOException {
    Files.createDirectories(directory);
    Path other = Files.writeString(parent.resolve("other"), "untouched");
    Files.createSymbolicLink(directory.resolve(".verdict.42"), other);

    writer.write(ONE, Optional.empty());

    assertThat(other).hasContent("untouched");
    assertThat(file).isRegularFile().hasContent(ONE.format());
  }

  @Test
  void makesTheDirectoryAnewWhenSomebodyHasDeletedIt() throws IOException {
    writer.write(ONE, Optional.empty());
    deleteTheDirectory();

    writer.write(TWO, Optional.empty());

    assertThat(file).hasContent(TWO.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void locksTheDirectoryThatWasMadeAnew() throws IOException {
    writer.write(ONE, Optional.empty());
    deleteTheDirectory();
    writer.write(TWO, Optional.empty());

    assertThatThrownBy(() -> new VerdictWriter(directory, 43).write(ONE, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can't be written: this process writes its verdict there already");
  }

  private void deleteTheDirectory() throws IOException {
    for (String name : names()) {
      Files.delete(directory.resolve(name));
    }
    Files.delete(directory);
  }

  @Test
  void leavesTheDirectoryToTheWriterThatHasIt() throws IOException {
    writer.write(ONE, Optional.empty());

    try (VerdictWriter second = new VerdictWriter(directory, 43)) {
      assertThatThrownBy(() -> second.write(TWO, Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessage(file + " can't be written: this process writes its verdict there already");
    }

    assertThat(file).hasContent(ONE.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void takesTheDirectoryOverOnceItIsFree() throws IOException {
    writer.write(ONE, Optional.empty());
    try (VerdictWriter second = new VerdictWriter(directory, 43)) {
      writer.close();

      second.write(TWO, Optional.empty());

      assertThat(file).hasContent(TWO.format());
    }
  }

  @Test
  void saysThatAFileIsInPlaceOfTheDirectory() throws IOException {
    Files.createDirectories(parent.resolve("run"));
    Files.writeString(directory, "");

    assertThatThrownBy(() -> writer.write(ONE, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can't be written: FileAlreadyExistsException: " + directory);
    assertThat(directory).isRegularFile();
  }

  @Test
  void leavesNoVerdictWhereTheNewOneCannotBeWritten() throws IOException {
    writer.write(ONE, Optional.empty());
    Path temporary = directory.resolve(".verdict.42");
    Files.createDirectories(temporary.resolve("in the way"));

    assertThatThrownBy(() -> writer.write(TWO, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can't be written: DirectoryNotEmptyException: " + temporary);
    // once expired, it would look like that of a wedged process
    assertThat(file).doesNotExist();

    Files.delete(temporary.resolve("in the way"));
    writer.write(TWO, Optional.empty());
    assertThat(file).hasContent(TWO.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void leavesNoTemporaryFileWhereTheNewOneCannotBePutInPlace() throws IOException {
    Files.createDirectories(file.resolve("in the way"));

    assertThatThrownBy(() -> writer.write(ONE, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " can't be written: ");
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  /** What may lie in a file's place, by the shell command that puts it there. */
  private static final List<String> OTHERS =
      List.of(
          "mkfifo %s", "mkdir %s", "ln -s %s.target %s", "touch %s.target && ln -s %s.target %s");

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void neverWaitsWhateverLiesWhereItsLockGoes() throws Exception {
    Path lock = directory.resolve("verdict.lock");
    for (String other : OTHERS) {
      writer.write(ONE, Optional.empty());
      writer.close();
      Files.delete(lock);
      put(other, lock);

      assertThatThrownBy(() -> writer.write(TWO, Optional.empty()))
          .as(other)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s can't be written: %s must be a regular file, and is a link, a directory or a pipe; remove it"
                  .formatted(file, lock));

      Files.delete(lock);
      writer.write(TWO, Optional.empty());
      assertThat(file).as(other).hasContent(TWO.format());
      Files.deleteIfExists(directory.resolve("verdict.lock.target"));
    }
  }

  /** Also where it is put there while the agent runs, and has its lock already. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void neverWaitsWhateverComesToLieWhereItsFilesGo() throws Exception {
    for (String name : List.of("verdict.lock", "verdict", ".verdict.42")) {
      writer.write(ONE, Optional.empty());
      Files.deleteIfExists(directory.resolve(name));
      put("mkfifo %s", directory.resolve(name));

      if (name.equals("verdict.lock")) {
        assertThatThrownBy(() -> writer.write(TWO, Optional.empty()))
            .as(name)
            .isInstanceOf(IOException.class);
        Files.delete(directory.resolve(name));
      }
      writer.write(TWO, Optional.empty());
      assertThat(file).as(name).isRegularFile().hasContent(TWO.format());
    }
  }

  private static void put(String other, Path place) throws Exception {
    String command = other.replace("%s", place.toString());
    assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();
  }

  @Test
  void givesTheFileTheTimeOfWhichItSpeaks() throws IOException {
    Instant time = Instant.parse("2026-11-22T16:00:00.125Z");

    writer.write(ONE, Optional.of(time));

    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(time);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
