package dev.kafkapod.agent;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs HTTP exchanges on a few threads, and interrupts those that take long: a client that sends
 * its request byte by byte, or doesn't read its answer, would keep a thread for ever. (The JDK's
 * server reads and writes through channels, which an interrupt closes.)
 *
 * <p>The newest goes first: whoever has waited longest has most likely gone.
 */
final class ShortTasks implements Executor {

  private static final int THREADS = 3;
  private static final int WAITING = 200;
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /** How long an exchange may keep others waiting: kubelets give up after a second. */
  private static final Duration LONGEST_WHILE_OTHERS_WAIT = Duration.ofMillis(250);

  private final AtomicInteger number = new AtomicInteger();
  private final Waiting waiting = new Waiting();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          waiting,
          task -> daemon(task, "kafka-pod-http-" + number.incrementAndGet()),
          (task, pool) -> makeRoomFor(task));
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "kafka-pod-http-clock"));

  ShortTasks() {
    threads.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
  }

  /** What waits for a thread: a stack, with room for so many. */
  private static final class Waiting extends LinkedBlockingDeque<Runnable> {
    private static final long serialVersionUID = 1;

    Waiting() {
      super(WAITING);
    }

    @Override
    public boolean offer(Runnable task) {
      return offerFirst(task);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(new Exchange(task));
  }

  private void makeRoomFor(Runnable task) {
    if (waiting.pollLast() instanceof Exchange oldest) {
      clock.execute(oldest::end);
    }
    threads.execute(task);
  }

  private final class Exchange implements Runnable {
    private final Runnable task;
    private boolean done;

    Exchange(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      Thread worker = Thread.currentThread();
      long begun = System.nanoTime();
      long period = LONGEST_WHILE_OTHERS_WAIT.toMillis();
      Future<?> alarm =
          clock.scheduleAtFixedRate(
              () -> check(worker, begun), period, period, TimeUnit.MILLISECONDS);
      try {
        task.run();
      } finally {
        alarm.cancel(false);
        finish();
      }
    }

    private synchronized void check(Thread worker, long begun) {
      boolean tooLong = System.nanoTime() - begun >= LONGEST.toNanos();
      if (!done && (tooLong || !waiting.isEmpty())) {
        worker.interrupt();
      }
    }

    /** An alarm that comes too late must not hit the thread's next exchange. */
    private synchronized void finish() {
      done = true;
      Thread.interrupted();
    }

    /** To an interrupted thread, the first read closes the connection; nobody else would. */
    void end() {
      Thread.currentThread().interrupt();
      try {
        task.run();
      } finally {
        Thread.interrupted();
      }
    }
  }
}
