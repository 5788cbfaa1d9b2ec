package dev.kafkapod.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A small file system of one's own over a directory. Needs root. */
public final class Mount implements AutoCloseable {

  private final Path directory;

  private Mount(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts a tmpfs over a directory.
   *
   * @param options for example size=16k
   */
  public static Mount tmpfs(Path directory, String options) {
    Tools.requireRoot();
    String problem = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
    if (!problem.isEmpty()) {
      // root of a container, for example, who may not
      Tools.missing("to mount a tmpfs, but: " + problem, "run them as root, who may mount");
    }
    return new Mount(directory);
  }

  @Override
  public void close() {
    // lazily: somebody may have a file open there
    require("umount", "-l", directory.toString());
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  private static void require(String... command) {
    String problem = run(command);
    if (!problem.isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + ": " + problem);
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      return code == 0 ? "" : "exit " + code + ": " + output;
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      throw Await.interrupted(command[0], e);
    }
  }
}
