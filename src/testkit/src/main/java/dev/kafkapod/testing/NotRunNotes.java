package dev.kafkapod.testing;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.kafkapod.testing.NotRun.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps which tests weren't run, and what they need, in a file for each JVM that runs tests. It
 * listens to the JUnit platform to know which test is running, whatever the engine. Named in
 * META-INF/services.
 */
public final class NotRunNotes implements TestExecutionListener {

  static final String DIRECTORY_PROPERTY = "kafkapod.not.run.directory";

  private static final ThreadLocal<Deque<Running>> RUNNING =
      ThreadLocal.withInitial(ArrayDeque::new);

  // one test may ask for a tool a hundred times
  private static final Set<String> WRITTEN = new LinkedHashSet<>();

  private TestPlan plan = null;

  /** A test, a class or an engine, and the plan that knows what is in it. */
  private record Running(TestPlan plan, TestIdentifier test) {

    /** Of a class or a test with parameters whose set-up has ended: what is known to be in it. */
    List<String> tests() {
      List<String> inside =
          test.isTest()
              ? List.of()
              : plan.getDescendants(test).stream()
                  .filter(it -> plan.getChildren(it).isEmpty())
                  .map(TestIdentifier::getUniqueId)
                  .toList();
      return inside.isEmpty() ? List.of(test.getUniqueId()) : inside;
    }
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    RUNNING.get().push(new Running(plan, test));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    RUNNING.get().remove(new Running(plan, test));
  }

  /** Notes that the test that this thread runs, or all tests of a class, need something. */
  static void note(Need need) {
    Running running = RUNNING.get().peek();
    List<String> tests =
        running == null ? List.of("in " + Thread.currentThread().getName()) : running.tests();
    synchronized (WRITTEN) {
      for (String test : tests) {
        String line = String.join("\t", need.what(), need.remedy(), test) + "\n";
        if (WRITTEN.add(line)) {
          append(line);
        }
      }
    }
  }

  /** Emptied by the build before it runs tests. */
  private static Path directory() {
    return Path.of(System.getProperty(DIRECTORY_PROPERTY, "target/not-run"));
  }

  private static void append(String line) {
    try {
      Files.createDirectories(directory());
      Files.writeString(
          directory().resolve(ProcessHandle.current().pid() + ".tsv"), line, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
