package dev.kafkapod.overridefile;

import dev.kafkapod.bounded.Pause;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.OverrideSource;
import dev.kafkapod.overrides.OverrideSource.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** Reads an override file. Whatever lies at its place, this ends, and says what it has found. */
public final class OverrideFile {

  /** In bytes. */
  static final int LONGEST = 16 * 1024;

  /**
   * A ConfigMap's file is a link to a link; while Kubernetes swaps the latter, the former leads
   * nowhere, or to a file that has just been deleted.
   */
  private static final int TRIES = 5;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private OverrideFile() {}

  /** What is at this place now. */
  public static OverrideSource read(Path file) {
    Found found = find(file);
    return new OverrideSource(file.toString(), found.content(), found.fingerprint());
  }

  /** What was found, and what tells it from anything else that could be. */
  private record Found(FileContent content, String fingerprint) {

    static Found lines(byte[] bytes) {
      FileContent content = decode(bytes);
      String hash = Fingerprint.of(bytes);
      return new Found(content, content instanceof FileContent.Lines ? hash : "!" + hash);
    }

    static Found unreadable(String problem) {
      return new Found(
          new FileContent.UnreadableFile(problem),
          "!" + Fingerprint.of(problem.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Found find(Path file) {
    for (int i = 1; ; i++) {
      try {
        return once(file);
      } catch (NoSuchFileException e) {
        if (!isLink(file)) {
          return isBelowAFile(file)
              ? Found.unreadable("can't be read (Not a directory)")
              : new Found(new FileContent.NoFile(), OverrideIdentity.ABSENT);
        }
        if (i == TRIES || !Pause.of(PAUSE)) {
          return Found.unreadable("is a link that leads nowhere");
        }
      } catch (AccessDeniedException e) {
        return Found.unreadable(
            "may not be read by this user (%s)".formatted(System.getProperty("user.name")));
      } catch (IOException e) {
        return Found.unreadable("can't be read (%s)".formatted(FileProblem.reason(e, file)));
      }
    }
  }

  /** Newer Java says of a file below a file that there is none, as of one that is just missing. */
  private static boolean isBelowAFile(Path file) {
    Path above = file.toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    return above != null && !Files.isDirectory(above);
  }

  private static Found once(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Found.unreadable("is a directory, and must be a file");
    }
    if (!attributes.isRegularFile()) {
      return Found.unreadable("is no regular file"); // opening a pipe would wait for ever
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    }
    if (bytes.length > LONGEST) {
      return Found.unreadable("is longer than %,d bytes".formatted(LONGEST));
    }
    return Found.lines(bytes);
  }

  private static FileContent decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new FileContent.Lines(PropertyLines.of(text));
    } catch (CharacterCodingException e) {
      return new FileContent.UnreadableFile("isn't text in UTF-8");
    } catch (IllegalArgumentException e) {
      return new FileContent.UnreadableFile("has a malformed \\u escape");
    }
  }

  private static boolean isLink(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
