package dev.kafkapod.probe;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.kafkapod.testing.Programs;
import java.nio.file.Path;
import java.util.List;

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

  /** What to start, by its full path, for tests change the PATH. */
  public List<String> command() {
    return argument.isEmpty() ? List.of(find(executable)) : List.of(find(executable), argument);
  }

  private static String find(String name) {
    return Programs.find(name).map(Path::toString).orElseGet(() -> missing(name));
  }

  private static String missing(String name) {
    String what = "a script was NOT TESTED in " + name + ", which isn't installed";
    return System.getenv("CI") == null ? abort(what) : fail(what + ", and CI has to test it");
  }
}
