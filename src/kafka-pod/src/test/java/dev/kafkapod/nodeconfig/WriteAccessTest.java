package dev.kafkapod.nodeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kafkapod.nodeconfig.WriteAccess.Denial;
import dev.kafkapod.nodeconfig.WriteAccess.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a process can't write; EntrypointIT has one of another user. */
class WriteAccessTest {

  @TempDir private Path directory;

  @Test
  void whatCanBeWrittenOrMadeIsNoProblem() {
    assertThat(WriteAccess.denial(directory)).isEmpty();
    assertThat(WriteAccess.denial(directory.resolve("a/b/c"))).isEmpty();
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertThat(WriteAccess.denial(file))
        .hasValue(
            new Denial(
                "can't be written: it is no directory", "move it away, or name another directory"));
    assertThat(WriteAccess.denial(file.resolve("a/b")))
        .hasValue(
            new Denial(
                "can't be written: %s is no directory".formatted(file),
                "move it away, or name another directory"));
  }

  @Test
  void aLinkThatLeadsNowhereIsSaid() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));

    assertThat(WriteAccess.denial(link.resolve("a")))
        .map(Denial::why)
        .hasValue("can't be written: %s is a link that leads nowhere".formatted(link));
  }

  @Test
  void linksToDirectoriesAreFollowed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

    assertThat(WriteAccess.denial(link.resolve("a"))).isEmpty();
  }

  @Test
  void aReadOnlyFileSystemIsSaid() throws IOException {
    Path sys = Path.of("/sys/kernel/security");
    assumeThat(Files.isDirectory(sys) && Files.getFileStore(sys).isReadOnly()).isTrue();

    assertThat(WriteAccess.denial(sys))
        .map(Denial::why)
        .hasValue("can't be written: it lies on a read-only file system");
  }

  @Test
  void anotherUsersDirectoryIsSaidWithWhoWeAreAndWhatToSet() throws IOException {
    assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
    Path ours = Files.createDirectory(directory.resolve("ours"));
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("r-xr-xr-x"));

    assertThat(WriteAccess.denial(ours).orElseThrow().why())
        .matches(
            "can't be written by uid \\d+ \\(gid .*\\): it belongs to uid \\d+, gid \\d+ with mode 555");
  }

  @Test
  void knowsWhoItIs() {
    assertThat(Identity.ours().toString()).matches("uid \\d+ \\(gid \\d+(, groups [\\d,]+)?\\)");
    assertThat(new Identity("1000", "0", "")).hasToString("uid 1000 (gid 0)");
    assertThat(new Identity("1000", "0", "0 2000")).hasToString("uid 1000 (gid 0, groups 0,2000)");
  }

  /** Group 0 would be root's. */
  @Test
  void proposesAGroupThatItHas() {
    assertThat(new Identity("1000", "0", "").fsGroup()).isEqualTo("1000");
    assertThat(new Identity("1000", "2000", "").fsGroup()).isEqualTo("2000");
  }
}
