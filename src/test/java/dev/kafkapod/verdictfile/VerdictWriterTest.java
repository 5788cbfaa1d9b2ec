package dev.kafkapod.verdictfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.verdictfile.VerdictFile.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictWriterTest {

  private static final VerdictFile ONE = verdict(1);
  private static final VerdictFile TWO = verdict(2);

  @TempDir private Path parent;
  private Path directory;
  private Path file;
  private VerdictWriter writer;

  private static VerdictFile verdict(long expires) {
    Line line = new Line(0, "yes");
    return new VerdictFile(
        new ProcessIdentity("b", 42, 7), expires, Optional.empty(), line, line, line);
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
    writer.write(ONE);

    assertThat(file).hasContent(ONE.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void replacesTheFileByAnotherOneSoThatNobodyReadsHalfOfIt() throws IOException {
    writer.write(ONE);
    Object first = key();
    try (var reader = Files.newBufferedReader(file)) {
      writer.write(TWO);

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

    writer.write(ONE);

    assertThat(file).hasContent(ONE.format());
  }

  @Test
  void goesOnAfterAProcessThatDiedWhileItWrote() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(".verdict.42"), "half");

    writer.write(ONE);

    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void doesNotFollowALinkThatLiesWhereItsTemporaryFileGoes() throws IOException {
    Files.createDirectories(directory);
    Path other = Files.writeString(parent.resolve("other"), "untouched");
    Files.createSymbolicLink(directory.resolve(".verdict.42"), other);

    writer.write(ONE);

    assertThat(other).hasContent("untouched");
    assertThat(file).isRegularFile().hasContent(ONE.format());
  }

  @Test
  void makesTheDirectoryAnewWhenSomebodyHasDeletedIt() throws IOException {
    writer.write(ONE);
    deleteTheDirectory();

    writer.write(TWO);

    assertThat(file).hasContent(TWO.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void locksTheDirectoryThatWasMadeAnew() throws IOException {
    writer.write(ONE);
    deleteTheDirectory();
    writer.write(TWO);

    assertThatThrownBy(() -> new VerdictWriter(directory, 43).write(ONE))
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
    writer.write(ONE);

    try (VerdictWriter second = new VerdictWriter(directory, 43)) {
      assertThatThrownBy(() -> second.write(TWO))
          .isInstanceOf(IOException.class)
          .hasMessage(file + " can't be written: this process writes its verdict there already");
    }

    assertThat(file).hasContent(ONE.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void takesTheDirectoryOverOnceItIsFree() throws IOException {
    writer.write(ONE);
    try (VerdictWriter second = new VerdictWriter(directory, 43)) {
      writer.close();

      second.write(TWO);

      assertThat(file).hasContent(TWO.format());
    }
  }

  @Test
  void saysThatAFileIsInPlaceOfTheDirectory() throws IOException {
    Files.createDirectories(parent.resolve("run"));
    Files.writeString(directory, "");

    assertThatThrownBy(() -> writer.write(ONE))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can't be written: FileAlreadyExistsException: " + directory);
    assertThat(directory).isRegularFile();
  }

  @Test
  void leavesNoVerdictWhereTheNewOneCannotBeWritten() throws IOException {
    writer.write(ONE);
    Path temporary = directory.resolve(".verdict.42");
    Files.createDirectories(temporary.resolve("in the way"));

    assertThatThrownBy(() -> writer.write(TWO))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can't be written: DirectoryNotEmptyException: " + temporary);
    // once expired, it would look like that of a wedged process
    assertThat(file).doesNotExist();

    Files.delete(temporary.resolve("in the way"));
    writer.write(TWO);
    assertThat(file).hasContent(TWO.format());
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  @Test
  void leavesNoTemporaryFileWhereTheNewOneCannotBePutInPlace() throws IOException {
    Files.createDirectories(file.resolve("in the way"));

    assertThatThrownBy(() -> writer.write(ONE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " can't be written: ");
    assertThat(names()).containsExactly("verdict", "verdict.lock");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
