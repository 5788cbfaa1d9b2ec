package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaCluster;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
        "Measures kafka-pod ready against four calls of kafka-topics.sh, on 24 and on 5,000 partitions.",
    exitCodeOnExecutionException = ProbeBench.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was measured",
      "1:with --strict: an aim is not met",
      "2:wrong options, or GNU time is missing",
      "3:a measured command failed, or the brokers did"
    },
    sortOptions = false)
public final class ProbeBench implements Callable<Integer> {

  private static final int AIMS_MISSED = 1;
  static final int FAILED = 3;

  private static final int PARTITIONS_A_TOPIC = 8;
  private static final int TOPICS_A_BATCH = 25;
  private static final short REPLICATION_FACTOR = 3;
  private static final String MIN_ISR = "2";
  private static final List<Integer> SIZES = List.of(24, 5_000);
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 2;

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

  @Option(names = "--strict", description = "Exit with 1 unless all aims are met.")
  private boolean strict;

  @SuppressWarnings("unused") // picocli looks at it
  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  private ProbeBench() {}

  /**
   * Measures and prints.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ProbeBench())
            .setParameterExceptionHandler(
                (e, all) -> {
                  PrintWriter err = e.getCommandLine().getErr();
                  e.getMessage().lines().forEach(line -> err.println("bench probe: " + line));
                  return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    requireConsistency();
    GnuTime time = gnuTime();
    KafkaPodReady ready =
        new KafkaPodReady(time, System.getenv().getOrDefault("KAFKA_POD_JVM_OPTIONS", ""));
    PrintWriter out = spec.commandLine().getOut();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    progress("starting three brokers and a controller");
    boolean met = true;
    try (KafkaCluster cluster = startCluster()) {
      int created = 0;
      printConditions(out, cluster, ready, load);
      for (int size : quick ? SIZES.subList(0, 1) : SIZES) {
        progress("%,d partitions: creating", size);
        create(cluster, created, size);
        created = size;
        Comparison comparison = compare(size, new KafkaTopics(time, cluster), ready, cluster);
        print(out, size, comparison);
        met &= comparison.aims().stream().allMatch(Comparison.Aim::met);
      }
    }
    if (quick) {
      out.println("\n--quick: this proves that the bench runs; the figures mean nothing.");
    }
    return strict && !met ? AIMS_MISSED : 0;
  }

  private void requireConsistency() {
    List<String> problems = new ArrayList<>();
    if (rounds != null && rounds < 1) {
      problems.add("--rounds: must be 1 or more, got " + rounds);
    }
    if (quick && rounds != null) {
      problems.add("--rounds: --quick has its own, %d; leave out one".formatted(QUICK_ROUNDS));
    }
    if (quick && strict) {
      problems.add("--strict: the figures of --quick mean nothing; leave out one");
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    if (rounds == null) {
      rounds = quick ? QUICK_ROUNDS : ROUNDS;
    }
  }

  private GnuTime gnuTime() {
    try {
      return GnuTime.find();
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A machine too busy for replication to keep up must not change what is measured. */
  private KafkaCluster startCluster() {
    return KafkaCluster.kraft()
        .brokers(3)
        .heap(quick ? "256m" : "1g")
        .config("replica.lag.time.max.ms", "600000")
        .config("broker.session.timeout.ms", "60000")
        .start();
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
      int size, KafkaTopics kafkaTopics, KafkaPodReady ready, KafkaCluster cluster) {
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
      if (round > 0) {
        fours.add(four);
        readies.addAll(answers);
      }
    }
    return Comparison.of(fours, readies);
  }

  private void printConditions(
      PrintWriter out, KafkaCluster cluster, KafkaPodReady ready, double load) throws IOException {
    out.println("kafka-pod ready against four calls of kafka-topics.sh --describe");
    out.printf(
        Locale.ROOT,
        "  Java %s (%s), Kafka %s, %d cores, load average %.2f before the run%n",
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        cluster.distribution().version(),
        Runtime.getRuntime().availableProcessors(),
        load);
    out.printf(
        "  3 brokers, replication factor %d, min.insync.replicas %s, %d partitions a topic%n",
        REPLICATION_FACTOR, MIN_ISR, PARTITIONS_A_TOPIC);
    out.printf(
        "  medians of %d rounds after a warm-up; after each of a round's four calls one of kafka-pod ready%n",
        rounds);
    out.println(
        ready.startsFromArchive()
            ? "  kafka-pod starts from its archive of classes"
            : "  kafka-pod starts WITHOUT an archive of classes: this Java isn't the one that built it"
                + " (or refuses it); build with this JAVA_HOME first");
    if (!ready.jvmOptions().isEmpty()) {
      out.println("  kafka-pod runs with KAFKA_POD_JVM_OPTIONS=" + ready.jvmOptions());
    }
    out.flush();
  }

  private static void print(PrintWriter out, int size, Comparison comparison) {
    String heading = String.format(Locale.ROOT, "%,d partitions", size);
    out.printf("%n%-30s %7s   %7s   %8s%n", heading, "wall", "CPU", "memory");
    print(out, "one kafka-topics.sh call", comparison.oneCall());
    print(out, "all four", comparison.allFour());
    print(out, "kafka-pod ready", comparison.ready());
    out.println();
    for (Comparison.Aim aim : comparison.aims()) {
      out.printf(
          "  %-24s %8s   %-14s %s%n",
          aim.figure(), aim.measured(), aim.bound(), aim.met() ? "met" : "NOT met");
    }
    out.flush();
  }

  private static void print(PrintWriter out, String name, Cost cost) {
    out.printf(
        Locale.ROOT,
        "  %-28s %5.2f s   %5.2f s   %5.0f MB%n",
        name,
        cost.wall().toNanos() / 1e9,
        cost.cpu().toNanos() / 1e9,
        cost.memory() / Comparison.MB);
  }

  private void progress(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(Locale.ROOT, "… " + format + "%n", values);
    err.flush();
  }
}
