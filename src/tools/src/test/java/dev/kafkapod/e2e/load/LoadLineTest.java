package dev.kafkapod.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadLineTest {

  @Test
  void everyLineIsReadAsItWasWritten() {
    for (LoadLine line :
        List.of(
            new LoadLine.Look(1764000000000L, 24, 20, 1, 2),
            new LoadLine.Sends(1764000000000L, 1000, 2, 998),
            new LoadLine.Trouble(1764000000000L, "TimeoutException: 12 ms have passed"),
            new LoadLine.Result(1764000000000L, 1000, 2, 3, 4, 5, 6))) {
      assertThat(LoadLine.parse(line.text())).contains(line);
    }
  }

  @Test
  void troubleIsOneLine() {
    assertThat(new LoadLine.Trouble(1, "a\n\tb").text()).isEqualTo("trouble 1 a b");
  }

  @Test
  void otherLinesAreNobodysBusiness() {
    assertThat(LoadLine.parse("")).isEmpty();
    assertThat(LoadLine.parse("[main] WARN something")).isEmpty();
    assertThat(LoadLine.parse("look 1 2 3")).isEmpty();
    assertThat(LoadLine.parse("look 1 2 3 4 x")).isEmpty();
    assertThat(LoadLine.parse("sends 1 2 3")).isEmpty();
    assertThat(LoadLine.parse("result 1 2 3")).isEmpty();
  }
}
