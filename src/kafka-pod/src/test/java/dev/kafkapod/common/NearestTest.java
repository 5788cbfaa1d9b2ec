package dev.kafkapod.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> NAMES = List.of("always", "startup", "off", "at-min-isr");

  @ParameterizedTest
  @CsvSource({
    "alway,        always",
    "alwayss,      always",
    "alwaus,       always",
    "awlays,       always",
    "of,           off",
    "startup,      startup",
    "at-min-irs,   at-min-isr",
    "at_min_isr,   at-min-isr",
    "at-min,       ",
    "on,           ",
    "never,        ",
    "'',           "
  })
  void findsTheNameThatDiffersInAtMostAThirdOfItsLetters(String typed, String meant) {
    assertThat(Nearest.to(typed, NAMES).orElse(null)).isEqualTo(meant);
  }

  @Test
  void findsNothingAmongNoNames() {
    assertThat(Nearest.to("always", List.of())).isEmpty();
  }
}
