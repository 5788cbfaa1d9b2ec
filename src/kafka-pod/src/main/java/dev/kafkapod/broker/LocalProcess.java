package dev.kafkapod.broker;

import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java process of this user on this machine, found through {@code /proc}: the JDK's own listing
 * needs performance data files, which containers often switch off, and truncates the long command
 * lines of brokers.
 *
 * @param pid the process id
 */
public record LocalProcess(long pid) {

  private static final Path PROC = Path.of("/proc");
  private static final String BROKER_MAIN_CLASS = "kafka.Kafka";

  /**
   * HotSpot's "Notification Thread", as the kernel cuts its name. Java starts it as the last thing
   * before the main class ({@code Management::initialize}).
   */
  private static final String LAST_THREAD_OF_START = "Notification Th";

  /** How long a JVM without that thread, by -XX:-UseNotificationThread, is taken to be starting. */
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private static final double TICKS_PER_SECOND = 100;
  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /**
   * The process with this id. Its being a JVM is checked first, because attaching signals the
   * process: SIGQUIT, by default, ends one that isn't.
   *
   * @throws Misconfigured if there is no such process, it belongs to another user, or isn't a JVM
   */
  public static LocalProcess withId(long pid) {
    Path directory = PROC.resolve(String.valueOf(pid));
    if (!Files.isDirectory(directory)) {
      throw Misconfigured.wrongUse(
          "--pid: there is no process " + pid + "; give the id of the running broker's process",
          null);
    }
    if (!belongsToThisUser(directory)) {
      throw Misconfigured.wrongUse(
          "--pid: process %d must belong to this user (%s), because Java lets only that user attach; run as its user, or use --jmx-url"
              .formatted(pid, System.getProperty("user.name")),
          null);
    }
    if (!isJvm(directory)) {
      throw Misconfigured.wrongUse(
          "--pid: process " + pid + " isn't a Java process; give the id of the broker's process",
          null);
    }
    return new LocalProcess(pid);
  }

  /**
   * The one broker process of this user.
   *
   * @throws Misconfigured if there are several (they are listed), or this system has no {@code
   *     /proc}
   */
  public static Optional<LocalProcess> onlyBroker() {
    List<Long> brokers = brokers();
    if (brokers.size() > 1) {
      throw new Misconfigured(
          "found %d broker processes (%s) and can't choose; name one with --pid or --jmx-url"
              .formatted(
                  brokers.size(),
                  brokers.stream()
                      .map(pid -> "pid " + pid)
                      .reduce((a, b) -> a + ", " + b)
                      .orElse("")));
    }
    return brokers.stream().findFirst().map(LocalProcess::new);
  }

  private static List<Long> brokers() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(LocalProcess::isBroker)
          .filter(LocalProcess::belongsToThisUser)
          .filter(LocalProcess::isJvm)
          .map(entry -> Long.parseLong(entry.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Misconfigured(
          "finding the broker's process needs /proc, which this system doesn't have; name the broker with --jmx-url",
          e);
    }
  }

  /**
   * Whether it is stopped (SIGSTOP, a debugger): then it answers nobody, and attaching would wait
   * for ever.
   */
  boolean isStopped() {
    try {
      return "Tt".contains(stat(PROC.resolve(pid + "/stat"))[STATE]);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether its Java is still starting itself, before the main class. Who attaches then and starts
   * the management agent makes Java look for its MBeans too early, which fails for the rest of the
   * process's life: a broker without JMX.
   */
  boolean isStarting() {
    try (Stream<Path> entries = Files.list(PROC.resolve(pid + "/task"))) {
      List<Path> threads = entries.toList();
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).strip().equals(LAST_THREAD_OF_START)) {
          return false;
        }
      }
      return javaSeconds(threads) < LONGEST_START.toSeconds();
    } catch (IOException | UncheckedIOException e) {
      return true; // a thread has ended meanwhile, or all have
    }
  }

  /**
   * How long its Java has been running, the time in which the machine slept included; empty if the
   * process is gone.
   */
  public Optional<Duration> javaUptime() {
    try (Stream<Path> entries = Files.list(PROC.resolve(pid + "/task"))) {
      double seconds = Math.max(0, javaSeconds(entries.toList()));
      return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * By the oldest of its threads but the first: the process itself may be older, a shell that
   * became Java. Negative where there is no other yet: Java has hardly begun.
   */
  private double javaSeconds(List<Path> threads) throws IOException {
    double oldest = Double.POSITIVE_INFINITY;
    for (Path thread : threads) {
      if (!thread.endsWith(String.valueOf(pid))) {
        oldest = Math.min(oldest, Double.parseDouble(stat(thread.resolve("stat"))[START_TIME]));
      }
    }
    double uptime = Double.parseDouble(Files.readString(PROC.resolve("uptime")).split(" ", 2)[0]);
    return uptime - oldest / TICKS_PER_SECOND;
  }

  /** The fields of proc(5) from the third on, which follow a name that can have any character. */
  private static String[] stat(Path file) throws IOException {
    String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static boolean isBroker(Path process) {
    try {
      String commandLine =
          Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(commandLine.split("\0", -1)).contains(BROKER_MAIN_CLASS);
    } catch (IOException e) {
      return false; // it has ended, or isn't ours to read
    }
  }

  private static boolean belongsToThisUser(Path process) {
    try {
      UserPrincipal self = Files.getOwner(PROC.resolve("self"));
      return Files.getOwner(process).equals(self);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isJvm(Path process) {
    try (Stream<String> maps = Files.lines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
      return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
