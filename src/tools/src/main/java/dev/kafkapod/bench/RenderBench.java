package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures what a pod's start spends before the broker: {@code kafka-pod render} with its archive
 * of classes and without, and the way from the entrypoint to RUNNING, in the tree that the image
 * has.
 */
@Command(
    name = "scripts/bench render",
    description =
        "Measures kafka-pod render with its archive of classes, without, and next to a JVM that only says its version,"
            + " and how long a pod takes from its entrypoint to RUNNING.",
    exitCodeOnExecutionException = BenchOptions.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was measured",
      "1:with --strict: an aim is not met",
      "2:wrong options, or GNU time or the image's tree is missing",
      "3:a measured command failed"
    },
    sortOptions = false)
public final class RenderBench implements Callable<Integer> {

  private static final Path TREES = Path.of("target/image");
  private static final int ROUNDS = 15;
  private static final int STARTS = 5;

  /** Calls of a JVM's start that are measured at once: one takes some units of GNU time's. */
  private static final int BATCH = 10;

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "VERSION",
      description = "Kafka's in the tree; scripts/bench says which.")
  private String version;

  @Option(
      names = "--quick",
      description = "One round, to see that the bench still runs; the figures mean nothing.")
  private boolean quick;

  @Mixin private BenchOptions options;

  private Path root;
  private PrintWriter out;
  private GnuTime time;

  private RenderBench() {}

  /**
   * Measures and prints.
   *
   * @param args the Kafka version, then the options
   */
  public static void main(String[] args) {
    Benches.main(new RenderBench(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = spec.commandLine().getOut();
    root = TREES.resolve(version).resolve("root").toAbsolutePath();
    List<String> problems = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      problems.add("there is no %s; run scripts/image first".formatted(root));
    }
    options.require(quick, problems);
    try {
      time = GnuTime.find();
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    out.printf(
        Locale.ROOT,
        "%d cores, load average %.2f before the run%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    List<Aim> aims = render(quick ? 1 : ROUNDS);
    start(quick ? 1 : STARTS);
    out.println();
    ProbeReport.print(out, aims);
    return options.end(out, quick, aims.stream().allMatch(Aim::met));
  }

  private List<Aim> render(int rounds) throws IOException {
    Path scratch = Files.createTempDirectory("bench-render");
    try {
      List<Cost> with = new ArrayList<>();
      List<Cost> without = new ArrayList<>();
      List<Cost> jvm = new ArrayList<>();
      for (int i = -1; i < rounds; i++) {
        Cost fast = render(scratch, "");
        Cost slow = render(scratch, "-XX:AOTMode=off");
        Cost bare =
            time.measureEach(
                BATCH, List.of(root.resolve("opt/java/bin/java").toString(), "-version"), Map.of());
        if (i >= 0) { // the first is for the disk's cache
          with.add(fast);
          without.add(slow);
          jvm.add(bare);
        }
      }
      out.printf(Locale.ROOT, "%nkafka-pod render, medians of %d rounds%n", rounds);
      print("with the archive of classes", Cost.median(with));
      print("without", Cost.median(without));
      print("java -version", Cost.median(jvm));
      out.flush();
      return new RenderFigures(with, without, jvm).aims();
    } finally {
      Trees.delete(scratch);
    }
  }

  private Cost render(Path scratch, String jvmOptions) {
    Map<String, String> environment = environment(scratch, 9092, 9093);
    environment.put("KAFKA_POD_JVM_OPTIONS", jvmOptions);
    return time.measure(List.of(bin("kafka-pod"), "render"), environment);
  }

  private void print(String name, Cost cost) {
    out.printf(
        Locale.ROOT,
        "  %-28s wall %6.0f ms   CPU %6.0f ms   memory %4.0f MB%n",
        name,
        cost.wall().toNanos() / 1e6,
        cost.cpu().toNanos() / 1e6,
        cost.memory() / Comparison.MB);
  }

  private void start(int rounds) throws IOException, InterruptedException {
    List<double[]> all = new ArrayList<>();
    for (int i = -1; i < rounds; i++) {
      double[] steps = start();
      if (i >= 0) {
        all.add(steps);
      }
    }
    String[] names = {"render", "format an empty disk", "start to RUNNING"};
    out.printf(Locale.ROOT, "%nentrypoint to RUNNING, one node, medians of %d starts%n", rounds);
    for (int step = 0; step < names.length; step++) {
      int which = step;
      out.printf(
          Locale.ROOT,
          "  %-28s %6.0f ms%n",
          names[step],
          Sides.median(all.stream().map(it -> it[which]).toList()));
    }
  }

  /** Milliseconds that each step took, as the lines come that end it. */
  private double[] start() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("bench-start");
    ProcessBuilder builder = new ProcessBuilder(bin("entrypoint")).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("KAFKA_") || GnuTime.JVM_VARIABLES.contains(name));
    builder
        .environment()
        .putAll(environment(scratch, FreePorts.find("127.0.0.1"), FreePorts.find("127.0.0.1")));
    builder.environment().put("KAFKA_POD_HTTP", "off");
    String[] ends = {"rendered to ", "formatted ", "Transitioning from RECOVERY to RUNNING"};
    double[] steps = new double[ends.length];
    long last = System.nanoTime();
    long end = last + LIMIT.toNanos();
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int step = 0;
      StringBuilder seen = new StringBuilder();
      while (step < ends.length) {
        String line = lines.readLine();
        if (line == null || System.nanoTime() > end) {
          throw new IllegalStateException("no '%s' came:%n%s".formatted(ends[step], seen));
        }
        seen.append(line).append('\n');
        if (line.contains(ends[step])) {
          long now = System.nanoTime();
          steps[step++] = (now - last) / 1e6;
          last = now;
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      Trees.delete(scratch);
    }
    return steps;
  }

  private String bin(String program) {
    return root.resolve("opt/kafka-pod/bin").resolve(program).toString();
  }

  private Map<String, String> environment(Path scratch, int clientPort, int controllerPort) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", root.resolve("opt/java").toString());
    environment.put("KAFKA_HOME", root.resolve("opt/kafka").toString());
    environment.put("KAFKA_POD_TEMPLATE", "single-node");
    environment.put("KAFKA_POD_RUN_DIR", scratch.resolve("run").toString());
    environment.put("KAFKA_POD_RENDER_TO", scratch.resolve("config").toString());
    environment.put("LOG_DIR", scratch.resolve("logs").toString());
    environment.put("KAFKA_LOG_DIRS", scratch.resolve("data").toString());
    environment.put(
        "KAFKA_LISTENERS",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clientPort, controllerPort));
    environment.put("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + clientPort);
    environment.put("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:" + controllerPort);
    return environment;
  }
}
