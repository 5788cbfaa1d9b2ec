package dev.kafkapod.launcher;

import dev.kafkapod.probe.Shell;
import dev.kafkapod.testing.Finished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A script in a folder that has a Java and a root of its own.
 *
 * @param folder has {@code java/bin/java}, and {@code root} in place of the machine's /proc and
 *     /sys
 * @param file the script in it
 */
record Script(Path folder, String file) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Runs it, with these variables besides. */
  Finished run(Shell shell, List<String> variables, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "JAVA_HOME=" + folder.resolve("java"),
                "KAFKA_POD_TEST_ROOT=" + folder.resolve("root")));
    command.addAll(variables);
    command.addAll(shell.command());
    command.add(folder.resolve(file).toString());
    command.addAll(List.of(arguments));
    return Finished.run(LIMIT, "", command);
  }
}
