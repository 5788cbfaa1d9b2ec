package dev.kafkapod.report;

import dev.kafkapod.readiness.Verdict;

/**
 * The exit codes of every command. Kubernetes takes all but 0 for a no; people and pipelines must
 * not.
 */
public final class ExitCode {

  public static final int YES = 0;
  public static final int NO = 1;

  /** The command or its configuration is wrong. */
  public static final int USAGE = 2;

  public static final int CANNOT_TELL = 3;

  /** The header in which the agent tells it over HTTP, beside a status for people. */
  public static final String HTTP_HEADER = "Kafka-Pod-Exit-Code";

  private ExitCode() {}

  /** The exit code for a verdict. */
  public static int of(Verdict verdict) {
    return switch (verdict.kind()) {
      case YES -> YES;
      case NO -> NO;
      case CANNOT_TELL -> CANNOT_TELL;
    };
  }
}
