package dev.kafkapod.rollout;

import dev.kafkapod.report.ExitCode;
import dev.kafkapod.testing.GatedProcess;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.tryout.StopHook;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A broker or a controller that is deleted and created like a pod, and probed once a second as by
 * the kubelet.
 */
final class BrokerPod implements StatefulSet.Pod, AutoCloseable {

  private static final long PROBE_PERIOD_MS = 1000;
  private static final int CONNECT_MS = 500;

  /** How soon people see what a hook has printed. */
  private static final Duration HOOK_LOOK = Duration.ofMillis(500);

  /** A hook that hasn't ended so long after its time is killed. */
  private static final Duration HOOK_OVERDUE = Duration.ofSeconds(30);

  private static final Pattern BRACKETS = Pattern.compile(" ?\\([^()]*\\)");
  private static final Pattern NUMBERS = Pattern.compile("\\b\\d+(\\.\\d+)?( [a-z]+)?");

  /** What a broker is doing. */
  enum Phase {
    WAITING("waits in its preStop hook"),
    STOPPED("stopped"),
    RECOVERING("starting, recovering"),
    NOT_READY("running, not ready"),
    READY("ready");

    private final String label;

    Phase(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * The beginning of a phase, or of another reason for it.
   *
   * @param atMillis since the watch began
   * @param why what the probe said
   */
  record Change(long atMillis, Phase phase, String why) {

    /** Whether this is news after another: numbers and examples alone are none. */
    boolean isNewsAfter(Change before) {
      return phase != before.phase || !gist(why).equals(gist(before.why));
    }

    /** A reason without its numbers, what is in brackets, and the plurals that follow from them. */
    private static String gist(String why) {
      String rest = why;
      String shorter = BRACKETS.matcher(rest).replaceAll("");
      while (!shorter.equals(rest)) { // brackets within brackets
        rest = shorter;
        shorter = BRACKETS.matcher(rest).replaceAll("");
      }
      return NUMBERS.matcher(rest).replaceAll("").strip();
    }
  }

  private final KafkaNode broker;
  private final String name;
  private final Optional<Path> runDirectory;
  private final Optional<StopHook> hook;
  private final long begunNanos;
  private final Consumer<String> tell;
  private final List<Change> changes = new CopyOnWriteArrayList<>();
  private final Thread kubelet;
  private volatile boolean deleted;
  private volatile boolean running = true;
  private volatile String now = "";
  private volatile long phaseSinceMillis;

  /**
   * Begins to probe.
   *
   * @param name what people call it
   * @param runDirectory where the broker's agent leaves its verdict; empty for a probe that only
   *     connects to the broker's port, which is what people have who don't have an agent
   * @param hook what each stop waits for; it needs an agent
   * @param begunNanos when the watch began
   * @param tell told of every change
   */
  BrokerPod(
      KafkaNode broker,
      String name,
      Optional<Path> runDirectory,
      Optional<StopHook> hook,
      long begunNanos,
      Consumer<String> tell) {
    this.tell = tell;
    this.broker = broker;
    this.name = name;
    this.runDirectory = runDirectory;
    this.hook = hook;
    this.begunNanos = begunNanos;
    probe();
    kubelet = new Thread(this::probeForEver, "kubelet of " + name);
    kubelet.start();
  }

  int id() {
    return broker.id();
  }

  String name() {
    return name;
  }

  /** Every change of phase, the oldest first. */
  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** What it is doing, and what the probe has said last. */
  String now() {
    return now;
  }

  @Override
  public boolean isReady() {
    return !deleted && last() == Phase.READY;
  }

  /** When the phase that it is in began. */
  long changedAtMillis() {
    return phaseSinceMillis;
  }

  private Phase last() {
    return changes.get(changes.size() - 1).phase();
  }

  @Override
  public void recreate() {
    deleted = true;
    hook.ifPresent(this::waitFor);
    enter(Phase.STOPPED, "SIGTERM");
    broker.stop();
    enter(Phase.RECOVERING, "process started");
    broker.start();
    deleted = false;
  }

  /** Kubernetes stops the container however its hook ends. */
  private void waitFor(StopHook stopHook) {
    enter(Phase.WAITING, "its hook begins");
    GatedProcess process = stopHook.prepare(broker, runDirectory.orElseThrow());
    process.go();
    Duration limit = stopHook.maxWait().plus(HOOK_OVERDUE);
    long begun = System.nanoTime();
    try {
      while (!process.endsWithin(HOOK_LOOK)) {
        if (System.nanoTime() - begun > limit.toNanos()) {
          process.kill();
        }
        lastLine(process).ifPresent(line -> enter(Phase.WAITING, line));
      }
    } catch (InterruptedException e) {
      process.kill();
      Thread.currentThread().interrupt();
      return;
    }
    enter(
        Phase.WAITING,
        "its hook ended with %d: %s"
            .formatted(process.exitCode(), lastLine(process).orElse("it has printed nothing")));
  }

  private static Optional<String> lastLine(GatedProcess process) {
    return process.said().lines().reduce((before, line) -> line);
  }

  private void probeForEver() {
    while (running) {
      try {
        Thread.sleep(PROBE_PERIOD_MS);
      } catch (InterruptedException e) {
        return;
      }
      if (!deleted) {
        probe();
      }
    }
  }

  private void probe() {
    if (runDirectory.isEmpty()) {
      boolean open = accepts();
      say(open ? Phase.READY : Phase.RECOVERING, open ? "its port is open" : "its port is closed");
      return;
    }
    Optional<VerdictFile> verdict = VerdictReader.read(runDirectory.get()).verdict();
    if (verdict.isEmpty()) {
      say(Phase.RECOVERING, "no verdict yet");
      return;
    }
    String line = verdict.get().ready().as("ready").line();
    boolean started = verdict.get().started().as("started").exitCode() == ExitCode.YES;
    boolean ready = verdict.get().ready().as("ready").exitCode() == ExitCode.YES;
    say(ready ? Phase.READY : started ? Phase.NOT_READY : Phase.RECOVERING, line);
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(broker.host(), broker.port()), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void say(Phase phase, String why) {
    if (!deleted) {
      enter(phase, why);
    }
  }

  private synchronized void enter(Phase phase, String why) {
    now = phase.label() + ": " + why;
    long at = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    Change change = new Change(at, phase, why);
    if (changes.isEmpty() || last() != phase) {
      phaseSinceMillis = at;
    }
    if (changes.isEmpty() || change.isNewsAfter(changes.get(changes.size() - 1))) {
      changes.add(change);
      tell.accept("%8s  %s %s".formatted(Report.seconds(at), name, now));
    }
  }

  @Override
  public void close() {
    running = false;
    kubelet.interrupt();
    try {
      kubelet.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
