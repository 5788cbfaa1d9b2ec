package dev.kafkapod.bench;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs {@code scripts/bench probe}: what does a one-shot probe cost, next to what people do today?
 *
 * <p>The two sides take turns, so that whatever else the machine does hits both.
 */
@Command(
    name = "scripts/bench probe",
    description =
        "Measures kafka-pod ready --direct and kafka-pod-probe ready against four calls of kafka-topics.sh and"
            + " a health check of bash and curl, on 24 and on 5,000 partitions.",
    exitCodeOnExecutionException = BenchOptions.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was measured",
      "1:with --strict: an aim is not met",
      "2:wrong options, or GNU time, bash or curl is missing",
      "3:a measured command failed, or the brokers did"
    },
    sortOptions = false)
public final class ProbeBench implements Callable<Integer> {

  static final int PARTITIONS_A_TOPIC = 8;
  private static final int TOPICS_A_BATCH = 25;
  static final short REPLICATION_FACTOR = 3;
  static final String MIN_ISR = "2";
  private static final List<Integer> SIZES = List.of(24, 5_000);
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 2;

  /**
   * Calls of a shell probe that are measured at once. Fewer measure nothing: twenty take about as
   * long as the unit in which GNU time counts.
   */
  private static final int BATCH = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each of the four calls is measured, 7 unless set.")
  private Integer rounds;

  @Option(
      names = "--quick",
      description =
          "2 rounds on 24 partitions, to see that the bench still runs; the figures mean nothing.")
  private boolean quick;

  @Mixin private BenchOptions options;

  private ProbeBench() {}

  /**
   * Measures and prints.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    Benches.main(new ProbeBench(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    requireConsistency();
    GnuTime time = gnuTime();
    KafkaPodReady ready =
        new KafkaPodReady(time, System.getenv().getOrDefault("KAFKA_POD_JVM_OPTIONS", ""));
    ProbeReport report = new ProbeReport(spec.commandLine().getOut());
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    progress("starting three brokers and a controller");
    boolean met = true;
    // one broker only: the others' agents would be more work for the machine, and answer nobody
    KafkaClusterBuilder builder = builder();
    Agents agents = Agents.join(builder, 1);
    try (KafkaCluster cluster = builder.start()) {
      int created = 0;
      report.conditions(cluster, ready, load, rounds, BATCH);
      for (int size : quick ? SIZES.subList(0, 1) : SIZES) {
        progress("%,d partitions: creating", size);
        create(cluster, created, size);
        created = size;
        agents.awaitReady(0);
        ShellProbes shell = new ShellProbes(time, BATCH, agents, cluster.broker(0));
        Comparison comparison =
            compare(size, new KafkaTopics(time, cluster), ready, shell, cluster);
        ShellComparison shells = shell.comparison(comparison);
        report.figures(size, comparison, shells);
        met &= comparison.aims().stream().allMatch(Comparison.Aim::met);
        met &= shells.aims().stream().allMatch(Comparison.Aim::met);
      }
    }
    return options.end(spec.commandLine().getOut(), quick, met);
  }

  private void requireConsistency() {
    List<String> problems = new ArrayList<>();
    if (rounds != null && rounds < 1) {
      problems.add("--rounds: must be 1 or more, got " + rounds);
    }
    if (quick && rounds != null) {
      problems.add("--rounds: --quick has its own, %d; leave out one".formatted(QUICK_ROUNDS));
    }
    options.require(quick, problems);
    if (rounds == null) {
      rounds = quick ? QUICK_ROUNDS : ROUNDS;
    }
  }

  private GnuTime gnuTime() {
    try {
      ShellProbes.find();
      return GnuTime.find();
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A machine too busy for replication to keep up must not change what is measured. */
  private KafkaClusterBuilder builder() {
    return KafkaCluster.kraft()
        .brokers(3)
        .heap(quick ? "256m" : "1g")
        .config("replica.lag.time.max.ms", "600000")
        .config("broker.session.timeout.ms", "60000");
  }

  private static void create(KafkaCluster cluster, int from, int to)
      throws InterruptedException, ExecutionException {
    List<NewTopic> topics =
        IntStream.range(from / PARTITIONS_A_TOPIC, to / PARTITIONS_A_TOPIC)
            .mapToObj(
                number ->
                    new NewTopic("topic-" + number, PARTITIONS_A_TOPIC, REPLICATION_FACTOR)
                        .configs(Map.of("min.insync.replicas", MIN_ISR)))
            .toList();
    for (int i = 0; i < topics.size(); i += TOPICS_A_BATCH) {
      cluster
          .admin()
          .createTopics(topics.subList(i, Math.min(i + TOPICS_A_BATCH, topics.size())))
          .all()
          .get();
      cluster.awaitFullIsr();
    }
  }

  private Comparison compare(
      int size,
      KafkaTopics kafkaTopics,
      KafkaPodReady ready,
      ShellProbes shell,
      KafkaCluster cluster) {
    List<List<Cost>> fours = new ArrayList<>();
    List<Cost> readies = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      progress("%,d partitions: %s", size, round == 0 ? "warm-up" : "round " + round);
      List<Cost> four = new ArrayList<>();
      List<Cost> answers = new ArrayList<>();
      for (String condition : KafkaTopics.conditions()) {
        four.add(kafkaTopics.describe(condition));
        answers.add(ready.ask(cluster));
      }
      shell.takeTurns(round > 0);
      if (round > 0) {
        fours.add(four);
        readies.addAll(answers);
      }
    }
    return Comparison.of(fours, readies);
  }

  private void progress(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(Locale.ROOT, "… " + format + "%n", values);
    err.flush();
  }
}
