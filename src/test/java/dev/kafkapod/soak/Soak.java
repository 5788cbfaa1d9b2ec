package dev.kafkapod.soak;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Three brokers with agents; every minute one of two is restarted, by SIGTERM and by SIGKILL in
 * turn, while the third shows whether anything leaks. All the time each agent is compared with an
 * oracle.
 */
public final class Soak {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration DEAD = Duration.ofSeconds(20);

  /** So long that nobody but the quorum's leader can tell that a broker was killed. */
  private static final Duration SESSION = Duration.ofSeconds(60);

  private static final int BROKERS = 3;

  private final PrintStream out;
  private final KafkaCluster cluster;
  private final Agents agents;
  private final List<Oracle> oracles = IntStream.range(0, BROKERS).mapToObj(Oracle::new).toList();

  private Soak(PrintStream out, KafkaCluster cluster, Agents agents) {
    this.out = out;
    this.cluster = cluster;
    this.agents = agents;
  }

  /**
   * Runs it.
   *
   * @param args the number of minutes, and the number of seconds from one restart to the next
   */
  public static void main(String[] args) throws Exception {
    int minutes = Integer.parseInt(args[0]);
    Duration betweenRestarts = Duration.ofSeconds(Integer.parseInt(args[1]));
    PrintStream out = System.out;
    KafkaClusterBuilder builder =
        KafkaCluster.kraft()
            .brokers(BROKERS)
            .config("broker.session.timeout.ms", String.valueOf(SESSION.toMillis()));
    Agents agents = Agents.join(builder, BROKERS);
    List<String> problems;
    try (KafkaCluster cluster = builder.start()) {
      problems = new Soak(out, cluster, agents).run(minutes, betweenRestarts);
      if (!problems.isEmpty()) {
        cluster.keep();
        out.println("The brokers' logs are in " + cluster.directory());
      }
    }
    problems.forEach(problem -> out.println("FAILED: " + problem));
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  private List<String> run(int minutes, Duration betweenRestarts)
      throws IOException, InterruptedException {
    cluster.createTopic("orders", 12, BROKERS, Map.of("min.insync.replicas", "2"));
    for (int id = 0; id < BROKERS; id++) {
      agents.awaitReady(id);
    }
    Footprint before = Footprint.of(cluster.broker(0));
    out.println("At first broker 0 holds " + before);
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    for (int round = 0; System.nanoTime() < end; round++) {
      restart(cluster.broker(1 + round % 2), round / 2 % 2 == 0);
      watch(betweenRestarts.minus(DEAD));
      out.printf("%d: %s%n", round + 1, agents.get(0, "/readyz").body().strip());
    }
    cluster.restore();
    agents.awaitReady(0);
    Footprint after = Footprint.of(cluster.broker(0));
    out.println("In the end broker 0 holds " + after);
    out.println("Grown most, in bytes: " + after.growthSince(before));
    List<String> problems = new ArrayList<>(after.leaksSince(before));
    for (Oracle oracle : oracles) {
      out.println(oracle);
      problems.addAll(oracle.violations());
      if (oracle.changes() == 0) {
        problems.add(oracle + ": a soak in which nothing changes shows nothing");
      }
    }
    return problems;
  }

  private void restart(KafkaNode broker, boolean gently) throws InterruptedException {
    if (gently) {
      broker.stop();
    } else {
      broker.kill();
    }
    oracles.get(broker.id()).processEnded();
    watch(DEAD);
    broker.start();
  }

  private void watch(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      look();
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void look() throws InterruptedException {
    boolean sound;
    try {
      sound =
          cluster.brokers().stream().allMatch(KafkaNode::isAlive)
              && cluster.partitionsWithoutAllLiveReplicasAt(0).isEmpty();
    } catch (IOException e) {
      return; // nobody knows the truth just now
    }
    for (KafkaNode broker : cluster.brokers()) {
      if (!broker.isAlive()) {
        continue;
      }
      try {
        String line = agents.get(broker.id(), "/readyz").body().strip();
        boolean runs = agents.get(broker.id(), "/startupz").statusCode() == 200;
        oracles
            .get(broker.id())
            .look(sound && runs, line.startsWith("ready: "), line, System.nanoTime());
      } catch (IOException e) {
        // it has only just been started
      }
    }
  }
}
