package dev.kafkapod.tryout;

import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Tells the story of {@code scripts/try}, and fails if it doesn't come true. */
public final class Try {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<StoryTopic> TOPICS =
      List.of(
          new StoryTopic("orders", 6, 3, 2),
          new StoryTopic("audit", 3, 3, 1),
          new StoryTopic("pairs", 2, 2, 2));
  private static final String MIN_ISR = "min.insync.replicas";

  private final PrintStream out;
  private final KafkaPodCli kafkaPod = KafkaPodCli.packaged();
  private final KafkaCluster cluster;

  private Try(PrintStream out, KafkaCluster cluster) {
    this.out = out;
    this.cluster = cluster;
  }

  /**
   * Tells the story.
   *
   * @param args nothing, or --keep to leave the cluster running
   */
  public static void main(String[] args) {
    boolean keep = Arrays.asList(args).contains("--keep");
    PrintStream out = System.out;
    out.println("Starting three brokers and a controller on 127.0.0.5 …");
    try (KafkaCluster cluster =
        KafkaCluster.kraft().brokers(3).addresses("127.0.0.5", 9091).start()) {
      tell(new Try(out, cluster), keep);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void tell(Try story, boolean keep) throws InterruptedException {
    try {
      story.tell();
    } catch (AssertionError | RuntimeException e) {
      story.cluster.keep();
      story.out.println("The brokers' logs are in " + story.cluster.directory());
      throw e;
    }
    if (keep) {
      story.keep();
    }
  }

  private void tell() throws InterruptedException {
    for (StoryTopic topic : TOPICS) {
      cluster.createTopic(
          topic.name(),
          topic.partitions(),
          topic.replicas(),
          Map.of(MIN_ISR, String.valueOf(topic.minIsr())));
    }
    chapter("All is well, so a rollout may go on:");
    await(cluster.broker(0), code -> code == 0);

    chapter(
        "Broker 2 dies. Broker 0 is fine, but its cluster can't spare another one, so a rollout must wait:");
    cluster.broker(2).kill();
    await(cluster.broker(0), code -> code == 1);

    chapter("Broker 2 comes back:");
    cluster.broker(2).start();
    await(cluster.broker(0), code -> code == 0);

    chapter(
        "A rolling restart of all three, waiting for ready before each step, under acks=all load:");
    roll();
  }

  private void roll() throws InterruptedException {
    Map<String, Integer> counted = StoryTopic.counted(TOPICS);
    Producing producing =
        Producing.toTopics(cluster.bootstrapServers(), List.copyOf(counted.keySet()));
    IsrWatch watch = new IsrWatch(cluster::admin, counted);
    try (producing;
        watch) {
      List<KafkaNode> highestFirst = new ArrayList<>(cluster.brokers());
      Collections.reverse(highestFirst);
      for (KafkaNode broker : highestFirst) {
        await(broker, code -> code == 0);
        out.println("    restarting broker " + broker.id());
        broker.stop();
        broker.start();
        await(broker, code -> code == 0);
      }
    }
    out.println();
    out.printf("acknowledged messages:            %d%n", producing.acknowledged());
    out.printf("failed sends:                     %s%n", producing.failures());
    out.printf(
        "partition-seconds under min ISR:  %.1f (in %d looks)%n",
        watch.partitionSeconds(), watch.looks().size());
    StoryTopic.leftOut(TOPICS).forEach(out::println);
    if (producing.anyFailed()
        || producing.acknowledged() == 0
        || watch.partitionSeconds() > 0
        || watch.looks().isEmpty()) {
      throw new AssertionError(
          "the rolling restart did harm, or wasn't observed: see the numbers above");
    }
  }

  private void chapter(String heading) {
    out.println();
    out.println(heading);
  }

  /**
   * Asks one broker until the answer is the expected one, and prints each answer that differs from
   * the last.
   */
  private void await(KafkaNode broker, IntPredicate expected) throws InterruptedException {
    String[] options = {
      "ready", "--bootstrap-server=" + cluster.bootstrapServers(), "--jmx-url=" + broker.jmxUrl()
    };
    long begun = System.nanoTime();
    String last = "";
    while (true) {
      KafkaPodCli.Result result = kafkaPod.run(options);
      String line = result.line() + result.err().strip();
      if (!line.equals(last)) {
        out.printf("  broker %d: exit %d, %s%n", broker.id(), result.exitCode(), line);
        last = line;
      }
      if (expected.test(result.exitCode())) {
        return;
      }
      if (System.nanoTime() - begun > LIMIT.toNanos()) {
        throw new AssertionError(
            "the expected answer didn't come within " + LIMIT.toSeconds() + " s; last: " + result);
      }
      Thread.sleep(200);
    }
  }

  private void keep() {
    KafkaNode broker = cluster.broker(0);
    chapter("The cluster stays. Ask it:");
    out.printf(
        "  %s status --bootstrap-server %s --jmx-url %s%n",
        kafkaPod.launcher(), cluster.bootstrapServers(), broker.jmxUrl());
    out.println("Stop broker 2, and start it again:");
    out.printf("  kill -STOP %1$d; kill -CONT %1$d%n", cluster.broker(2).pid());
    String pids = String.join(" ", cluster.release().stream().map(String::valueOf).toList());
    out.println("End it:");
    out.printf("  kill -9 %s; rm -r %s%n", pids, cluster.directory());
  }
}
