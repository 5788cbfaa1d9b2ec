package dev.kafkapod.trial;

import dev.kafkapod.testing.GatedProcess;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.trial.TrialSetting.Faults;
import dev.kafkapod.trial.TrialSetting.Kind;
import dev.kafkapod.trial.TrialSetting.Plan;
import dev.kafkapod.tryout.IsrWatch;
import dev.kafkapod.tryout.QuorumWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** One round: hooks that begin in the same moment, stops, and what was seen meanwhile. */
final class RoundRun {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  /** Longer than a go counts for whoever let nobody go by it. */
  private static final Duration HOOK_STANDS_STILL = Duration.ofSeconds(75);

  /** Longer than a broker's session: it is fenced meanwhile. */
  private static final Duration LEADER_AWAY = Duration.ofSeconds(12);

  private final TrialSetting setting;
  private final TrialCluster cluster;
  private final List<Long> begunNanos = new CopyOnWriteArrayList<>();
  private final List<Stop> stops = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile String fault = "";
  private volatile long faultNanos;
  private volatile boolean faultTakesBroker;

  RoundRun(TrialSetting setting, TrialCluster cluster) {
    this.setting = setting;
    this.cluster = cluster;
  }

  /** Does it, and waits until all is well again. */
  Round run(Plan plan) throws InterruptedException {
    cluster.awaitWell();
    OptionalInt leader = cluster.leader();
    List<Integer> nodes =
        plan.order().stream()
            .filter(id -> !setting.faults().isOfTheLeader() || leader.orElse(-1) != id)
            .limit(plan.stops())
            .toList();
    long failedBefore = cluster.producing().failed();
    long begun = System.nanoTime();
    IsrWatch watch = new IsrWatch(cluster::admin, cluster.minIsr());
    Optional<QuorumWatch> quorum =
        setting.kind() == Kind.CONTROLLERS
            ? Optional.of(new QuorumWatch(cluster.controllers()))
            : Optional.empty();
    try (watch) {
      CyclicBarrier barrier = new CyclicBarrier(nodes.size());
      List<GatedProcess> hooks = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int id : nodes) {
        GatedProcess hook =
            cluster.hook(id, setting.turns()).prepare(cluster.node(id), cluster.runDirectory(id));
        hooks.add(hook);
        threads.add(
            new Thread(
                () -> guarded("stop of " + id, () -> stop(id, hook, barrier)), "stop of " + id));
      }
      if (setting.faults() != Faults.NONE) {
        threads.add(
            new Thread(
                () -> guarded("fault", () -> disturb(plan, leader, nodes.get(0), hooks)), "fault"));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      guarded("the cluster", cluster::awaitWell);
      for (Stop stop : stops) {
        if (!stop.wasLetGo()) {
          // its record stands until its next process is ready
          guarded("restart of " + stop.node(), () -> restart(cluster.node(stop.node())));
        }
      }
    } finally {
      quorum.ifPresent(QuorumWatch::close);
    }
    return new Round(
        plan.number(),
        stops.stream().sorted((a, b) -> Long.compare(a.hookMillis(), b.hookMillis())).toList(),
        TimeUnit.NANOSECONDS.toMicros(begins().max().orElse(0) - begins().min().orElse(0)),
        watch.partitionSeconds(),
        quorum.map(QuorumWatch::losses),
        cluster.producing().failed() - failedBefore,
        fault,
        faultTakesBroker ? OptionalLong.of(since(faultNanos)) : OptionalLong.empty(),
        problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }

  private LongStream begins() {
    return begunNanos.stream().mapToLong(Long::longValue);
  }

  private long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - begins().min().orElse(nanos));
  }

  /** Something that may fail, as things do in clusters that are disturbed. */
  private interface Step {
    void go() throws Exception;
  }

  private void guarded(String what, Step step) {
    try {
      step.go();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError e) {
      problems.add(what + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void stop(int id, GatedProcess hook, CyclicBarrier barrier) throws Exception {
    KafkaNode node = cluster.node(id);
    barrier.await(OVERDUE.toSeconds(), TimeUnit.SECONDS);
    begunNanos.add(System.nanoTime());
    hook.go();
    HookWatch.End end = HookWatch.toItsEnd(hook, LOOK, setting.maxWait().plus(OVERDUE));
    long ended = end.nanos();
    OptionalLong down = OptionalLong.empty();
    OptionalLong up = OptionalLong.empty();
    try {
      if (end.exitCode().equals(OptionalInt.of(0))) {
        node.stop();
        down = OptionalLong.of(since(System.nanoTime()));
        node.start();
        node.awaitRunning();
        up = OptionalLong.of(since(System.nanoTime()));
      }
    } finally {
      stops.add(new Stop(id, end.exitCode(), since(ended), down, up, end.said()));
    }
  }

  private static void restart(KafkaNode node) {
    node.stop();
    node.start();
    node.awaitRunning();
  }

  private void disturb(Plan plan, OptionalInt leader, int stopping, List<GatedProcess> hooks)
      throws Exception {
    Thread.sleep(plan.faultAfter().toMillis());
    for (GatedProcess hook : hooks) {
      if (hook.endsWithin(Duration.ZERO)) {
        fault = "no fault, a hook had ended before";
        return;
      }
    }
    faultNanos = System.nanoTime();
    if (setting.faults() == Faults.HOOK_STOP) {
      GatedProcess hook = hooks.get(0);
      if (!hook.pause()) {
        fault = "no fault, the hook had ended before";
        return;
      }
      fault =
          "hook of %d stood still from %s on".formatted(stopping, Stop.seconds(since(faultNanos)));
      Thread.sleep(HOOK_STANDS_STILL.toMillis());
      hook.resume();
      return;
    }
    if (leader.isEmpty()) {
      fault = "no fault, nobody led the topic of turns";
      return;
    }
    faultTakesBroker = true;
    KafkaNode broker = cluster.node(leader.getAsInt());
    boolean kill = setting.faults() == Faults.LEADER_KILL;
    fault =
        "broker %d, the leader, was %s after %s"
            .formatted(broker.id(), kill ? "killed" : "paused", Stop.seconds(since(faultNanos)));
    if (kill) {
      broker.kill();
      Thread.sleep(LEADER_AWAY.toMillis());
      broker.start();
      broker.awaitRunning();
    } else {
      broker.pause();
      Thread.sleep(LEADER_AWAY.toMillis());
      broker.resume();
    }
  }
}
