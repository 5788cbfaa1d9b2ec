package dev.kafkapod.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void isZeroForYes() {
    assertThat(ExitCode.of(new Verdict.Yes("broker 1"))).isZero();
  }

  @Test
  void isOneForNo() {
    assertThat(ExitCode.of(new Verdict.No(List.of("offline 1 (orders-0)")))).isEqualTo(1);
  }

  @Test
  void isThreeWhereNobodyCanTell() {
    assertThat(ExitCode.of(new Verdict.CannotTell(List.of("no JMX")))).isEqualTo(3);
  }
}
