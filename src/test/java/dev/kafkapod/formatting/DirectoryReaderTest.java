package dev.kafkapod.formatting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Content;
import dev.kafkapod.storage.Directory.Empty;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryReaderTest {

  @TempDir private Path disk;

  private Content content() {
    return DirectoryReader.read(NodeConfig.of(Map.of("log.dirs", disk.toString()), "file"))
        .get(0)
        .content();
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(disk.resolve(name).getParent());
    Files.writeString(disk.resolve(name), text);
  }

  @Test
  void aDirectoryThatIsMissingOrHoldsNothingIsEmpty() throws IOException {
    assertThat(content()).isEqualTo(new Empty());
    Files.delete(disk);
    assertThat(content()).isEqualTo(new Empty());
  }

  @Test
  void whatAnInterruptedFormattingLeavesIsEmpty() throws IOException {
    write("lost+found/x", "");
    write("bootstrap.checkpoint", "x");
    write("bootstrap.checkpoint.tmp", "x");
    write("meta.properties.tmp", "x");
    write("__cluster_metadata-0/00000000000000000000-0000000000.checkpoint", "x");
    assertThat(content()).isEqualTo(new Empty());

    write("meta.properties", "");
    assertThat(content()).as("written, but not to its end").isEqualTo(new Empty());
  }

  @Test
  void aMetadataLogWithoutMetaPropertiesIsNot() throws IOException {
    write("__cluster_metadata-0/00000000000000000000.log", "x");

    assertThat(content()).isEqualTo(new Foreign("__cluster_metadata-0"));
  }

  @Test
  void readsWhoseItIsAndWhetherItHasLived() throws IOException {
    write("meta.properties", "version=1\nnode.id=3\ncluster.id=abc\n");
    assertThat(content()).isEqualTo(new Formatted(Optional.of("abc"), OptionalInt.of(3), false));

    write("orders-0/00000000000000000000.log", "x");
    assertThat(content()).isEqualTo(new Formatted(Optional.of("abc"), OptionalInt.of(3), true));
  }

  @Test
  void readsTheFormerVersionToo() throws IOException {
    write("meta.properties", "version=0\nbroker.id=3\n");

    assertThat(content()).isEqualTo(new Formatted(Optional.empty(), OptionalInt.of(3), false));
  }

  @Test
  void damagedPropertiesAreNotTakenForNone() throws IOException {
    write("meta.properties", "node.id=\\u00zz\n");

    assertThat(content())
        .isInstanceOfSatisfying(Unreadable.class, it -> assertThat(it.why()).contains("malformed"));
  }

  @Test
  void aFileInItsPlaceIsNotEmpty() throws IOException {
    Files.delete(disk);
    Files.writeString(disk, "x");

    assertThat(content()).isEqualTo(new Unreadable("it is no directory"));
  }

  @Test
  void looksAtTheMetadataDirectoryWhereverItIs() {
    assertThat(
            DirectoryReader.read(
                NodeConfig.of(
                    Map.of(
                        "log.dirs", disk + "/a, " + disk + "/b", "metadata.log.dir", disk + "/c"),
                    "file")))
        .extracting(Directory::path, Directory::holdsMetadata)
        .containsExactly(
            tuple(disk + "/a", false), tuple(disk + "/b", false), tuple(disk + "/c", true));
    assertThat(
            DirectoryReader.read(
                NodeConfig.of(
                    Map.of("log.dirs", disk + "/a," + disk + "/b", "metadata.log.dir", disk + "/b"),
                    "file")))
        .filteredOn(Directory::holdsMetadata)
        .extracting(Directory::path)
        .isEqualTo(List.of(disk + "/b"));
  }
}
