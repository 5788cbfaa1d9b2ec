package dev.kafkapod.rollout;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.tryout.IsrWatch;
import dev.kafkapod.tryout.Producing;
import dev.kafkapod.tryout.QuorumWatch;
import dev.kafkapod.tryout.StopHook;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/** One rollout of real brokers, as Kubernetes would do it, under load and watched. */
final class RolloutRun {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final long SAMPLE_MS = 500;
  private static final Duration HOOK_WAITS = Duration.ofMinutes(5);
  private static final String TOPIC = "orders";
  private static final String HOST = "127.0.0.1";

  private final Setting setting;
  private final PrintStream out;
  private final List<Course.Sends> sends = new CopyOnWriteArrayList<>();

  RolloutRun(Setting setting, PrintStream out) {
    this.setting = setting;
    this.out = out;
  }

  /** Rolls, and tells how it went. */
  Course run() throws InterruptedException {
    out.println("Starting " + setting.describe() + " …");
    KafkaClusterBuilder builder =
        KafkaCluster.kraft()
            .brokers(setting.brokers())
            // by default a quota holds on average over 11 s, in which small brokers have caught up
            .config("replication.quota.window.num", "1")
            // and each fetch may exceed it by its own size
            .config("replica.fetch.max.bytes", "16384")
            .config("replica.fetch.response.max.bytes", "65536")
            // leaders go back to where they belong, as they do in a rollout that takes hours
            .config("leader.imbalance.check.interval.seconds", "5");
    Optional<Agents> agents =
        setting.gate() == Setting.Gate.NONE
            ? Optional.empty()
            : Optional.of(Agents.join(builder, setting.brokers()));
    List<Integer> controllers =
        IntStream.range(0, setting.stops().controllers())
            .map(it -> Setting.FIRST_CONTROLLER + it)
            .boxed()
            .toList();
    if (!controllers.isEmpty()) {
      builder.controllers(controllers.size());
    }
    int firstPort = FreePorts.findRow(HOST, setting.brokers());
    builder.addresses(HOST, firstPort);
    String brokers =
        IntStream.range(firstPort, firstPort + setting.brokers())
            .mapToObj(port -> HOST + ":" + port)
            .collect(Collectors.joining(","));
    for (int id = 0; id < setting.brokers(); id++) {
      builder.brokerConfig(id, "broker.rack", setting.rackOf(id));
    }
    agents.ifPresent(
        all -> {
          controllers.forEach(id -> all.join(id, builder));
          IntStream.concat(
                  IntStream.range(0, setting.brokers()),
                  controllers.stream().mapToInt(Integer::intValue))
              .forEach(
                  id -> {
                    builder.brokerEnvironment(id, "KAFKA_POD_GATE", setting.gate().optionName());
                    hook(id, brokers).tellAgent(builder, id);
                  });
        });
    try (KafkaCluster cluster = builder.start()) {
      cluster.createTopic(
          TOPIC,
          setting.assignment(setting.brokers() * 4),
          Map.of(
              "min.insync.replicas",
              String.valueOf(setting.replicas().minIsr()),
              Throttle.TOPIC_CONFIG,
              "*"));
      agents.ifPresent(
          all -> {
            IntStream.range(0, setting.brokers()).forEach(all::awaitReady);
            controllers.forEach(all::awaitReady);
          });
      return roll(cluster, agents);
    }
  }

  private StopHook hook(int node, String brokers) {
    return new StopHook(
        setting.stops().turns(), node >= Setting.FIRST_CONTROLLER ? brokers : "", HOOK_WAITS);
  }

