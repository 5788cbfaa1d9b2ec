package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code scripts/bench agent}: what does an agent that asks the cluster every few seconds cost
 * the broker whose JVM it shares?
 */
@Command(
    name = "scripts/bench agent",
    description =
        "Measures evaluations of clusters with up to 200,000 partitions, which a stand-in plays, and what real"
            + " brokers do with the agent and without.",
    exitCodeOnExecutionException = BenchOptions.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was measured",
      "1:with --strict: an aim is not met",
      "2:wrong options",
      "3:an evaluation failed, or didn't find what the stand-in has, or brokers failed"
    },
    sortOptions = false)
public final class AgentBench implements Callable<Integer> {

  private static final List<StandInShape> SHAPES =
      List.of(
          StandInShape.of(1_000, 0),
          StandInShape.of(10_000, 0),
          StandInShape.of(100_000, 0),
          StandInShape.of(100_000, 1_000),
          StandInShape.of(200_000, 0));
  private static final int QUICK_SHAPES = 1;

  private static final int ROUNDS = 50;
  private static final int QUICK_ROUNDS = 2;
  private static final int WARM_UP_ROUNDS = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many evaluations of each cluster are measured, 50 unless set.")
  private Integer rounds;

  enum Part {
    EVALUATIONS,
    BROKERS
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "Only the evaluations or only the brokers; both unless set.")
  private Part part;

  @Option(
      names = "--quick",
      description =
          "5 rounds on up to 10,000 partitions and one with real brokers, to see that the bench still runs;"
              + " the figures mean nothing.")
  private boolean quick;

  @Mixin private BenchOptions options;

  private AgentBench() {}

  /**
   * Measures and prints.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    Benches.main(new AgentBench(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    requireConsistency();
    PrintWriter out = spec.commandLine().getOut();
    printConditions(out);
    List<Aim> aims = new ArrayList<>();
    if (part != Part.BROKERS) {
      aims.addAll(printEvaluations(out));
    }
    if (part != Part.EVALUATIONS) {
      aims.addAll(
          new BrokerBench(
                  out, what -> progress("%s", what), quick ? BrokerBench.QUICK : BrokerBench.FULL)
              .run());
    }
    return options.end(out, quick, aims.stream().allMatch(Aim::met));
  }

  private void requireConsistency() {
    List<String> problems = new ArrayList<>();
    if (rounds != null && part == Part.BROKERS) {
      problems.add("--rounds: is for evaluations; leave it out with --part brokers");
    }
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

  private static void printConditions(PrintWriter out) {
    out.println("what an agent costs its broker");
    out.printf(
        Locale.ROOT,
        "  Java %s (%s), kafka-clients %s, %d cores, load average %.2f before the run%n",
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        AppInfoParser.getVersion(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.println(
        "  evaluations in a JVM with "
            + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    out.flush();
  }

  private List<Aim> printEvaluations(PrintWriter out) throws IOException {
    out.printf(
        "%nevaluations of a stand-in of 6 brokers, replication factor %d, on one probe, without pauses%n",
        StandInShape.REPLICATION_FACTOR);
    out.printf(
        "  medians of %d, after at least %d and %d s to warm up; CPU is that of the calling thread and Kafka's,%n"
            + "  'with JVM' the whole process's on average, so with garbage collection and compilation;%n"
            + "  GC pauses: on average. As nothing else allocates here, collections always meet an evaluation%n",
        rounds, WARM_UP_ROUNDS, WARM_UP.toSeconds());
    out.println(
        "  transient heap: the most that was live in an evaluation beyond what was before, by 200 or more full\n"
            + "  collections forced at random moments in a JVM of its own; direct: what stays outside the heap");
    List<Aim> aims = new ArrayList<>();
    for (StandInShape shape : quick ? SHAPES.subList(0, QUICK_SHAPES) : SHAPES) {
      aims.addAll(printEvaluations(out, shape));
    }
    return aims;
  }

  private List<Aim> printEvaluations(PrintWriter out, StandInShape shape) throws IOException {
    String name = name(shape);
    try (ChildJvm standIn =
        ChildJvm.start(
            StandInCluster.class, List.of("-Xmx512m", "-XX:+UseSerialGC"), shape.arguments())) {
      String bootstrapServers = standIn.line();
      EvaluationMeter.Result evaluations = evaluate(shape, bootstrapServers);
      progress("%s: transient heap", name);
      TransientHeap.Result heap = TransientHeap.measure(shape, bootstrapServers);
      AgentFigures figures =
          new AgentFigures(shape.partitions(), evaluations.rounds(), heap.peak());
      print(out, name, figures, evaluations, heap.direct());
      return figures.aims();
    }
  }

  private EvaluationMeter.Result evaluate(StandInShape shape, String bootstrapServers) {
    progress("%s: warm-up", name(shape));
    try (CheckedProbe probe = new CheckedProbe(bootstrapServers, shape);
        ListTopics reference = new ListTopics(bootstrapServers, shape)) {
      EvaluationMeter meter = new EvaluationMeter(probe, reference);
      meter.warmUp(WARM_UP_ROUNDS, WARM_UP);
      progress("%s: %d rounds", name(shape), rounds);
      return meter.measure(rounds);
    }
  }

  private static String name(StandInShape shape) {
    return String.format(
            Locale.ROOT, "%,d partitions of %,d topics", shape.partitions(), shape.topics())
        + (shape.shrunken() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %,d of %,d with a shrunken ISR",
                shape.shrunken(),
                shape.shrunkenTopics()));
  }

  private static void print(
      PrintWriter out,
      String name,
      AgentFigures figures,
      EvaluationMeter.Result evaluations,
      long direct) {
    Evaluation median = figures.median();
    out.printf("%n%s%n", name);
    out.printf(
        Locale.ROOT,
        "  wall %.1f ms, CPU %.1f ms (with JVM %.1f ms), GC pauses %.1f ms%n",
        millis(median.wall()),
        millis(median.cpu()),
        millis(evaluations.withJvm()),
        millis(evaluations.pauses()));
    out.printf(
        Locale.ROOT,
        "  allocated %.1f MB, %,d bytes a partition; transient heap %.1f MB, direct %.1f MB%n",
        median.allocated() / Comparison.MB,
        figures.bytesAPartition(),
        figures.transientHeap() / Comparison.MB,
        direct / Comparison.MB);
    out.printf(
        Locale.ROOT,
        "  within 1 %% of a core: every %.1f s at the most; an agent asks every %d s%n",
        figures.shortestInterval().toNanos() / 1e9,
        AgentFigures.INTERVAL.toSeconds());
    out.println("  " + figures.ratios());
    ProbeReport.print(out, figures.aims());
    out.flush();
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private void progress(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(Locale.ROOT, "… " + format + "%n", values);
    err.flush();
  }
}
