package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.common.Verdict;
import java.io.IOException;

/**
 * The answer to a command's question, for people and for programs.
 *
 * @param question the word that asks: ready, live or started
 * @param line {@code ready: …}, {@code not ready: …} or {@code cannot tell: …}; or {@code ready
 *     (…)} where all there is to say is a note
 */
public record Reply(String question, Verdict verdict, String line) {

  /** A verdict as the answer to a question. */
  public Reply(String question, Verdict verdict) {
    this(question, verdict, verdict.line(word(question, ExitCode.of(verdict))));
  }

  /**
   * A reply that another process has put into words. Its code says what it is, and its line is
   * passed on as it is, also as the only reason.
   *
   * @param code its exit code
   * @param line what {@link #line()} was there
   */
  public static Reply told(String question, int code, String line) {
    return new Reply(question, ExitCode.verdict(code, line), line);
  }

  /** The exit code that goes with it. */
  public int exitCode() {
    return ExitCode.of(verdict);
  }

  /** {@code ready}, {@code not ready} or {@code cannot tell}. */
  public String word() {
    return word(question, exitCode());
  }

  private static String word(String question, int code) {
    return switch (code) {
      case ExitCode.YES -> question;
      case ExitCode.NO -> "not " + question;
      default -> "cannot tell";
    };
  }

  /**
   * Writes the fields question, answer, exitCode, line and reasons into the object that has been
   * begun.
   */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("question", question);
    json.writeStringField("answer", answer(verdict));
    json.writeNumberField("exitCode", exitCode());
    json.writeStringField("line", line());
    Json.strings(json, "reasons", verdict.reasons());
  }

  /** {@code yes}, {@code no} or {@code unknown}. */
  static String answer(Verdict verdict) {
    return switch (verdict.kind()) {
      case YES -> "yes";
      case NO -> "no";
      case CANNOT_TELL -> "unknown";
    };
  }
}
