package dev.kafkapod.rollout;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.tryout.IsrWatch;
import dev.kafkapod.tryout.Producing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Rolls real brokers as Kubernetes would, and reports what that did. */
public final class Rollout {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final long SAMPLE_MS = 500;
  private static final String TOPIC = "orders";

  private final Setting setting;
  private final PrintStream out;
  private final List<Course.Sends> sends = new CopyOnWriteArrayList<>();

  private Rollout(Setting setting, PrintStream out) {
    this.setting = setting;
    this.out = out;
  }

  /** Rolls, writes the report and exits with 0 if all went well, or was meant to go wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Setting setting;
    try {
      setting = Setting.parse(List.of(args), Path.of(System.getProperty("kafkapod.caller", "")));
      requireWritable(setting.output());
    } catch (IllegalArgumentException e) {
      System.err.println("rollout: " + e.getMessage());
      System.exit(2);
      return;
    }
    Course course = run(setting, System.out);
    Files.writeString(setting.output(), new Report(course).html());
    System.out.println("Report: " + setting.output());
    System.out.println(course.summary());
    System.exit(course.exitCode());
  }

  /**
   * Asked before the rollout, which takes minutes.
   *
   * @throws IllegalArgumentException if no report can go there
   */
  static void requireWritable(Path output) {
    try {
      Path folder = output.toAbsolutePath().getParent();
      if (folder == null || Files.isDirectory(output)) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      boolean writable = Files.exists(output) ? Files.isWritable(output) : isWritable(folder);
      if (!writable) {
        throw new IOException("permission denied");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--output: must be a file that can be written, got '%s' (%s); write for example --output target/rollout.html"
              .formatted(output, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  /** Tried, because some file systems refuse what their permissions allow. */
  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".rollout", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Rolls real brokers, and tells how it went. */
  static Course run(Setting setting, PrintStream out) throws InterruptedException {
    return new Rollout(setting, out).run();
  }

  private Course run() throws InterruptedException {
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
    for (int id = 0; id < setting.brokers(); id++) {
      builder.brokerConfig(id, "broker.rack", "zone-" + id + "/set-" + setting.setOf(id));
      if (agents.isPresent()) {
        builder.brokerEnvironment(id, "KAFKA_POD_GATE", setting.gate().optionName());
      }
    }
    try (KafkaCluster cluster = builder.start()) {
      cluster.createTopic(
          TOPIC,
          setting.brokers() * 4,
          setting.replicationFactor(),
          Map.of(
              "min.insync.replicas", String.valueOf(setting.minIsr()), Throttle.TOPIC_CONFIG, "*"));
      agents.ifPresent(all -> IntStream.range(0, setting.brokers()).forEach(all::awaitReady));
      return roll(cluster, agents);
    }
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
    IsrWatch watch = new IsrWatch(() -> admin, Map.of(TOPIC, setting.minIsr()));
    try (admin;
        watch;
        producing) {
      for (int id = 0; id < setting.brokers(); id++) {
        int broker = id;
        pods.add(
            new BrokerPod(
                cluster.broker(id),
                agents.map(it -> it.runDirectory(broker)),
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

  /** Each reason once, with the brokers that have it. */
  private static String waitsFor(List<BrokerPod> pods) {
    Map<String, List<String>> brokers = new TreeMap<>();
    for (BrokerPod pod : pods) {
      if (!pod.isReady()) {
        brokers.computeIfAbsent(pod.now(), it -> new ArrayList<>()).add(String.valueOf(pod.id()));
      }
    }
    return brokers.isEmpty()
        ? "the next step, all brokers are ready"
        : brokers.entrySet().stream()
            .map(it -> "broker %s %s".formatted(String.join(", ", it.getValue()), it.getKey()))
            .collect(Collectors.joining("; "));
  }

  private boolean rollSets(List<BrokerPod> pods) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int size = setting.brokers() / setting.sets();
    List<Thread> controllers = new ArrayList<>();
    List<Boolean> done = new CopyOnWriteArrayList<>();
    for (int set = 0; set < setting.sets(); set++) {
      StatefulSet statefulSet = new StatefulSet(pods.subList(set * size, (set + 1) * size));
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
              "controller of set " + set);
      controller.start();
      controllers.add(controller);
    }
    for (Thread controller : controllers) {
      controller.join();
    }
    return done.size() == setting.sets() && !done.contains(false);
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
