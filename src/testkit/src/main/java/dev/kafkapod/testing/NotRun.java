package dev.kafkapod.testing;

import org.opentest4j.TestAbortedException;

/** A test that can't be run here, and isn't taken for one that passed or failed. */
final class NotRun extends TestAbortedException {
  private static final long serialVersionUID = 1;

  NotRun(Need need) {
    super("NOT RUN: needs " + need.what() + " (" + need.remedy() + ")");
  }

  /**
   * What a test needs beside a JDK and Maven.
   *
   * @param what for example busybox
   * @param remedy what to do, for example "install busybox"
   */
  record Need(String what, String remedy) {}
}
