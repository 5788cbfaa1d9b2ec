package dev.kafkapod.report;

import dev.kafkapod.common.Verdict;
import java.util.List;

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

  /**
   * The verdict of another process, by its exit code; who doesn't say yes or no can't tell.
   *
   * @param summary what it says, not empty
   */
  public static Verdict verdict(int code, String summary) {
    return switch (code) {
      case YES -> new Verdict.Yes(summary);
      case NO -> new Verdict.No(List.of(summary));
      default -> new Verdict.CannotTell(List.of(summary));
    };
  }
}
