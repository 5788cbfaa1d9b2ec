package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what {@code scripts/bench probe} has found, and how. */
final class ProbeReport {

  private final PrintWriter out;

  ProbeReport(PrintWriter out) {
    this.out = out;
  }

  void conditions(KafkaCluster cluster, KafkaPodReady ready, double load, int rounds, int batch)
      throws IOException {
    out.println("kafka-pod ready --direct against four calls of kafka-topics.sh --describe,");
    out.println("kafka-pod-probe ready against those and a health check of bash, grep and curl");
    out.printf(
        Locale.ROOT,
        "  Java %s (%s), Kafka %s, sh is %s, %d cores, load average %.2f before the run%n",
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"),
        cluster.distribution().version(),
        ShellProbes.shell(),
        Runtime.getRuntime().availableProcessors(),
        load);
    out.printf(
        "  3 brokers, the agent in the one that is asked, replication factor %d, min.insync.replicas %s, %d partitions a topic%n",
        ProbeBench.REPLICATION_FACTOR, ProbeBench.MIN_ISR, ProbeBench.PARTITIONS_A_TOPIC);
    out.printf(
        "  medians of %d rounds after a warm-up; in a round, after each of the four calls one of ready --direct,%n"
            + "  then %d calls in a row of each command without a JVM%n",
        rounds, batch);
    out.printf(
        Locale.ROOT,
        "  of those %d, GNU time counts CPU to 10 ms, user and system each: a call may have taken up to %.2f ms more;%n"
            + "  a shell's loop forks them; what that and a shell's start cost is the line 'sh -c :', and is in all figures%n",
        batch,
        20.0 / batch);
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

  void figures(int size, Comparison comparison, ShellComparison shells) {
    String heading = String.format(Locale.ROOT, "%,d partitions", size);
    out.printf("%n%-30s %10s   %10s   %8s%n", heading, "wall", "CPU", "memory");
    print("one kafka-topics.sh call", comparison.oneCall());
    print("all four", comparison.allFour());
    print("kafka-pod ready --direct", comparison.ready());
    print("bash + grep + curl", shells.curl());
    print("kafka-pod-probe ready", shells.fast());
    print("sh -c :", shells.empty());
    out.println();
    shells.ratios().forEach(line -> out.println("  " + line));
    out.println();
    print(out, comparison.aims());
    print(out, shells.aims());
    out.flush();
  }

  /** A line for each aim. */
  static void print(PrintWriter out, List<Comparison.Aim> aims) {
    for (Comparison.Aim aim : aims) {
      out.printf(
          "  %-40s %-24s %-16s %s%n",
          aim.figure(), aim.measured(), aim.bound(), aim.met() ? "met" : "NOT met");
    }
  }

  private void print(String name, Cost cost) {
    out.printf(
        Locale.ROOT,
        "  %-28s %7.2f ms   %7.2f ms   %5.0f MB%n",
        name,
        cost.wall().toNanos() / 1e6,
        cost.cpu().toNanos() / 1e6,
        cost.memory() / Comparison.MB);
  }
}
