package dev.kafkapod.nodeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Blocked;
import dev.kafkapod.storage.Directory.Content;
import dev.kafkapod.storage.Directory.Empty;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import dev.kafkapod.storage.Directory.Usage;
import dev.kafkapod.storage.MetadataLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskReaderTest {

  private static final String META = "version=1\nnode.id=3\ncluster.id=abc\n";
  private static final String LOG = "__cluster_metadata-0/";
  private static final String SEGMENT = LOG + "00000000000000000000.log";

  /** The shortest batch of records: offset 0, 49 more bytes, epoch 0, format 2, and no record. */
  private static final String BATCH =
      "\0".repeat(11) + "1" + "\0".repeat(4) + "\2" + "\0".repeat(44);

  @TempDir private Path disk;

  private Directory directory() {
    return read(Map.of("log.dirs", disk.toString())).get(0);
  }

  private static List<Directory> read(Map<String, String> properties) {
    return DiskReader.read(NodeDirectories.of(properties));
  }

  private Content content() {
    return directory().content();
  }

  private MetadataLog log() {
    return ((Formatted) content()).log();
  }

  private Usage usage() {
    return ((Formatted) content()).usage();
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
    write("bootstrap.checkpoint", "x");
    write("bootstrap.checkpoint.tmp", "x");
    write("meta.properties.tmp", "x");
    write(LOG + "00000000000000000000-0000000000.checkpoint", "x");
    write(LOG + "00000000000000000000-0000000000.checkpoint.part", "x");
    assertThat(content()).isEqualTo(new Empty());
  }

  @Test
  void whatKafkaIgnoresIsEmpty() throws IOException {
    write("notes.txt", "x");
    write("orders-0", "a file, whatever its name");
    Files.createDirectory(disk.resolve("remote-log-index-cache"));
    Files.createSymbolicLink(disk.resolve("dangling-0"), Path.of("/nonexistent"));
    Files.createSymbolicLink(disk.resolve("dangling"), Path.of("/nonexistent"));
    assertThat(directory()).isEqualTo(new Directory(disk.toString(), true, new Empty(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", ".kafka_cleanshutdown", "recovery-point-offset-checkpoint"})
  void anEmptiedDirectoryShowsThatSomebodyHasBeenThere(String trace) throws IOException {
    write(trace, "");
    assertThat(content()).isEqualTo(new Empty(Usage.STARTED));
  }

  @Test
  void namesTheDirectoriesOfWhichABrokerWouldDie() throws IOException {
    Files.createDirectories(disk.resolve("lost+found"));
    Files.createDirectories(disk.resolve(".snapshot"));
    Files.createSymbolicLink(disk.resolve("link"), disk.resolve("lost+found"));

    assertThat(directory().strangers()).containsExactly(".snapshot", "link", "lost+found");
    assertThat(content()).as("none is Kafka's data").isEqualTo(new Empty());
    assertThat(
            read(Map.of("log.dirs", disk + "/other", "metadata.log.dir", disk.toString())).get(1))
        .as("nothing is loaded from a directory for metadata alone")
        .isEqualTo(new Directory(disk.toString(), true, new Empty(), List.of()));
  }

  @Test
  void namesAMetadataLogThatLiesWhereTheConfigurationDoesNotPutIt() throws IOException {
    write("meta.properties", META);
    write(SEGMENT, BATCH);

    assertThat(read(Map.of("log.dirs", disk + "/other," + disk)).get(1).strangers())
        .contains("__cluster_metadata-0");
  }

  @Test
  void aMetadataLogWithoutMetaPropertiesIsNotEmpty() throws IOException {
    write(SEGMENT, "");
    assertThat(content()).isEqualTo(new Foreign("__cluster_metadata-0"));
  }

  @Test
  void partitionsWithoutMetaPropertiesAreNotEmpty() throws IOException {
    write("orders-0/00000000000000000000.log", "x");
    assertThat(content()).isEqualTo(new Foreign("orders-0"));
  }

  @Test
  void readsWhoseItIsAndWhetherItHasLived() throws IOException {
    write("meta.properties", META + "directory.id=AAAAAAAAAAAAAAAAAAAAAQ\n");
    assertThat(content())
        .isEqualTo(
            new Formatted(
                Optional.of("abc"),
                OptionalInt.of(3),
                Optional.of("AAAAAAAAAAAAAAAAAAAAAQ"),
                Usage.NONE,
                MetadataLog.ABSENT));

    write(".lock", "");
    assertThat(usage()).isEqualTo(Usage.STARTED);
    write("orders-0/00000000000000000000.log", "x");
    assertThat(usage()).isEqualTo(Usage.SERVED);
  }

  @Test
  void readsTheFormerVersionToo() throws IOException {
    write("meta.properties", "version=0\nbroker.id=3\n");
    assertThat(((Formatted) content()).nodeId()).hasValue(3);
    write("meta.properties", "");
    assertThat(((Formatted) content()).nodeId()).isEmpty();
  }

  @Test
  void aLogThatWasOnlyFormattedHasNotBegun() throws IOException {
    write("meta.properties", META);
    assertThat(log()).isEqualTo(MetadataLog.ABSENT);
    write(LOG + "00000000000000000000-0000000000.checkpoint", "x");
    assertThat(log()).isEqualTo(new MetadataLog(true, false, false, false));
    assertThat(usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void aLogThatHasBegunHasASegmentAndPerhapsAVote() throws IOException {
    write("meta.properties", META);
    write(SEGMENT, "");
    write(LOG + "quorum-state", "{}");
    write(LOG + "leader-epoch-checkpoint", "0\n0\n");
    assertThat(log()).isEqualTo(new MetadataLog(true, true, false, false));
    assertThat(usage()).isEqualTo(Usage.STARTED);
    write(SEGMENT, BATCH);
    assertThat(log()).isEqualTo(new MetadataLog(true, true, true, false));
  }

  /** Kafka would cut it off there, and go on with nothing. */
  @ParameterizedTest
  @MethodSource("spoilt")
  void aLogThatBeginsWithNoRecordIsLost(String text) throws IOException {
    write("meta.properties", META);
    write(SEGMENT, text);
    write(LOG + "00000000000000000007.log", BATCH);
    assertThat(log()).isEqualTo(new MetadataLog(true, true, false, true));
  }

  static Stream<String> spoilt() {
    return Stream.of(
        "\0".repeat(100),
        "x",
        BATCH.substring(1),
        BATCH.substring(0, BATCH.length() - 1),
        BATCH.replace("1", "0"),
        BATCH.replace("\2", "\1"));
  }

  @ParameterizedTest
  @CsvSource({
    "quorum-state, {}",
    "leader-epoch-checkpoint, '0\n1\n1 0\n'",
    "00000000000000000007-0000000001.checkpoint, x",
  })
  void whatIsLeftOfALogShowsThatItHadRecords(String file, String text) throws IOException {
    write("meta.properties", META);
    write(LOG + file, text);
    assertThat(log()).isEqualTo(new MetadataLog(true, false, false, true));
  }

  @Test
  void aLogThatBeginsWhereASnapshotEndsIsComplete() throws IOException {
    write("meta.properties", META);
    write(LOG + "00000000000000000007-0000000001.checkpoint", "x");
    write(SEGMENT, "");
    assertThat(log()).isEqualTo(new MetadataLog(true, true, false, true));
    write(LOG + "00000000000000000007.log", "");
    assertThat(log()).isEqualTo(new MetadataLog(true, true, true, true));
    write(LOG + "00000000000000000007.log", "\0".repeat(100));
    assertThat(log())
        .as("what came after it is lost")
        .isEqualTo(new MetadataLog(true, true, false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "node.id=\\u00zz, meta.properties has a malformed \\u escape",
    "'version=1\ncluster.id=x', meta.properties has no node.id",
    "'version=1\nnode.id=3', meta.properties has no cluster.id",
    "'version=1\nnode.id=x\ncluster.id=x', meta.properties has a node.id that is no number",
    "version=7, meta.properties is of a version that Kafka doesn't know",
    "version=x, meta.properties has a version that is no number",
    "directory.id=zz, meta.properties has a directory.id that is none",
    "directory.id=!!, meta.properties has a directory.id that is none",
  })
  void whatKafkaCanNotReadIsUnreadable(String text, String why) throws IOException {
    write("meta.properties", text.replace("\\n", "\n"));
    Files.createDirectory(disk.resolve("lost+found"));

    assertThat(directory())
        .as("and what else lies there doesn't matter")
        .isEqualTo(new Directory(disk.toString(), true, new Unreadable(why), List.of()));
  }

  @Test
  void aDirectoryInPlaceOfMetaPropertiesIsUnreadable() throws IOException {
    Files.createDirectory(disk.resolve("meta.properties"));
    assertThat(content()).isEqualTo(new Unreadable("Is a directory"));
  }

  /** Kafka goes on without it, on Java 17 and 25 alike. */
  @Test
  void aFileInItsPlaceCannotBeRead() throws IOException {
    Files.delete(disk);
    Files.writeString(disk, "x");
    assertThat(content()).isEqualTo(new Unreadable("it is no directory"));
  }

  @Test
  void aFileOnTheWayToItCannotBeRead() throws IOException {
    write("file", "x");
    assertThat(read(Map.of("log.dirs", disk + "/file/kafka")).get(0).content())
        .isEqualTo(new Unreadable(disk + "/file is no directory"));
  }

  /** To whoever reads it is missing, and Kafka can't make it. */
  @Test
  void aLinkThatLeadsNowhereIsInTheWay() throws IOException {
    Path nowhere = disk.resolve("nowhere");
    Path link = Files.createSymbolicLink(disk.resolve("link"), nowhere);

    assertThat(read(Map.of("log.dirs", link.toString())).get(0).content())
        .isEqualTo(dangling("it", nowhere));
    assertThat(read(Map.of("log.dirs", link + "/a/kafka")).get(0).content())
        .isEqualTo(dangling(link.toString(), nowhere));

    Files.createDirectory(nowhere);
    assertThat(read(Map.of("log.dirs", link + "/a/kafka")).get(0).content()).isEqualTo(new Empty());
  }

  @Test
  void aLinkThatLeadsToItselfCannotBeRead() throws IOException {
    Path loop = Files.createSymbolicLink(disk.resolve("loop"), Path.of("loop"));
    assertThat(read(Map.of("log.dirs", loop.toString())).get(0).content())
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void aLinkThatLeadsNowhereInTheMetadataLogsPlaceIsInTheWay() throws IOException {
    Path link = disk.resolve("__cluster_metadata-0");
    Files.createSymbolicLink(link, Path.of("/nonexistent"));

    assertThat(content())
        .isEqualTo(dangling("__cluster_metadata-0 in it", Path.of("/nonexistent")));
    assertThat(read(Map.of("log.dirs", disk + "/other," + disk)).get(1).content())
        .as("where it doesn't belong, Kafka ignores it")
        .isEqualTo(new Empty());
  }

  private static Blocked dangling(String what, Path target) {
    return new Blocked(
        what + " is a link that leads nowhere (to " + target + ")",
        "mount or make what it leads to, or correct log.dirs");
  }

  @Test
  void aFileInTheMetadataLogsPlaceIsInTheWay() throws IOException {
    write("meta.properties", META);
    write("__cluster_metadata-0", "x");
    assertThat(content())
        .isEqualTo(new Blocked("__cluster_metadata-0 in it is no directory", "move the file away"));
  }

  @Test
  void aNameThatCanBeNoDirectorysIsRefused() {
    assertThatThrownBy(() -> read(Map.of("log.dirs", "a\0b")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageStartingWith("log.dirs: must be directories, got 'a");
  }

  @Test
  void looksAtTheMetadataDirectoryWhereverItIs() {
    assertThat(
            read(Map.of("log.dirs", disk + "/a, " + disk + "/b", "metadata.log.dir", disk + "/c")))
        .extracting(Directory::path, Directory::holdsMetadata)
        .containsExactly(
            tuple(disk + "/a", false), tuple(disk + "/b", false), tuple(disk + "/c", true));
    assertThat(
            read(Map.of("log.dirs", disk + "/a," + disk + "/b", "metadata.log.dir", disk + "/b")))
        .filteredOn(Directory::holdsMetadata)
        .extracting(Directory::path)
        .isEqualTo(List.of(disk + "/b"));
  }
}
