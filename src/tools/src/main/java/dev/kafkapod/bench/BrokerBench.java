package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Measures real brokers with the agent and without, taking turns: how long they take to start, what
 * memory they have, what they use while nobody wants anything of them, and what a producer gets out
 * of them.
 *
 * <p>Both sides have a cluster each, of which only one runs at a time; every turn starts it anew,
 * so that a JVM that happened to compile worse doesn't count for more than one round.
 */
final class BrokerBench {

  /**
   * How much of everything.
   *
   * @param starts turns of each side at starting
   * @param loads turns of each side under load
   * @param settle from a broker's start to the look at its memory
   * @param idle how long brokers are watched that have nothing to do
   * @param records that a producer sends as fast as it can
   * @param paced records that a producer sends at {@link #PACE} a second
   */
  record Sizes(int starts, int loads, Duration settle, Duration idle, int records, int paced) {}

  static final Sizes FULL =
      new Sizes(5, 3, Duration.ofSeconds(10), Duration.ofSeconds(60), 100_000, 20_000);
  static final Sizes QUICK =
      new Sizes(1, 1, Duration.ofSeconds(3), Duration.ofSeconds(3), 20_000, 4_000);

  private static final int PACE = 2_000;
  private static final int PARTITIONS = 24;
  private static final double START = 1.05;
  private static final double MEMORY = 1.06;

  private final PrintWriter out;
  private final Consumer<String> progress;
  private final Sizes sizes;

  BrokerBench(PrintWriter out, Consumer<String> progress, Sizes sizes) {
    this.out = out;
    this.progress = progress;
    this.sizes = sizes;
  }

  /** Prints all of it, and says what came of the aims. */
  List<Aim> run() throws IOException, InterruptedException, ExecutionException {
    out.printf(
        Locale.ROOT,
        "%nreal brokers, with the agent and without, by turns, each turn in a new JVM%n"
            + "  with the flags of kafka-run-class.sh and kafka-server-start.sh, heap 1 GB, and an archive of Kafka's%n"
            + "  classes (CDS), which the JVM takes on both sides; medians of %d starts and %d loads, in brackets the lowest and the highest%n",
        sizes.starts(),
        sizes.loads());
    List<Aim> aims = new ArrayList<>(start());
    aims.addAll(load());
    out.println();
    ProbeReport.print(out, aims);
    out.flush();
    return aims;
  }

  private List<Aim> start() throws IOException, InterruptedException {
    List<StartedBroker> starts = new ArrayList<>();
    List<StartedBroker> startsWithout = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    List<Double> memoryWithout = new ArrayList<>();
    progress.accept("start: two nodes, one with the agent");
    try (BrokerSide with = BrokerSide.of(builder().brokers(1).combined(), 1);
        BrokerSide without = BrokerSide.of(builder().brokers(1).combined(), 0)) {
      for (int round = 1; round <= sizes.starts(); round++) {
        progress.accept("start: round " + round);
        for (BrokerSide side : inTurn(round, with, without)) {
          KafkaNode node = side.cluster().broker(0);
          (side.hasAgents() ? starts : startsWithout).add(StartedBroker.of(node));
          Thread.sleep(sizes.settle().toMillis());
          side.awaitReady();
          (side.hasAgents() ? memory : memoryWithout)
              .add(StartedBroker.residentAfterCollection(node));
          side.stop();
        }
      }
    }
    Sides millis = sides(starts, startsWithout, StartedBroker::millis);
    Sides cpu = sides(starts, startsWithout, StartedBroker::cpuMillis);
    Sides megabytes = new Sides(memory, memoryWithout);
    out.printf("%nstart of a combined node, to 'Kafka Server started'%n");
    out.println("  wall: " + millis.text(".0f ms"));
    out.println("    " + millis.judgement());
    out.println("  CPU: " + cpu.text(".0f ms"));
    out.println("    " + cpu.judgement());
    out.printf(
        "resident memory %d s later, the agent ready, after a forced collection%n",
        sizes.settle().toSeconds());
    out.println("  " + megabytes.text(".1f MB"));
    out.flush();
    return List.of(
        millis.atMost("start, with agent / without", START),
        megabytes.atMost("memory, with agent / without", MEMORY));
  }

