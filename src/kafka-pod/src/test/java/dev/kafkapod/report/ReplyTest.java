package dev.kafkapod.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {

  private static final Verdict YES = new Verdict.Yes("broker 1, 3 brokers");
  private static final Verdict NO =
      new Verdict.No(List.of("offline 1 (orders-0)", "out-of-sync 1 (orders-1)"));
  private static final Verdict CANNOT_TELL =
      new Verdict.CannotTell(List.of("no JMX", "no controller answers"));

  @Test
  void repeatsTheQuestionForAYes() {
    assertThat(new Reply("ready", YES).line()).isEqualTo("ready: broker 1, 3 brokers");
  }

  @Test
  void putsNoColonBeforeANote() {
    assertThat(new Reply("ready", Verdict.Yes.noted("override until 18:00Z: why")).line())
        .isEqualTo("ready (override until 18:00Z: why)");
  }

  @Test
  void negatesTheQuestionForANo() {
    assertThat(new Reply("started", NO).line())
        .isEqualTo("not started: offline 1 (orders-0), out-of-sync 1 (orders-1)");
  }

  @Test
  void saysThatItCannotTell() {
    assertThat(new Reply("live", CANNOT_TELL).line())
        .isEqualTo("cannot tell: no JMX; no controller answers");
  }

  @Test
  void writesAYesWithoutReasons() {
    assertThat(json(new Reply("ready", YES)))
        .isEqualTo(
            """
            {
              "question" : "ready",
              "answer" : "yes",
              "exitCode" : 0,
              "line" : "ready: broker 1, 3 brokers",
              "reasons" : [ ]
            }
            """);
  }

  @Test
  void writesANoWithItsReasons() {
    assertThat(json(new Reply("ready", NO)))
        .isEqualTo(
            """
            {
              "question" : "ready",
              "answer" : "no",
              "exitCode" : 1,
              "line" : "not ready: offline 1 (orders-0), out-of-sync 1 (orders-1)",
              "reasons" : [ "offline 1 (orders-0)", "out-of-sync 1 (orders-1)" ]
            }
            """);
  }

  @Test
  void writesThatItCannotTellWithTheCauses() {
    assertThat(json(new Reply("live", CANNOT_TELL)))
        .isEqualTo(
            """
            {
              "question" : "live",
              "answer" : "unknown",
              "exitCode" : 3,
              "line" : "cannot tell: no JMX; no controller answers",
              "reasons" : [ "no JMX", "no controller answers" ]
            }
            """);
  }

  @Test
  void isTheSameOnceItHasBeenPutIntoWords() {
    for (Reply reply :
        List.of(
            new Reply("ready", YES),
            new Reply("started", NO),
            new Reply("live", CANNOT_TELL),
            new Reply("ready", new Verdict.Yes("broker 1: fine")),
            new Reply("ready", Verdict.Yes.noted("override until 18:00Z by jane: INC-4711")),
            new Reply("ready", new Verdict.No(List.of("override by jane: no"))))) {
      Reply again = Reply.told(reply.question(), reply.exitCode(), reply.line());

      assertThat(again.line()).isEqualTo(reply.line());
      assertThat(again.exitCode()).isEqualTo(reply.exitCode());
      assertThat(again.question()).isEqualTo(reply.question());
      assertThat(again.verdict()).hasSameClassAs(reply.verdict());
    }
  }

  /** The code decides, and nothing is read out of the words. */
  @Test
  void passesOnTheLineOfAnotherProcessAsItIs() {
    for (String line : List.of("who knows", "ready: broker 1", "not ready: fenced")) {
      Reply told = Reply.told("ready", 3, line);

      assertThat(told.line()).isEqualTo(line);
      assertThat(told.verdict()).isEqualTo(new Verdict.CannotTell(List.of(line)));
    }
  }

  private static String json(Reply reply) {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), reply::writeFields);
    return out.toString();
  }
}
