package dev.kafkapod.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.Ruling;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What an override hides, as the agent's status tells it. */
final class AgentOverride {

  private AgentOverride() {}

  /** Takes from a status in JSON what the override hides, and what would be said without it. */
  static Ruling of(Overrides overrides, String status) {
    List<String> hides = new ArrayList<>();
    String without = "cannot tell: the agent doesn't say";
    try (JsonParser json = new JsonFactory().createParser(status)) {
      while (json.nextToken() != null) {
        if (json.currentToken() != JsonToken.FIELD_NAME) {
          continue;
        }
        if (json.currentName().equals("hides") && json.nextToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            hides.add(json.getText());
          }
        } else if ("without".equals(json.currentName())) {
          without = json.nextTextValue();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Reply reply = Reply.of("ready", code(without), without);
    return new Ruling(overrides, reply.verdict(), reply.verdict(), hides);
  }

  private static int code(String line) {
    if (line.startsWith("ready")) {
      return ExitCode.YES;
    }
    return line.startsWith("not ready") ? ExitCode.NO : ExitCode.CANNOT_TELL;
  }
}
