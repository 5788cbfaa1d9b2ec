package dev.kafkapod.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {

  @Test
  void hasItsValueWhenKnown() {
    assertThat(Answer.known(3).value()).contains(3);
  }

  @Test
  void hasNoCauseWhenKnown() {
    assertThat(Answer.known(3).cause()).isEmpty();
  }

  @Test
  void hasItsCauseWhenUnknown() {
    assertThat(Answer.unknown("no JMX").cause()).contains("no JMX");
  }

  @Test
  void hasNoValueWhenUnknown() {
    assertThat(Answer.unknown("no JMX").value()).isEmpty();
  }

  @Test
  void goesOnWithAKnownValue() {
    assertThat(Answer.known(3).then(it -> Answer.known("broker " + it)))
        .isEqualTo(Answer.known("broker 3"));
  }

  @Test
  void keepsTheFirstCauseThatIsMet() {
    assertThat(Answer.<Integer>unknown("no JMX").then(it -> Answer.unknown("no cluster")))
        .isEqualTo(Answer.unknown("no JMX"));
  }
}
