package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;

/** What to do where Java's memory isn't enough. */
public final class OutOfMemory {

  private static final long MEGABYTE = 1024L * 1024;

  /** What a proposed size is a multiple of, in MB. */
  private static final int STEP = 64;

  private OutOfMemory() {}

  /** In one line: what was short, and the remedy. */
  public static String describe(OutOfMemoryError problem) {
    String what = String.valueOf(problem.getMessage());
    if (what.contains("thread")) {
      return "Java's memory isn't enough (%s); raise the limit of processes or of memory"
          .formatted(what);
    }
    long largest = Runtime.getRuntime().maxMemory() / MEGABYTE;
    return "Java's memory isn't enough (%s, with a heap of at most %d MB); raise it, for example by KAFKA_POD_JVM_OPTIONS=-Xmx%dm, and the container's limit with it"
        .formatted(what, largest, (2 * largest / STEP + 1) * STEP);
  }

  /** The same as a mistake that may heal: memory that is short now may be free later. */
  public static Misconfigured named(OutOfMemoryError problem) {
    return new Misconfigured(describe(problem), problem);
  }
}
