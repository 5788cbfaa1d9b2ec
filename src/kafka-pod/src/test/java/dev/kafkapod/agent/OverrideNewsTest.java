package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.GatePreset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OverrideNewsTest {

  private static final String IN_FORCE =
      "override until 18:00Z: INC-1 is in force, from /run/kafka-pod/override (ready): now ready; without it ";

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED).latched();
  private final OverrideNews news = new OverrideNews();

  private List<String> at20plus(double seconds, Readiness readiness) {
    double now = 20 + seconds;
    return news.of(
        seen.overrides(now, JudgeOverrideTest.evaluation(now, readiness, Duration.ofHours(2))),
        at(now));
  }

  private List<String> wrong(double seconds, String... problems) {
    Overrides overrides =
        Overrides.unread(
            List.of(problems).stream()
                .map(it -> new Overrides.Warning(Overrides.WarningKind.UNUSABLE, it))
                .toList());
    return news.of(
        seen.overrides(
            seconds,
            new OverrideReading(
                overrides, OptionalLong.of(at(seconds)), Duration.ZERO, Optional.empty())),
        at(seconds));
  }

  @Test
  void saysNothingWithoutOverride() {
    assertThat(news.of(seen.now(), at(20))).isEmpty();
  }

  @Test
  void saysAtOnceAndEachMinuteWhatWouldBeSaidWithoutIt() {
    String line = IN_FORCE + "not ready: at-min-ISR 1 (orders-0)";
    atMinIsr(20);
    assertThat(at20plus(0, Readiness.READY)).containsExactly(line);
    atMinIsr(40);
    assertThat(at20plus(20, Readiness.READY)).isEmpty();
    atMinIsr(79.9);
    assertThat(at20plus(59.9, Readiness.READY)).isEmpty();
    assertThat(at20plus(60, Readiness.READY)).containsExactly(line);
    assertThat(at20plus(61, Readiness.READY)).isEmpty();
  }

  private void atMinIsr(double seconds) {
    seen.broker(seconds, aBroker(1));
    seen.cluster(seconds, aCluster().with(aPartition("orders", 0).isr(1, 2)));
  }

  @Test
  void saysWhenItIsAnotherAndWhenItHidesSomethingElse() {
    assertThat(at20plus(0, Readiness.READY)).hasSize(1);
    assertThat(at20plus(1, Readiness.NOT_READY))
        .containsExactly(
            "override until 18:00Z: INC-1 is in force, from /run/kafka-pod/override (not-ready): now not ready; without it ready: broker 1, 3 brokers, 0 topics, 0 partitions");
    assertThat(at20plus(2, Readiness.NOT_READY)).isEmpty();
    seen.cluster(23, aCluster().with(aPartition("orders", 0).leaderless()));
    assertThat(at20plus(3, Readiness.NOT_READY)).hasSize(1);
  }

  @Test
  void saysThatItHasEnded() {
    assertThat(at20plus(0, Readiness.NOT_READY)).hasSize(1);
    assertThat(wrong(21))
        .containsExactly(
            "no override is in force any more: override until 18:00Z: INC-1, from /run/kafka-pod/override; now ready: broker 1, 3 brokers, 0 topics, 0 partitions");
    assertThat(wrong(22)).isEmpty();
    assertThat(at20plus(3, Readiness.NOT_READY)).hasSize(1);
  }

  @Test
  void warnsOfFilesOnceAndEveryTenMinutes() {
    assertThat(wrong(20, "file A is damaged", "file B is damaged"))
        .containsExactly("warning: file A is damaged", "warning: file B is damaged");
    assertThat(wrong(30, "file A is damaged", "file B is damaged")).isEmpty();
    assertThat(wrong(31, "file A is damaged")).containsExactly("warning: file A is damaged");
    assertThat(wrong(630, "file A is damaged")).isEmpty();
    assertThat(wrong(631, "file A is damaged")).containsExactly("warning: file A is damaged");
    assertThat(wrong(632)).containsExactly("nothing is wrong with the override files any more");
    assertThat(wrong(633)).isEmpty();
  }
}
