package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of rules. */
class RenderRulesTest {

  @Test
  void namesAreUniqueAndInKebabCase() {
    assertThat(RenderRules.ALL).extracting(RenderRule::name).doesNotHaveDuplicates();
    assertThat(RenderRules.ALL)
        .extracting(RenderRule::name)
        .allMatch(it -> it.matches("[a-z0-9]+(-[a-z0-9]+)+"));
  }
}
