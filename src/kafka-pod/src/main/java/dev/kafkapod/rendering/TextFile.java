package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that was read.
 *
 * @param source how messages name it
 */
public record TextFile(String source, String text) {

  /** A megabyte, which is also the most that a ConfigMap holds. */
  private static final int LONGEST = 1 << 20;

  public TextFile {
    Objects.requireNonNull(source);
    Objects.requireNonNull(text);
  }

  /**
   * Reads a file, if there is one: UTF-8, or else ISO 8859-1, in which Kafka reads its own.
   *
   * @throws Misconfigured if it can't be read or is no text; the message is one line
   */
  public static Optional<TextFile> read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(file)) {
        throw new Misconfigured(
            file + ": is a link to a file that doesn't exist; mend the mount", e);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new Misconfigured("%s: can't be read (%s)".formatted(file, reason(file, e)), e);
    }
    if (bytes.length > LONGEST) {
      throw new Misconfigured(
          file
              + ": a configuration file must be 1 MB at most, and this is longer; is it another file?");
    }
    String text = decode(bytes);
    // what some editors begin a file with would be a part of the first key
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (text.indexOf('\0') >= 0) {
      throw new Misconfigured(file + ": must be a text, but holds NUL bytes; is it another file?");
    }
    return Optional.of(new TextFile(file.toString(), text));
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static String reason(Path file, IOException problem) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    return FileProblem.reason(problem, file);
  }
}
