package dev.kafkapod.rendering;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.AtomicFile;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.nodeconfig.WriteAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The folder of the rendered files: replaces them whole, or shows what would change. */
public final class ConfigFiles {

  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");
  private static final int CONTEXT = 3;

  private final Path folder;

  public ConfigFiles(Path folder) {
    this.folder = Objects.requireNonNull(folder);
  }

  /**
   * Replaces the files: all are written beside their places and forced to the disk before the first
   * is renamed. Each file is the old or the new one at any time, whatever happens.
   *
   * @throws Misconfigured if that can't be done, or a place is a link or a directory; the message
   *     is one line, and if it came before the first rename nothing has changed
   */
  public void write(Map<String, String> files) {
    Map<Path, Path> temporary = new LinkedHashMap<>();
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        requireOrdinary(target);
        Path beside = folder.resolve("." + file.getKey() + "." + ProcessHandle.current().pid());
        temporary.put(target, beside);
        write(beside, file.getValue());
      }
      for (Map.Entry<Path, Path> file : temporary.entrySet()) {
        AtomicFile.replace(file.getKey(), file.getValue());
      }
      AtomicFile.force(folder);
    } catch (IOException e) {
      throw new Misconfigured(refusal(e), e);
    } finally {
      temporary.values().forEach(ConfigFiles::discard);
    }
  }

  private String refusal(IOException problem) {
    Optional<WriteAccess.Denial> denial =
        isNoDirectory(problem) ? Optional.empty() : WriteAccess.denial(folder);
    return denial
        .map(it -> "--render-to %s: %s; %s".formatted(folder, it.why(), it.remedy()))
        .orElseGet(
            () ->
                "--render-to %s: the files can't be written (%s); the old ones, if any, are still there"
                    .formatted(folder, reason(problem)));
  }

  /** Whoever can lay a link there could have anything overwritten by us. */
  private static void requireOrdinary(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Misconfigured(
          "%s: must be a file or not be there, but is %s; remove it, or choose another --render-to"
              .formatted(target, Files.isSymbolicLink(target) ? "a symbolic link" : "no file"));
    }
  }

  private static void write(Path file, String text) throws IOException {
    // left behind by a process of the same id that was killed
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(MODE))) {
      AtomicFile.write(channel, text);
    }
    // whatever the umask has left of it
    Files.setPosixFilePermissions(file, MODE);
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the next rendering writes under another name
    }
  }

  private static String reason(IOException problem) {
    return isNoDirectory(problem) ? "it is no directory" : FileProblem.named(problem);
  }

  private static boolean isNoDirectory(IOException problem) {
    return problem instanceof FileAlreadyExistsException
        || problem instanceof NotDirectoryException;
  }

  /**
   * What {@link #write} would change, as unified diffs; empty for nothing.
   *
   * @param masking hides what nobody may see
   */
  public List<String> diff(Map<String, String> files, Masking masking) {
    List<String> lines = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          Path target = folder.resolve(name);
          String old = TextFile.read(target).map(TextFile::text).orElse("");
          List<String> before = masked(name, old, text, " (before)", masking);
          List<String> after = masked(name, text, old, old.isEmpty() ? "" : " (changed)", masking);
          lines.addAll(
              UnifiedDiffUtils.generateUnifiedDiff(
                  old.isEmpty() ? null : target.toString(), // of a new file, /dev/null
                  target.toString(),
                  before,
                  DiffUtils.diff(before, after),
                  CONTEXT));
        });
    return lines;
  }

  private static List<String> masked(
      String name, String text, String other, String difference, Masking masking) {
    if (text.isEmpty()) {
      return List.of();
    }
    return name.equals(Rendering.LOG)
        ? masking.logConfig(text, other, difference)
        : masking.properties(text, other, difference);
  }
}
