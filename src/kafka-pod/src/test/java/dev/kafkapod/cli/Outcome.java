package dev.kafkapod.cli;

import dev.kafkapod.report.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * What came of running {@code kafka-pod} in this process.
 *
 * @param exitCode one of {@link ExitCode}
 * @param out the lines on standard output
 * @param err the lines on standard error
 */
record Outcome(int exitCode, List<String> out, List<String> err) {

  /** Nobody listens there; and nobody is asked before all options are known to be right. */
  static final String JMX_URL = "--jmx-url=service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi";

  static final String BOOTSTRAP_SERVER = "--bootstrap-server=127.0.0.1:1";

  /** Runs with an empty environment. */
  static Outcome of(String... args) {
    return of(Map.of(), args);
  }

  /** Runs with the environment variables given. */
  static Outcome of(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        KafkaPod.run(args, environment, false, new PrintWriter(out), new PrintWriter(err));
    return new Outcome(exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }

  /** What has to come of bad input: one line that says so, and nothing else. */
  static Outcome refusal(String line) {
    return new Outcome(ExitCode.USAGE, List.of(), List.of(line));
  }
}
