package dev.kafkapod.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process as /proc shows it: what a verdict says about the broker.
 *
 * @param ticks when it began, in clock ticks since boot
 */
record Sighting(long pid, long ticks) {

  /** This JVM, which stands in for the broker: it is alive, and its ticks are known. */
  static Sighting ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  static Sighting of(long pid) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    List<String> fromState = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return new Sighting(pid, Long.parseLong(fromState.get(19)));
  }

  static String bootId() {
    return read(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** Whole seconds since boot. */
  static long uptime() {
    String uptime = read(Path.of("/proc/uptime"));
    return Long.parseLong(uptime.substring(0, uptime.indexOf('.')));
  }

  /** How a lock names its holder. */
  String holder() {
    return pid + "-" + ticks;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
