package dev.kafkapod.reassignmentfile;

import dev.kafkapod.common.AtomicFile;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.placement.PartitionMove;
import dev.kafkapod.readiness.PartitionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes where partitions are to be, as kafka-reassign-partitions.sh takes it with {@code
 * --reassignment-json-file}: whole or not at all.
 */
public final class ReassignmentFile {

  private ReassignmentFile() {}

  /** Where the moves lead. */
  public static String there(List<PartitionMove> moves) {
    return text(moves, PartitionMove::after);
  }

  /** Where they come from. */
  public static String back(List<PartitionMove> moves) {
    return text(moves, PartitionMove::before);
  }

  /** A topic's name has nothing in it that JSON would have to escape. */
  private static String text(
      List<PartitionMove> moves, Function<PartitionMove, List<Integer>> replicas) {
    return moves.stream()
        .map(
            move -> {
              PartitionState partition = move.partition();
              return "{\"topic\":\"%s\",\"partition\":%d,\"replicas\":[%s]}"
                  .formatted(
                      partition.topic(),
                      partition.partition(),
                      replicas.apply(move).stream()
                          .map(String::valueOf)
                          .collect(Collectors.joining(",")));
            })
        .collect(Collectors.joining(",\n", "{\"version\":1,\"partitions\":[\n", "\n]}\n"));
  }

  /**
   * Why a file couldn't be written, before anything is done for it.
   *
   * @param overwrite whether one that exists may be replaced
   */
  public static Optional<String> problem(Path file, boolean overwrite) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(file) || directory == null) {
      return Optional.of("is a directory; name a file");
    }
    if (!Files.isDirectory(directory)) {
      return Optional.of("there is no directory %s; make it first".formatted(directory));
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!overwrite) {
        return Optional.of("the file exists; name another one, or add --overwrite");
      }
      if (!Files.isRegularFile(file)) {
        return Optional.of("is no regular file; name another one");
      }
    }
    return Files.isWritable(directory)
        ? Optional.empty()
        : Optional.of("permission denied for directory " + directory);
  }

  /**
   * Writes a file by atomic rename.
   *
   * @return why it couldn't be written; what was there before is still there then
   */
  public static Optional<String> write(Path file, String text) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    try {
      AtomicFile.publish(directory, file, ".placement.", text);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileProblem.reason(e, file));
    }
  }
}
