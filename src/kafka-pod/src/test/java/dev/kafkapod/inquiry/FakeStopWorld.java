package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.StopAssessment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** A world whose clock goes on only when somebody waits. */
final class FakeStopWorld implements SafeStopWait.World {

  private final LongFunction<Verdict> truth;
  private final LongFunction<Duration> takes;
  final List<Long> askedAt = new ArrayList<>();
  final List<Long> yesAt = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  long letGoAtMillis = Long.MAX_VALUE;
  LongFunction<Optional<Misconfigured>> wrong = second -> Optional.empty();
  double chance = 0.2;

  /** Whose memory is short, by the second: "ask", "answer", "letGo" or "tell". */
  LongFunction<String> shortage = second -> "";

  long now;

  /**
   * A world in which answers come at once.
   *
   * @param truth what is true at a second; null where nobody ever answers
   */
  FakeStopWorld(LongFunction<Verdict> truth) {
    this(truth, second -> Duration.ZERO);
  }

  /**
   * A world in which answers take their time.
   *
   * @param takes how long the answer to a question takes that is put at a second
   */
  FakeStopWorld(LongFunction<Verdict> truth, LongFunction<Duration> takes) {
    this.truth = truth;
    this.takes = takes;
  }

  StopReport wait(String seconds) {
    Duration maxWait = Duration.parse("PT" + seconds);
    return new SafeStopWait(this, "await-safe-stop", maxWait, Duration.ofSeconds(8)).end();
  }

  @Override
  public SafeStopWait.PendingVerdict ask(Duration atMost, boolean saidBefore) {
    needMemory("ask");
    long asked = now;
    askedAt.add(asked);
    Verdict verdict = truth.apply(asked / 1000);
    long answered = verdict == null ? Long.MAX_VALUE : asked + takes.apply(asked / 1000).toMillis();
    return time -> {
      needMemory("answer");
      if (answered > now + time.toMillis()) {
        now += time.toMillis();
        return Optional.empty();
      }
      now = Math.max(now, answered);
      if (verdict instanceof Verdict.Yes) {
        yesAt.add(now);
      }
      StopAssessment stop = new StopAssessment(verdict, Optional.empty());
      return Optional.of(
          new StopInquiry.Heard(
              new StopReport("await-safe-stop", stop.verdict(), List.of(), false, List.of()),
              wrong.apply(asked / 1000)));
    };
  }

  @Override
  public Optional<String> letGo() {
    needMemory("letGo");
    return now >= letGoAtMillis ? Optional.of("INC-4711") : Optional.empty();
  }

  @Override
  public void sleep(Duration time) {
    now += time.toMillis();
  }

  @Override
  public long nanoTime() {
    return now * 1_000_000;
  }

  @Override
  public double chance() {
    return chance;
  }

  @Override
  public void tell(String line) {
    needMemory("tell");
    told.add(line);
  }

  private void needMemory(String who) {
    if (shortage.apply(now / 1000).equals(who)) {
      throw new OutOfMemoryError("Java heap space");
    }
  }
}
