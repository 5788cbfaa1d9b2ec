package dev.kafkapod.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class JsonTest {

  private final StringWriter out = new StringWriter();

  @Test
  void printsOneObjectAndALineEnd() {
    Json.print(
        new PrintWriter(out),
        json -> {
          json.writeStringField("answer", "yes, \u201ccertainly\u201d");
          json.writeNumberField("exitCode", 0);
        });

    assertThat(out)
        .hasToString(
            """
            {
              "answer" : "yes, \u201ccertainly\u201d",
              "exitCode" : 0
            }
            """);
  }

  @Test
  void printsNothingOfAnObjectThatCouldNotBeWritten() {
    assertThatThrownBy(
            () ->
                Json.print(
                    new PrintWriter(out),
                    json -> {
                      json.writeStringField("answer", "yes");
                      throw new IOException("broken off");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("java.io.IOException: broken off");

    assertThat(out.toString()).isEmpty();
  }
}
