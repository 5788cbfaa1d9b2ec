package dev.kafkapod.verdictfile;

import dev.kafkapod.common.ProcessIdentity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What Linux's {@code /proc} says of this boot and its processes. */
public final class Proc {

  private static final Path PROC = Path.of("/proc");

  /** Where the start time stands after the command's name, in {@code /proc/PID/stat}. */
  private static final int START_TICKS_AFTER_NAME = 19;

  private Proc() {}

  /** The id of this boot, a UUID. */
  public static String bootId() throws IOException {
    return read(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }

  /** Whole seconds since boot, the time in which the machine slept included. */
  public static long uptimeSeconds() throws IOException {
    String uptime = read(PROC.resolve("uptime"));
    return Long.parseLong(uptime.substring(0, uptime.indexOf('.')));
  }

  /** The time since boot, the time in which the machine slept included, to ten milliseconds. */
  public static Duration uptime() throws IOException {
    String uptime = read(PROC.resolve("uptime"));
    String seconds = uptime.substring(0, uptime.indexOf(' '));
    return Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue());
  }

  /**
   * When a process began, in clock ticks since boot; empty if there is none, or only a zombie is
   * left of it.
   */
  public static OptionalLong startTicks(long pid) {
    try {
      String stat = read(PROC.resolve(pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X'
          ? OptionalLong.empty()
          : OptionalLong.of(startTicks(stat));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The identity of a process; empty if there is none, or it can't be read. */
  public static Optional<ProcessIdentity> identity(long pid) {
    try {
      OptionalLong ticks = startTicks(pid);
      return ticks.isPresent()
          ? Optional.of(new ProcessIdentity(bootId(), pid, ticks.getAsLong()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The identity of this process. */
  public static ProcessIdentity self() throws IOException {
    String stat = read(PROC.resolve("self/stat"));
    return new ProcessIdentity(
        bootId(), Long.parseLong(stat.substring(0, stat.indexOf(' '))), startTicks(stat));
  }

  private static long startTicks(String stat) {
    // the command's name, in parentheses, may hold spaces and parentheses of its own
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(afterName[START_TICKS_AFTER_NAME].strip());
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
