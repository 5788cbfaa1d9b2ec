package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kafkapod.bench.Comparison.Aim;
import java.util.List;
import org.junit.jupiter.api.Test;

class SidesTest {

  @Test
  void comparesTheMedians() {
    Sides sides = new Sides(List.of(120.0, 90.0, 110.0), List.of(100.0, 80.0, 90.0, 300.0));

    assertThat(sides.ratio()).isCloseTo(110.0 / 95.0, within(1e-9));
  }

  @Test
  void isWithinTheNoiseOnTheVeryEdgesOfWhatWasSeenWithout() {
    List<Double> without = List.of(90.0, 100.0, 110.0);

    assertThat(new Sides(List.of(110.0), without).isWithinNoise()).isTrue();
    assertThat(new Sides(List.of(90.0), without).isWithinNoise()).isTrue();
    assertThat(new Sides(List.of(110.1), without).isWithinNoise()).isFalse();
    assertThat(new Sides(List.of(89.9), without).isWithinNoise()).isFalse();
  }

  @Test
  void meetsAnAimThatIsJustReachedAndSaysTheSpreadOfTheTurns() {
    Sides sides = new Sides(List.of(1.0, 3.0, 2.0), List.of(4.0, 4.0, 2.0));

    assertThat(sides.atMost("wall", 0.5))
        .isEqualTo(new Aim("wall", "0.50 (0.25 to 1.00)", "at most 0.50", true));
    assertThat(sides.atMost("wall", 0.499).met()).isFalse();
  }

  @Test
  void meetsNoAimThatNothingWasMeasuredFor() {
    assertThat(new Sides(List.of(0.0), List.of(0.0)).atMost("CPU", 2).met()).isFalse();
    assertThat(new Sides(List.of(1.0), List.of(0.0)).atMost("CPU", 2).met()).isFalse();
  }

  @Test
  void noiseIsWhatTheOtherSideShowsByItself() {
    List<Double> without = List.of(90.0, 100.0, 110.0);

    assertThat(new Sides(List.of(90.0), without).notBelowNoise("throughput").met()).isTrue();
    assertThat(new Sides(List.of(200.0), without).notBelowNoise("throughput").met()).isTrue();
    assertThat(new Sides(List.of(89.0), without).notBelowNoise("throughput").met()).isFalse();
    assertThat(new Sides(List.of(110.0), without).notAboveNoise("latency").met()).isTrue();
    assertThat(new Sides(List.of(1.0), without).notAboveNoise("latency").met()).isTrue();
    assertThat(new Sides(List.of(111.0), without).notAboveNoise("latency").met()).isFalse();
  }

  @Test
  void oneTurnShowsNoNoiseAndMeetsNothing() {
    Sides one = new Sides(List.of(100.0), List.of(100.0));

    assertThat(one.notBelowNoise("throughput").met()).isFalse();
    assertThat(one.notAboveNoise("latency").met()).isFalse();
  }

  @Test
  void saysWhatItFound() {
    Sides sides = new Sides(List.of(1.0, 2.0, 3.0), List.of(2.0, 2.5, 3.0));

    assertThat(sides.text(".1f s"))
        .isEqualTo("with 2.0 s (1.0 s to 3.0 s), without 2.5 s (2.0 s to 3.0 s)");
    assertThat(sides.judgement())
        .isEqualTo(
            "ratio of medians 0.800; without against itself: lowest to highest 40.0 % of the median,"
                + " so no difference beyond noise");
    assertThat(new Sides(List.of(4.0), List.of(2.0, 3.0)).judgement())
        .endsWith("so OUTSIDE the noise");
    assertThat(new Sides(List.of(4.0), List.of(2.0)).judgement())
        .isEqualTo("ratio 2.000; one turn of each shows nothing of the noise");
  }
}
