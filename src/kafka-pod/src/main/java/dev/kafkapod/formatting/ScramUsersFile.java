package dev.kafkapod.formatting;

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
import java.security.SecureRandom;
import java.util.List;

/** The file with the users of a new cluster: a mounted secret. */
public final class ScramUsersFile {

  /** A megabyte, which is also the most that a Secret holds. */
  private static final int LONGEST = 1 << 20;

  private static final int SALT_BYTES = 24;

  private ScramUsersFile() {}

  /**
   * Reads the whole file.
   *
   * @param setting who names the file, for messages
   * @throws Misconfigured if it can't be read, or anything in it is wrong; the message has every
   *     reason, and nothing of what the file holds
   */
  public static List<ScramUser> read(String setting, Path file) {
    ScramUsersText text = new ScramUsersText(text(setting, file), ScramUsersFile::salt);
    if (!text.problems().isEmpty()) {
      throw new Misconfigured(
          "%s: %s: %s".formatted(setting, file, String.join("; ", text.problems())));
    }
    return text.users();
  }

  private static byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  private static String text(String setting, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new Misconfigured(
          "%s: %s must be a regular file, and is %s; name the file with the users"
              .formatted(
                  setting, file, Files.isDirectory(file) ? "a directory" : "a pipe or a device"));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException e) {
      throw new Misconfigured(
          "%s: there is no file %s; mount the secret there, or correct the name"
              .formatted(setting, file),
          e);
    } catch (IOException e) {
      throw new Misconfigured(
          "%s: %s can't be read (%s); let this process's user read it"
              .formatted(setting, file, FileProblem.reason(e, file)),
          e);
    }
    if (bytes.length > LONGEST) {
      throw new Misconfigured(
          "%s: %s must be 1 MB at most, and is longer; is it another file?"
              .formatted(setting, file));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Misconfigured(
          "%s: %s must be UTF-8, and isn't; save it as UTF-8".formatted(setting, file), e);
    }
  }
}