  private Course roll(KafkaCluster cluster, Optional<Agents> agents) throws InterruptedException {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "request.timeout.ms", 1000,
            "default.api.timeout.ms", 3000);
    boolean complete;
    List<BrokerPod> pods = new ArrayList<>();
    Producing producing =
        Producing.toTopics(
            cluster.bootstrapServers(),
            List.of(TOPIC),
            Producing.Pace.perSecond(setting.load(), Setting.MESSAGE_BYTES),
            PATIENCE);
    Admin admin = Admin.create(client);
    IsrWatch watch = new IsrWatch(() -> admin, Map.of(TOPIC, setting.replicas().minIsr()));
    List<KafkaNode> rolled = new ArrayList<>(cluster.brokers());
    if (setting.stops().controllers() > 0) {
      rolled.addAll(cluster.controllers());
    }
    QuorumWatch quorum = new QuorumWatch(cluster.controllers());
    try (admin;
        watch;
        quorum;
        producing) {
      for (KafkaNode node : rolled) {
        pods.add(
            new BrokerPod(
                node,
                "%s %d"
                    .formatted(
                        node.id() >= Setting.FIRST_CONTROLLER ? "controller" : "broker", node.id()),
                agents.map(it -> it.runDirectory(node.id())),
                setting.stops().hook()
                    ? Optional.of(hook(node.id(), cluster.bootstrapServers()))
                    : Optional.empty(),
                watch.begunNanos(),
                out::println));
      }
      Thread sampler = new Thread(() -> sample(producing, watch.begunNanos()), "sampler");
      sampler.setDaemon(true);
      sampler.start();
      quietly(watch);
      Throttle throttle = new Throttle(cluster, setting);
      throttle.allow(perSecond(0), Duration.ZERO);
      Thread beat = new Thread(() -> tellAndAdapt(pods, throttle, watch.begunNanos()), "heartbeat");
      beat.setDaemon(true);
      beat.start();
      complete = rollSets(pods);
      if (!complete) {
        out.println("Given up: " + waitsFor(pods));
      }
      beat.interrupt();
      beat.join();
      quietly(watch);
      pods.forEach(BrokerPod::close);
      sampler.interrupt();
      sampler.join();
    }
    count(producing, watch.begunNanos());
    return new Course(
        setting,
        complete,
        watch.looks(),
        pods.stream().map(pod -> new Course.Pod(pod.id(), pod.changes())).toList(),
        sends,
        watch.partitionSeconds(),
        producing.failures(),
        setting.stops().controllers() > 0 ? Optional.of(quorum.losses()) : Optional.empty(),
        Conditions.now(cluster.distribution().version()),
        Waits.of(producing.acknowledgements(), watch.begunNanos()));
  }

  /** What it looks like before and after, for the picture. */
  private static void quietly(IsrWatch watch) {
    int enough = watch.looks().size() + (int) (QUIET.toMillis() / 150);
    Await.until(
        "a few looks at the cluster", LIMIT, () -> watch.looks().size(), seen -> seen >= enough);
  }

  /**
   * The load as it really is, once the producer has got going.
   *
   * @param sinceMillis from when on it counts, since the watch began
   */
  private long perSecond(long sinceMillis) {
    List<Course.Sends> counted =
        sends.stream().filter(it -> it.acknowledged() > 0 && it.atMillis() >= sinceMillis).toList();
    if (counted.size() < 2) {
      return 0;
    }
    Course.Sends first = counted.get(0);
    Course.Sends last = counted.get(counted.size() - 1);
    return (last.acknowledged() - first.acknowledged())
        * 1000
        / Math.max(1, last.atMillis() - first.atMillis());
  }

  /** Until it is interrupted: says what is waited for, and lets more through where that is due. */
  private void tellAndAdapt(List<BrokerPod> pods, Throttle throttle, long begunNanos) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(BEAT.toMillis());
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
        long changed = pods.stream().mapToLong(BrokerPod::changedAtMillis).max().orElse(now);
        out.printf(
            "%8s  waits for %s; %,d messages acknowledged%n",
            Report.seconds(now), waitsFor(pods), sends.get(sends.size() - 1).acknowledged());
        if (throttle.allow(
            perSecond(now - BEAT.toMillis()), Duration.ofMillis(Math.max(0, now - changed)))) {
          out.printf(
              "%8s  replicas catch up by %s from now on%n",
              Report.seconds(now), throttle.describe());
        }
      }
    } catch (InterruptedException e) {
      // it is over
    }
  }

  /** Each reason once, with the nodes that have it. */
  private static String waitsFor(List<BrokerPod> pods) {
    Map<String, List<String>> nodes = new TreeMap<>();
    for (BrokerPod pod : pods) {
      if (!pod.isReady()) {
        nodes.computeIfAbsent(pod.now(), it -> new ArrayList<>()).add(pod.name());
      }
    }
    return nodes.isEmpty()
        ? "the next step, all are ready"
        : nodes.entrySet().stream()
            .map(it -> "%s %s".formatted(String.join(", ", it.getValue()), it.getKey()))
            .collect(Collectors.joining("; "));
  }

  private boolean rollSets(List<BrokerPod> pods) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int size = setting.brokers() / setting.sets();
    List<Thread> controllers = new ArrayList<>();
    List<Boolean> done = new CopyOnWriteArrayList<>();
    List<List<BrokerPod>> sets = new ArrayList<>();
    for (int set = 0; set < setting.sets(); set++) {
      sets.add(pods.subList(set * size, (set + 1) * size));
    }
    if (setting.stops().controllers() > 0) {
      sets.add(pods.subList(setting.brokers(), pods.size()));
    }
    for (List<BrokerPod> set : sets) {
      StatefulSet statefulSet = new StatefulSet(set);
      Thread controller =
          new Thread(
              () -> {
                try {
                  done.add(statefulSet.roll(() -> System.nanoTime() < end));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (RuntimeException | AssertionError e) {
                  out.println("The rollout broke off: " + e);
                }
              },
              "controller of " + set.get(0).name());
      controller.start();
      controllers.add(controller);
    }
    for (Thread controller : controllers) {
      controller.join();
    }
    return done.size() == sets.size() && !done.contains(false);
  }

  private void sample(Producing producing, long begunNanos) {
    try {
      while (true) {
        count(producing, begunNanos);
        Thread.sleep(SAMPLE_MS);
      }
    } catch (InterruptedException e) {
      // it is over
    }
  }

  private void count(Producing producing, long begunNanos) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    sends.add(new Course.Sends(now, producing.acknowledged(), producing.failed()));
  }
}
