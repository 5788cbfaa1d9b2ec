package dev.kafkapod.agent;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs HTTP exchanges on a few threads, and interrupts those that take long: a client that sends
 * its request byte by byte, or doesn't read its answer, would keep a thread for ever. (The JDK's
 * server reads and writes through channels, which an interrupt closes.)
 */
final class ShortTasks implements Executor {

  private static final int THREADS = 3;
  private static final int WAITING = 200;
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> daemon(task, "kafka-pod-http-" + number.incrementAndGet()),
          // whoever has waited longest has most likely gone; its connection is closed when idle
          new ThreadPoolExecutor.DiscardOldestPolicy());
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "kafka-pod-http-clock"));

  ShortTasks() {
    threads.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(() -> run(task));
  }

  private void run(Runnable task) {
    Thread worker = Thread.currentThread();
    ScheduledFuture<?> alarm =
        clock.schedule(worker::interrupt, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    try {
      task.run();
    } finally {
      alarm.cancel(false);
      // an alarm that came too late must not hit the next one
      Thread.interrupted();
    }
  }
}