  private List<Aim> load() throws IOException, InterruptedException, ExecutionException {
    List<ProducerRun> fast = new ArrayList<>();
    List<ProducerRun> fastWithout = new ArrayList<>();
    List<ProducerRun> paced = new ArrayList<>();
    List<ProducerRun> pacedWithout = new ArrayList<>();
    List<AgentThreads.Share> idle = List.of();
    List<AgentThreads.Share> idleWithout = List.of();
    progress.accept("load: two clusters, one with agents");
    try (BrokerSide with = BrokerSide.of(builder().brokers(3), 3);
        BrokerSide without = BrokerSide.of(builder().brokers(3), 0)) {
      for (int round = 1; round <= sizes.loads(); round++) {
        for (BrokerSide side : inTurn(round, with, without)) {
          progress.accept(
              "load: round %d, %s".formatted(round, side.hasAgents() ? "with" : "without"));
          side.startAgain();
          String topic = "round-" + round;
          side.cluster().createTopic(topic, PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
          side.cluster().awaitFullIsr();
          side.awaitReady();
          (side.hasAgents() ? fast : fastWithout)
              .add(ProducerRun.of(side.cluster(), topic, sizes.records() / 3, sizes.records(), -1));
          (side.hasAgents() ? paced : pacedWithout)
              .add(ProducerRun.of(side.cluster(), topic, sizes.paced() / 5, sizes.paced(), PACE));
          if (round == sizes.loads()) {
            progress.accept("idle");
            side.awaitReady();
            List<AgentThreads.Share> shares =
                AgentThreads.watch(side.cluster().brokers(), sizes.idle());
            if (side.hasAgents()) {
              idle = shares;
            } else {
              idleWithout = shares;
            }
          }
          side.cluster().admin().deleteTopics(List.of(topic)).all().get();
          side.stop();
        }
      }
    }
    Sides throughput = sides(fast, fastWithout, ProducerRun::recordsPerSecond);
    Sides latency = sides(paced, pacedWithout, ProducerRun::p99Millis);
    printLoad(throughput, latency);
    printIdle(idle, idleWithout);
    return List.of(
        throughput.notBelowNoise("throughput, with agent / without"),
        latency.notAboveNoise("99th percentile, with agent / without"));
  }

  private void printLoad(Sides throughput, Sides latency) {
    out.printf(
        Locale.ROOT,
        "%nproducing to 3 brokers, %d partitions, replication factor 3, acks=all, records of %,d bytes%n",
        PARTITIONS,
        ProducerRun.RECORD_SIZE);
    out.printf(
        Locale.ROOT,
        "  throughput, %,d records after %,d to warm up, records a second:%n",
        sizes.records(),
        sizes.records() / 3);
    out.println("    " + throughput.text(",.0f"));
    out.println("    " + throughput.judgement());
    out.printf(
        Locale.ROOT,
        "  99th percentile of latency, %,d records at %,d a second:%n",
        sizes.paced(),
        PACE);
    out.println("    " + latency.text(".0f ms"));
    out.println("    " + latency.judgement());
    out.flush();
  }

  private void printIdle(List<AgentThreads.Share> with, List<AgentThreads.Share> without) {
    out.printf(
        "%nthe same 3 brokers idle for %d s, after that load, the agents ready, in %% of a core%n",
        sizes.idle().toSeconds());
    List<Double> agents = with.stream().map(AgentThreads.Share::agent).toList();
    out.printf(
        Locale.ROOT,
        "  the agent's own threads: %.2f %% (%.2f %% to %.2f %%)%n",
        Sides.median(agents),
        agents.stream().min(Double::compare).orElseThrow(),
        agents.stream().max(Double::compare).orElseThrow());
    out.println(
        "  the whole process: " + sides(with, without, AgentThreads.Share::process).text(".2f %%"));
  }

  private static KafkaClusterBuilder builder() {
    return KafkaCluster.kraft()
        .serverFlags()
        // a machine too busy for replication to keep up must not change what is measured
        .config("replica.lag.time.max.ms", "600000")
        .config("broker.session.timeout.ms", "60000")
        .config("log.segment.delete.delay.ms", "1000");
  }

  /** The first one changes, because other work on the machine may have a rhythm. */
  private static List<BrokerSide> inTurn(int round, BrokerSide one, BrokerSide other) {
    return round % 2 == 0 ? List.of(other, one) : List.of(one, other);
  }

  private interface Figure<T> {
    double of(T measured);
  }

  private static <T> Sides sides(List<T> with, List<T> without, Figure<T> figure) {
    return new Sides(
        with.stream().map(figure::of).toList(), without.stream().map(figure::of).toList());
  }
}
