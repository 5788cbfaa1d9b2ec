package dev.kafkapod.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusJsonTest {

  @ParameterizedTest
  @EnumSource
  void writesEverything(StatusSample sample) throws IOException {
    sample.assertLooksLike(json(sample), "json");
  }

  static String json(StatusSample sample) {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), new StatusJson(sample.status())::writeFields);
    return out.toString();
  }
}
