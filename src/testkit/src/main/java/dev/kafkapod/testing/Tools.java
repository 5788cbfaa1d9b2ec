package dev.kafkapod.testing;

import static java.util.Map.entry;

import dev.kafkapod.testing.NotRun.Need;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What some tests need beside a JDK and Maven. A test that misses it is NOT RUN: the build goes on,
 * and {@link NotRunReport} says so once, at its end. Where the environment has {@code CI} the same
 * is a failure.
 */
public final class Tools {

  /** Debian's packages, where they are called otherwise than their programs. */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          entry("setpriv", "util-linux"),
          entry("krb5kdc", "krb5-kdc"),
          entry("kdb5_util", "krb5-kdc"),
          entry("kadmin.local", "krb5-admin-server"));

  private static final String ROOT = "root";

  private Tools() {}

  /**
   * Where a program is that the running test needs; the test ends here if it isn't installed.
   *
   * @throws org.opentest4j.TestAbortedException if it isn't
   * @throws AssertionError if it isn't, and the environment has CI
   */
  public static Path require(String program) {
    Optional<Path> found = Programs.find(program);
    if (found.isEmpty()) {
      missing(program, remedy(program));
    }
    return found.orElseThrow();
  }

  /**
   * Whether a program is installed that a part of the running test needs; that part is noted as NOT
   * RUN if it isn't, and the rest of the test goes on.
   *
   * @throws AssertionError if it isn't, and the environment has CI
   */
  public static boolean has(String program) {
    boolean found = Programs.find(program).isPresent();
    if (!found) {
      Need need = new Need(program, remedy(program));
      if (isCi(System.getenv())) {
        throw mustBeTested(need);
      }
      NotRunNotes.note(need);
    }
    return found;
  }

  /**
   * Ends the running test, which needs something that isn't here.
   *
   * @param what for example "a Docker engine"
   * @param remedy what to do, in a few words: "install Docker and start it"
   * @throws org.opentest4j.TestAbortedException always, unless the environment has CI
   * @throws AssertionError if the environment has CI
   */
  public static void missing(String what, String remedy) {
    Need need = new Need(what, remedy);
    if (isCi(System.getenv())) {
      throw mustBeTested(need);
    }
    end(need);
  }

  /**
   * Ends the running test unless root runs it. That is no failure in CI either, because no run can
   * be both users': {@code .ci/run} has one of each.
   */
  public static void requireRoot() {
    if (!isRoot()) {
      end(new Need(ROOT, "run them as root"));
    }
  }

  /**
   * Ends the running test if root runs it, who may do anything. CI runs it as another user, too.
   */
  public static void requireOrdinaryUser() {
    if (isRoot()) {
      end(new Need("a user other than root", "run them as one"));
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals(ROOT);
  }

  /** Ends the running test, in CI too. */
  static void end(Need need) {
    NotRunNotes.note(need);
    throw new NotRun(need);
  }

  private static AssertionError mustBeTested(Need need) {
    return new AssertionError(
        "needs %s, and where the environment has CI this must be tested; %s"
            .formatted(need.what(), need.remedy()));
  }

  /** As CI systems set it; {@code CI=false} and an empty one are none. */
  static boolean isCi(Map<String, String> environment) {
    String ci = environment.getOrDefault("CI", "");
    return !ci.isBlank() && !ci.equals("false");
  }

  private static String remedy(String program) {
    return "install " + PACKAGES.getOrDefault(program, program);
  }
}
