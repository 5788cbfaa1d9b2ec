package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.readiness.Verdict;
import java.io.IOException;
import java.util.List;

/**
 * The answer to a command's question, for people and for programs.
 *
 * @param question the word that asks: ready, live or started
 */
public record Reply(String question, Verdict verdict) {

  /**
   * A reply that was put into words before.
   *
   * @param code its exit code
   * @param line what {@link #line()} was then
   */
  public static Reply of(String question, int code, String line) {
    String word = word(question, code);
    String summary =
        line.startsWith(word + ": ") || line.startsWith(word + " (")
            ? line.substring(word.length() + 1).strip()
            : line;
    return new Reply(
        question,
        switch (code) {
          case ExitCode.YES -> new Verdict.Yes(summary);
          case ExitCode.NO -> new Verdict.No(List.of(summary));
          default -> new Verdict.CannotTell(List.of(summary));
        });
  }

  /**
   * {@code ready: …}, {@code not ready: …} or {@code cannot tell: …}; or {@code ready (…)} where
   * all there is to say is a note.
   */
  public String line() {
    return word() + (verdict.summary().startsWith("(") ? " " : ": ") + verdict.summary();
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
    json.writeArrayFieldStart("reasons");
    for (String reason : verdict.reasons()) {
      json.writeString(reason);
    }
    json.writeEndArray();
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
