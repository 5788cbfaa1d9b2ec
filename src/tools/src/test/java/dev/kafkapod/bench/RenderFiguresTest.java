package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderFiguresTest {

  private static Cost cost(int wallMs, int megabytes) {
    return new Cost(Duration.ofMillis(wallMs), Duration.ofMillis(1), megabytes * 1_000_000L);
  }

  private static List<Aim> aims(Cost with) {
    return new RenderFigures(List.of(with), List.of(cost(800, 90)), List.of(cost(40, 40))).aims();
  }

  @Test
  void meetsEveryAimThatIsJustReached() {
    assertThat(aims(cost(400, 80)))
        .containsExactly(
            new Aim("wall, with archive / without", "0.50 (0.50 to 0.50)", "at most 0.50", true),
            new Aim(
                "wall, render / java -version", "10.00 (10.00 to 10.00)", "at most 10.00", true),
            new Aim("memory, render / java -version", "2.00 (2.00 to 2.00)", "at most 2.00", true));
  }

  @Test
  void missesEveryAimThatIsJustNotReached() {
    assertThat(aims(cost(401, 81))).extracting(Aim::met).containsExactly(false, false, false);
  }

  @Test
  void noticesARenderThatIsSlowerOnBothSides() {
    assertThat(
            new RenderFigures(
                    List.of(cost(800, 70)), List.of(cost(1600, 90)), List.of(cost(40, 40)))
                .aims())
        .extracting(Aim::met)
        .containsExactly(true, false, true);
  }
}
