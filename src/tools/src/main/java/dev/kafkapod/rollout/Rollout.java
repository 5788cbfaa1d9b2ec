package dev.kafkapod.rollout;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rolls real brokers as Kubernetes would, and reports what that did. */
public final class Rollout {

  private Rollout() {}

  /** Rolls, writes the report and exits with 0 if all went well, or was meant to go wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Setting setting;
    try {
      setting = Setting.parse(List.of(args), Path.of(System.getProperty("kafkapod.caller", "")));
      for (int run = 1; run <= setting.runs(); run++) {
        requireWritable(setting.outputOf(run));
      }
    } catch (IllegalArgumentException e) {
      System.err.println("rollout: " + e.getMessage());
      System.exit(2);
      return;
    }
    List<Course> courses = new ArrayList<>();
    for (int run = 1; run <= setting.runs(); run++) {
      Course course = run(setting, System.out);
      Files.writeString(setting.outputOf(run), new Report(course).html());
      courses.add(course);
      System.out.println("Report: " + setting.outputOf(run));
      System.out.println(setting.runs() == 1 ? course.lastLine() : course.line(run));
    }
    Runs runs = new Runs(courses);
    if (setting.runs() > 1) {
      for (int run = 1; run <= courses.size(); run++) {
        System.out.println(courses.get(run - 1).line(run));
      }
      System.out.println(runs.summary());
    }
    System.exit(runs.exitCode());
  }

  /**
   * Asked before the rollout, which takes minutes.
   *
   * @throws IllegalArgumentException if no report can go there
   */
  static void requireWritable(Path output) {
    try {
      Path folder = output.toAbsolutePath().getParent();
      if (folder == null || Files.isDirectory(output)) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      boolean writable = Files.exists(output) ? Files.isWritable(output) : isWritable(folder);
      if (!writable) {
        throw new IOException("permission denied");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--output: must be a file that can be written, got '%s' (%s); write for example --output target/rollout.html"
              .formatted(output, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  /** Tried, because some file systems refuse what their permissions allow. */
  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".rollout", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Rolls real brokers once, and tells how it went. */
  static Course run(Setting setting, PrintStream out) throws InterruptedException {
    return new RolloutRun(setting, out).run();
  }
}
