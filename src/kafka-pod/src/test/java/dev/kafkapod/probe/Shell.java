package dev.kafkapod.probe;

import dev.kafkapod.testing.Tools;
import java.util.List;
import java.util.stream.Stream;

/** The shells that images have as /bin/sh: Debian's, Red Hat's and Alpine's. */
public enum Shell {
  DASH("dash", ""),
  BASH("bash", "--posix"),
  BUSYBOX("busybox", "ash");

  private final String executable;
  private final String argument;

  Shell(String executable, String argument) {
    this.executable = executable;
    this.argument = argument;
  }

  /**
   * Those that are installed, for a test that tries all of them at once; of the others it is noted
   * that it wasn't run in them.
   */
  public static List<Shell> all() {
    return Stream.of(values()).filter(it -> Tools.has(it.executable)).toList();
  }

  /**
   * What to start, by its full path, because tests change the PATH. The test ends if it isn't
   * there.
   */
  public List<String> command() {
    String path = Tools.require(executable).toString();
    return argument.isEmpty() ? List.of(path) : List.of(path, argument);
  }
}
