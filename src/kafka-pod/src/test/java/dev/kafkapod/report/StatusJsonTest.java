package dev.kafkapod.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.readiness.Condition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusJsonTest {

  @ParameterizedTest
  @EnumSource
  void writesEverything(StatusSample sample) throws IOException {
    sample.assertLooksLike(json(sample), "json");
  }

  @Test
  void writesEveryCondition() throws IOException {
    assertThat(
            new ObjectMapper()
                .readTree(json(StatusSample.IN_ORDER))
                .get("conditions")
                .findValuesAsText("name"))
        .isEqualTo(Condition.optionNames());
  }

  static String json(StatusSample sample) {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), new StatusJson(sample.status())::writeFields);
    return out.toString();
  }
}
