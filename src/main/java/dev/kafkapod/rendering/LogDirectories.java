package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.PropertiesFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what the disks say of themselves. */
public final class LogDirectories {

  private static final String META = "meta.properties";

  private LogDirectories() {}

  /**
   * The disks that have been a broker's before.
   *
   * @throws Misconfigured if one can't be read; the message is one line
   */
  public static List<Disk> read(Set<String> directories) {
    List<Disk> disks = new ArrayList<>();
    for (String directory : directories) {
      try {
        Path file = Path.of(directory, META);
        if (Files.exists(file)) {
          disks.add(new Disk(file.toString(), PropertiesFile.read("log.dirs", file)));
        }
      } catch (InvalidPathException e) {
        throw new Misconfigured(
            "log.dirs: must be directories, got '%s'; correct it".formatted(directory), e);
      }
    }
    return disks;
  }
}
