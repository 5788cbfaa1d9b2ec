package dev.kafkapod.trial;

import dev.kafkapod.testing.GatedProcess;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.trial.TrialSetting.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets nodes want to stop in the same moment, again and again, and says what came of it. */
public final class TurnsTrial {

  private static final Duration LOOK = Duration.ofMillis(50);

  private final TrialSetting setting;
  private final PrintStream out;
  private final Queue<Plan> plans;
  private final int planned;
  private final List<Round> rounds = new CopyOnWriteArrayList<>();
  private final List<Long> loneOn = new CopyOnWriteArrayList<>();
  private final List<Long> loneOff = new CopyOnWriteArrayList<>();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean loneDone;

  private TurnsTrial(TrialSetting setting, PrintStream out) {
    this.setting = setting;
    this.out = out;
    this.plans = new ConcurrentLinkedQueue<>(setting.plans());
    this.planned = plans.size();
  }

  /** Tries, and exits with 0 if no harm was done, or turns were off. */
  public static void main(String[] args) throws InterruptedException {
    TrialSetting setting;
    try {
      setting = TrialSetting.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("turns-trial: " + e.getMessage());
      System.exit(2);
      return;
    }
    Totals totals = run(setting, System.out);
    System.out.println(totals.line());
    System.exit(totals.exitCode());
  }

  /** Tries, with a line for each round. */
  static Totals run(TrialSetting setting, PrintStream out) throws InterruptedException {
    return new TurnsTrial(setting, out).run();
  }

  private Totals run() throws InterruptedException {
    out.println("This is " + setting.command());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.max(1, Math.min(setting.clusters(), planned)); i++) {
      boolean first = i == 0;
      Thread thread = new Thread(() -> onACluster(first), "cluster " + (i + 1));
      thread.start();
      threads.add(thread);
      if (first && setting.lone() > 0) {
        // nothing else is to run while times are measured
        awaitLone(thread);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Totals(setting, rounds, planned, failed.get(), loneOn, loneOff);
  }

  private void awaitLone(Thread thread) throws InterruptedException {
    while (thread.isAlive() && !loneDone) {
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void onACluster(boolean measures) {
    try (TrialCluster cluster = TrialCluster.start(setting)) {
      if (measures) {
        measureLone(cluster);
        loneDone = true;
      }
      Plan plan = plans.poll();
      while (plan != null) {
        Round round = new RoundRun(setting, cluster).run(plan);
        rounds.add(round);
        tell(round, cluster);
        plan = plans.poll();
      }
      failed.addAndGet(cluster.producing().failed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      out.println(
          "A cluster is given up: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private synchronized void tell(Round round, TrialCluster cluster) {
    out.println(round.line());
    if (setting.turns() && (round.didHarm() || round.isInconclusive())) {
      out.println(round.trace());
      out.println("    logs: " + cluster.keep());
    }
  }

  private void measureLone(TrialCluster cluster) throws InterruptedException {
    List<Integer> nodes = setting.nodes();
    for (int i = 0; i < setting.lone(); i++) {
      int id = nodes.get(i % nodes.size());
      lone(cluster, id, false, loneOff);
      lone(cluster, id, true, loneOn);
    }
  }

  private void lone(TrialCluster cluster, int id, boolean turns, List<Long> millis)
      throws InterruptedException {
    cluster.awaitWell();
    KafkaNode node = cluster.node(id);
    GatedProcess hook = cluster.hook(id, turns).prepare(node, cluster.runDirectory(id));
    long begun = System.nanoTime();
    hook.go();
    HookWatch.End end = HookWatch.toItsEnd(hook, LOOK, setting.maxWait());
    boolean letGo = end.exitCode().equals(OptionalInt.of(0));
    long took = TimeUnit.NANOSECONDS.toMillis(end.nanos() - begun);
    if (letGo) {
      millis.add(took);
    }
    out.printf(
        "alone: %d, turns %s: %s after %s%n",
        id,
        turns ? "on" : "off",
        letGo ? "let go" : "NOT let go (" + String.join("; ", end.said()) + ")",
        Stop.seconds(took));
    node.stop();
    node.start();
    node.awaitRunning();
  }
}
