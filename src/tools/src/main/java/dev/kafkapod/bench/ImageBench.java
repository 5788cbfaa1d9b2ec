package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import dev.kafkapod.testing.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs {@code scripts/bench image}: what each layer weighs, how a broker starts from the image with
 * its archive of classes and without, and what the agent's memory comes to while nobody wants
 * anything. The sides take turns, so that whatever else the machine does hits both.
 */
@Command(
    name = "scripts/bench image",
    description =
        "Measures the image: its layers, how a broker starts with its archive of classes and without, and the agent's"
            + " memory.",
    exitCodeOnExecutionException = BenchOptions.FAILED,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was measured",
      "1:with --strict: an aim is not met",
      "2:wrong options, or there is no image or no Docker engine",
      "3:a container failed"
    },
    sortOptions = false)
public final class ImageBench implements Callable<Integer> {

  /** Where scripts/base-image leaves it. */
  private static final Path BASE = Path.of("target/image/base.tar");

  private static final int ROUNDS = 7;
  private static final int ROUNDS_OF_MEMORY = 5;
  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Duration QUICK_SETTLE = Duration.ofSeconds(2);

  private static final double CPU_RATIO = 0.65;
  private static final double WALL_RATIO = 0.75;
  private static final double MEMORY_RATIO = 1.03;

  /** As src/image/pom.xml has them, behind the base. */
  private static final List<String> LAYERS =
      List.of("Java", "Kafka", "the broker's archive of classes", "kafka-pod");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TAR",
      description = "The image, as scripts/image makes it; scripts/bench says which.")
  private Path tar;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often a broker is started on each side, 7 times unless set.")
  private Integer rounds;

  @Option(
      names = "--quick",
      description = "One round, to see that the bench still runs; the figures mean nothing.")
  private boolean quick;

  @Mixin private BenchOptions options;

  private PrintWriter out;
  private String image;

  private ImageBench() {}

  /**
   * Measures and prints.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    Benches.main(new ImageBench(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireConsistency();
    int made = make();
    if (made != 0) {
      return made;
    }
    out = spec.commandLine().getOut();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    image = load();
    out.printf(
        Locale.ROOT,
        "%s; %d cores, load average %.2f before the run%n",
        image,
        Runtime.getRuntime().availableProcessors(),
        load);
    layers();
    List<Aim> aims = new ArrayList<>(starts());
    aims.addAll(memory());
    out.println();
    ProbeReport.print(out, aims);
    return options.end(out, quick, aims.stream().allMatch(Aim::met));
  }

  private void requireConsistency() {
    List<String> problems = new ArrayList<>();
    if (rounds != null && rounds < 1) {
      problems.add("--rounds: must be 1 or more, got " + rounds);
    }
    if (quick && rounds != null) {
      problems.add("--rounds: --quick has one; leave out one of the two");
    }
    options.require(quick, problems);
    if (rounds == null) {
      rounds = quick ? 1 : ROUNDS;
    }
  }

  /** The image, anew if something has changed; and the exit code of what makes it. */
  private static int make() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scripts/image", "tar"));
    if (Files.isRegularFile(BASE)) {
      command.addAll(List.of("--base", "tar://" + BASE.toAbsolutePath()));
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private String load() throws InterruptedException {
    try {
      return Programs.loadedImage(
          ImageContainer.docker("load", "--quiet", "--input", tar.toString()));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "a Docker engine on this machine is needed; " + e.getMessage(), e);
    }
  }

  private void layers() throws IOException, InterruptedException {
    ImageLayers layers = ImageLayers.read(tar);
    out.printf("%n%-36s %12s %12s%n", "layers", "compressed", "unpacked");
    int base = layers.compressed().size() - LAYERS.size();
    for (int i = 0; i < layers.compressed().size(); i++) {
      String name = i < base ? "the base" : LAYERS.get(i - base);
      weight(name, layers.compressed().get(i), layers.unpacked().get(i));
    }
    weight("together", sum(layers.compressed()), sum(layers.unpacked()));
    out.flush();
  }

  private static long sum(List<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }

  private void weight(String name, long compressed, long unpacked) {
    out.printf(
        Locale.ROOT,
        "  %-34s %9.1f MB %9.1f MB%n",
        name,
        compressed / Comparison.MB,
        unpacked / Comparison.MB);
  }

  private List<Aim> starts() throws IOException, InterruptedException {
    List<ImageContainer> with = new ArrayList<>();
    List<ImageContainer> without = new ArrayList<>();
    if (!quick) { // for the disk's cache
      started("KAFKA_POD_AOT=on");
      started("KAFKA_POD_AOT=off");
    }
    for (int round = 0; round < rounds; round++) {
      with.add(started("KAFKA_POD_AOT=on"));
      without.add(started("KAFKA_POD_AOT=off"));
    }
    Sides wall =
        new Sides(
            with.stream().map(ImageContainer::wallSeconds).toList(),
            without.stream().map(ImageContainer::wallSeconds).toList());
    Sides cpu =
        new Sides(
            with.stream().map(ImageContainer::cpuSeconds).toList(),
            without.stream().map(ImageContainer::cpuSeconds).toList());
    out.printf(
        "%na broker's start to RUNNING, with the archive of classes and without by turns, medians of %d%n",
        with.size());
    out.println("  wall: " + wall.text(".2f s"));
    out.println("  CPU: " + cpu.text(".2f s"));
    out.flush();
    return List.of(
        cpu.atMost("CPU, with archive / without", CPU_RATIO),
        wall.atMost("wall, with archive / without", WALL_RATIO));
  }

  /** Has started and is gone again; the figures remain. */
  private ImageContainer started(String environment) throws IOException, InterruptedException {
    try (ImageContainer container = ImageContainer.start(image, environment)) {
      return container;
    }
  }

  private List<Aim> memory() throws IOException, InterruptedException {
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < (quick ? 1 : ROUNDS_OF_MEMORY); round++) {
      // the archive was made with the agent: neither side may have it
      with.add(idle("on"));
      without.add(idle("off"));
    }
    Sides megabytes = new Sides(with, without);
    out.printf(
        "%nresident memory %d s after RUNNING and after a forced collection, with the agent and without, medians of %d%n",
        settle().toSeconds(), with.size());
    out.println("  " + megabytes.text(".1f MB"));
    out.flush();
    return List.of(megabytes.atMost("memory, with agent / without", MEMORY_RATIO));
  }

  private Duration settle() {
    return quick ? QUICK_SETTLE : SETTLE;
  }

  private double idle(String agent) throws IOException, InterruptedException {
    try (ImageContainer container =
        ImageContainer.start(image, "KAFKA_POD_AOT=off", "KAFKA_POD_AGENT=" + agent)) {
      Thread.sleep(settle().toMillis());
      return container.megabytesAfterCollection();
    }
  }
}
