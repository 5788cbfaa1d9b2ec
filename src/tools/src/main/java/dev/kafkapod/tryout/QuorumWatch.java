package dev.kafkapod.tryout;

import dev.kafkapod.testing.ControllerView;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sees whether the controllers have a leader and a majority, over time. Asks each of them, not
 * through kafka-pod, which it is to judge.
 */
public final class QuorumWatch implements AutoCloseable {

  private static final long EVERY_MS = 100;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /**
   * One look at all controllers.
   *
   * @param atMillis since the watch began
   * @param answering how many of them answer
   * @param led whether one of these takes itself for the leader
   */
  public record Look(long atMillis, int answering, boolean led) {}

  /**
   * What the looks come to. An election takes a moment without a leader, whoever stops; without a
   * majority there is none until a controller is back.
   *
   * @param withoutLeaderMillis how long no controller led
   * @param withoutMajorityMillis how long fewer than a majority answered
   */
  public record Losses(long withoutLeaderMillis, long withoutMajorityMillis) {

    /** Sums what was seen of so many controllers. */
    public static Losses of(List<Look> looks, int controllers) {
      return new Losses(
          sum(looks, look -> !look.led()),
          sum(looks, look -> look.answering() < controllers / 2 + 1));
    }

    private static long sum(List<Look> looks, Predicate<Look> lost) {
      long before = 0;
      long sum = 0;
      for (Look look : looks) {
        sum += lost.test(look) ? look.atMillis() - before : 0;
        before = look.atMillis();
      }
      return sum;
    }

    /** Both. */
    public Losses plus(Losses other) {
      return new Losses(
          withoutLeaderMillis + other.withoutLeaderMillis,
          withoutMajorityMillis + other.withoutMajorityMillis);
    }

    /** For people. */
    public String describe() {
      return String.format(
          Locale.ROOT,
          "the quorum was without a majority for %.1f s, and without a leader for %.1f s",
          withoutMajorityMillis / 1000.0,
          withoutLeaderMillis / 1000.0);
    }
  }

  private final List<KafkaNode> controllers;
  private final List<Look> looks = new ArrayList<>();
  private final long begun = System.nanoTime();
  private final Thread thread = new Thread(this::watch, "quorum-watch");
  private volatile boolean running = true;

  /** Begins to watch. */
  public QuorumWatch(List<KafkaNode> controllers) {
    this.controllers = List.copyOf(controllers);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (running) {
      try {
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Look look = look();
      synchronized (looks) {
        looks.add(look);
      }
    }
  }

  private Look look() {
    int answering = 0;
    boolean led = false;
    for (KafkaNode controller : controllers) {
      try {
        led |= ControllerView.ask(controller, ANSWER_WITHIN).leads();
        answering++;
      } catch (IOException e) {
        // it isn't there
      }
    }
    return new Look(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun), answering, led);
  }

  /** What has been seen so far. */
  public Losses losses() {
    synchronized (looks) {
      return Losses.of(looks, controllers.size());
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
