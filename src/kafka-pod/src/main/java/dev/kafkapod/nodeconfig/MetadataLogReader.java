package dev.kafkapod.nodeconfig;

import dev.kafkapod.storage.MetadataLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into the directory of a metadata log (org.apache.kafka.raft.internals.KafkaRaftLog). */
final class MetadataLogReader {

  static final String DIRECTORY = "__cluster_metadata-0";

  private static final Pattern SEGMENT = Pattern.compile("(\\d{20})\\.log");
  private static final Pattern SNAPSHOT = Pattern.compile("(\\d{20})-\\d{10}\\.checkpoint");

  private static final int LENGTH_AT = 8;
  private static final int MAGIC_AT = 16;
  private static final byte MAGIC = 2;

  /** Without its offset and length. */
  private static final int SHORTEST_BATCH = 49;

  private MetadataLogReader() {}

  /**
   * Says what is in it.
   *
   * @param logDirectory where the metadata log would be
   * @throws java.nio.file.NotDirectoryException if it is no directory
   */
  static MetadataLog read(Path logDirectory) throws IOException {
    Path directory = logDirectory.resolve(DIRECTORY);
    if (!Files.exists(directory)) {
      return MetadataLog.ABSENT;
    }
    long snapshot = 0;
    long lastSegment = -1;
    Optional<Path> firstWritten = Optional.empty();
    boolean votes = false;
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      Matcher segment = SEGMENT.matcher(name);
      if (segment.matches()) {
        lastSegment = Math.max(lastSegment, Long.parseLong(segment.group(1)));
        if (firstWritten.isEmpty() && Files.size(file) > 0) {
          firstWritten = Optional.of(file);
        }
      }
      Matcher checkpoint = SNAPSHOT.matcher(name);
      if (checkpoint.matches()) {
        snapshot = Math.max(snapshot, Long.parseLong(checkpoint.group(1)));
      }
      votes |= name.equals("quorum-state");
    }
    boolean segments = lastSegment >= 0;
    boolean filled = firstWritten.isPresent() && beginsWithABatch(firstWritten.get());
    boolean spoilt = firstWritten.isPresent() && !filled;
    // a log that begins where the leader's snapshot ends has everything before that
    boolean complete = filled || (!spoilt && snapshot > 0 && lastSegment >= snapshot);
    boolean hadRecords = spoilt || snapshot > 0 || hasEpochs(directory) || (votes && !segments);
    return new MetadataLog(true, segments, complete, hadRecords);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /**
   * Whether a whole batch of records begins a segment. A power failure may leave a file of its full
   * length with nothing but zeros in it; Kafka cuts off a log at the first thing that is no batch,
   * and goes on with what is left (org.apache.kafka.common.record.DefaultRecordBatch).
   */
  private static boolean beginsWithABatch(Path segment) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(MAGIC_AT + 1);
    try (FileChannel file = FileChannel.open(segment)) {
      while (header.hasRemaining() && file.read(header) >= 0) {
        // on to the end of the header
      }
      return !header.hasRemaining()
          && header.get(MAGIC_AT) == MAGIC
          && header.getInt(LENGTH_AT) >= SHORTEST_BATCH
          && file.size() >= LENGTH_AT + Integer.BYTES + (long) header.getInt(LENGTH_AT);
    }
  }

  /** Kafka notes each leader's epoch when it appends the first of its records. */
  private static boolean hasEpochs(Path directory) throws IOException {
    try {
      List<String> lines =
          Files.readAllLines(
              directory.resolve("leader-epoch-checkpoint"), StandardCharsets.ISO_8859_1);
      return lines.size() > 2;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
