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
import java.util.TreeMap;

/**
 * Three brokers and three controllers with agents; every minute one of two brokers is restarted,
 * and a controller that follows with it, by SIGTERM and by SIGKILL in turn, while the third broker
 * shows whether anything leaks. All the time each agent is compared with an oracle.
 */
public final class Soak {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration DEAD = Duration.ofSeconds(20);

  /**
   * Longer than a broker is dead, so that nobody but the quorum's leader can tell that it was
   * killed; and a broker that comes back isn't registered before it has ended.
   */
  private static final Duration SESSION = Duration.ofSeconds(30);

  /** What the last ones to come back may take, the end of a session included. */
  private static final Duration TO_GET_READY = Duration.ofSeconds(90);

  private static final int BROKERS = 3;
  private static final int CONTROLLERS = 3;
  private static final int FIRST_CONTROLLER = 100;

  private final PrintStream out;
  private final KafkaCluster cluster;
  private final Agents agents;
  private final Map<Integer, Oracle> oracles = new TreeMap<>();

  private Soak(PrintStream out, KafkaCluster cluster, Agents agents) {
    this.out = out;
    this.cluster = cluster;
    this.agents = agents;
    cluster.brokers().forEach(it -> oracles.put(it.id(), new Oracle("broker " + it.id())));
    cluster.controllers().forEach(it -> oracles.put(it.id(), new Oracle("controller " + it.id())));
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
            .controllers(CONTROLLERS)
            .config("broker.session.timeout.ms", String.valueOf(SESSION.toMillis()));
    Agents agents = Agents.join(builder, BROKERS);
    for (int i = 0; i < CONTROLLERS; i++) {
      agents.join(FIRST_CONTROLLER + i, builder);
    }
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
    oracles.keySet().forEach(agents::awaitReady);
    Footprint before = Footprint.of(cluster.broker(0));
    out.println("At first broker 0 holds " + before);
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    for (int round = 0; System.nanoTime() < end; round++) {
      restart(cluster.broker(1 + round % 2), round / 2 % 2 == 0);
      watch(betweenRestarts.minus(DEAD));
      out.printf("%d: %s%n", round + 1, agents.get(0, "/readyz").body().strip());
    }
    cluster.restore();
    watchUntilReady();
    Footprint after = Footprint.of(cluster.broker(0));
    out.println("In the end broker 0 holds " + after);
    out.println("Grown most, in bytes: " + after.growthSince(before));
    List<String> problems = new ArrayList<>(after.leaksSince(before));
    for (Oracle oracle : oracles.values()) {
      out.println(oracle);
      problems.addAll(oracle.violations());
      if (oracle.changes() == 0) {
        problems.add(oracle + ": a soak in which nothing changes shows nothing");
      }
    }
    return problems;
  }

  /**
   * One of the brokers, and with it a controller that doesn't lead: nothing of theirs is shared.
   */
  private void restart(KafkaNode broker, boolean gently) throws InterruptedException {
    List<KafkaNode> nodes = List.of(broker, aControllerThatFollows());
    look();
    for (KafkaNode node : nodes) {
      if (gently) {
        node.stop();
      } else {
        node.kill();
      }
      oracles.get(node.id()).processEnded();
    }
    watch(DEAD);
    nodes.forEach(KafkaNode::start);
  }

  private KafkaNode aControllerThatFollows() throws InterruptedException {
    while (true) {
      try {
        int leader = QuorumTruth.of(cluster).leaderId();
        return cluster.controllers().stream()
            .filter(it -> it.id() != leader)
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        Thread.sleep(LOOK.toMillis()); // an election
      }
    }
  }

  private void watchUntilReady() throws InterruptedException {
    long end = System.nanoTime() + TO_GET_READY.toNanos();
    while (System.nanoTime() < end && !oracles.values().stream().allMatch(Oracle::isReady)) {
      look();
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void watch(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      look();
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void look() throws InterruptedException {
    try {
      boolean sound =
          cluster.brokers().stream().allMatch(KafkaNode::isAlive)
              && cluster.partitionsWithoutAllLiveReplicasAt(0).isEmpty();
      look(cluster.brokers(), sound);
    } catch (IOException e) {
      // nobody knows the truth just now
    }
    try {
      boolean sound =
          cluster.controllers().stream().allMatch(KafkaNode::isAlive)
              && QuorumTruth.of(cluster).isWhole();
      look(cluster.controllers(), sound);
    } catch (IOException e) {
      // the same
    }
  }

  private void look(List<KafkaNode> nodes, boolean sound) {
    for (KafkaNode node : nodes) {
      if (!node.isAlive()) {
        continue;
      }
      try {
        String line = agents.get(node.id(), "/readyz").body().strip();
        boolean runs = agents.get(node.id(), "/startupz").statusCode() == 200;
        oracles
            .get(node.id())
            .look(sound && runs, line.startsWith("ready: "), line, System.nanoTime());
      } catch (IOException e) {
        // it has only just been started
      }
    }
  }
}
