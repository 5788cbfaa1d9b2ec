package dev.kafkapod.deploy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * {@code scripts/lint-manifests}: the rules that the shipped manifests keep to, for somebody's own.
 * Exits with 0 if all hold, 1 if some are broken, 2 for wrong use or what isn't a manifest, 3 if a
 * rule couldn't be checked and none is broken.
 */
final class ManifestLinter {

  /** The system property with the folder from which somebody has called the script. */
  private static final String CALLER = "kafkapod.caller";

  private static final int MOST_BYTES = 16 << 20;

  private static final int HOLD = 0;
  private static final int BROKEN = 1;
  private static final int WRONG_USE = 2;
  private static final int CANNOT_TELL = 3;

  private final PrintStream out;
  private final PrintStream err;

  ManifestLinter(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Checks what is named. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new ManifestLinter(out, err).run(args, System.in));
  }

  int run(String[] args, InputStream in) {
    if (args.length != 1 || (args[0].startsWith("-") && !args[0].equals("-"))) {
      return wrong(
          "takes one folder with a kustomization.yaml, or - for YAML on standard input, got '%s'"
              .formatted(String.join(" ", args)));
    }
    try {
      String name = args[0].equals("-") ? "standard input" : args[0];
      return lint(name, args[0].equals("-") ? text(in) : built(args[0]));
    } catch (WrongUse e) {
      return wrong(e.getMessage());
    }
  }

  private int lint(String name, String yaml) throws WrongUse {
    List<String> problems = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Overlay overlay = new Overlay(name, objects(name, yaml, problems, others::add));
    others.forEach(it -> out.println("note: no rule is about " + it));
    if (problems.isEmpty() && overlay.nodes().isEmpty()) {
      throw new WrongUse(
          "%s: must have a StatefulSet with a container named kafka, and has none; name an overlay as those in deploy/overlays"
              .formatted(name));
    }
    problems.forEach(it -> out.println(name + ": " + it));
    Set<String> broken = new LinkedHashSet<>();
    Set<String> unchecked = new LinkedHashSet<>();
    if (problems.isEmpty()) {
      Rules.ALL.forEach(it -> check(it, overlay, broken, unchecked));
    }
    broken.forEach(out::println);
    unchecked.forEach(out::println);
    return result(name, problems.size() + broken.size(), unchecked.size());
  }

  private static void check(Rule rule, Overlay overlay, Set<String> broken, Set<String> unchecked) {
    try {
      broken.addAll(rule.broken(overlay));
    } catch (Overlay.Missing e) {
      broken.add(overlay.name() + ": " + e.getMessage());
    } catch (RuntimeException | AssertionError e) {
      unchecked.add(
          "%s: the rule '%s' couldn't be checked (%s)"
              .formatted(
                  overlay.name(),
                  rule.name(),
                  e instanceof NullPointerException ? "a field is missing" : e.getMessage()));
    }
  }

  private int result(String name, int broken, int unchecked) {
    if (broken > 0) {
      out.println("%s: %s wrong".formatted(name, things(broken)));
      return BROKEN;
    }
    if (unchecked > 0) {
      out.println("%s: cannot tell: %s unchecked".formatted(name, rules(unchecked)));
      return CANNOT_TELL;
    }
    out.println("%s: all %d rules hold".formatted(name, Rules.ALL.size()));
    return HOLD;
  }

  private static String things(int count) {
    return count == 1 ? "1 thing is" : count + " things are";
  }

  private static String rules(int count) {
    return count == 1 ? "1 rule is" : count + " rules are";
  }

  private static List<HasMetadata> objects(
      String name, String yaml, List<String> problems, Consumer<String> others) throws WrongUse {
    try {
      return KubernetesModel.read(yaml, problems, others);
    } catch (IllegalArgumentException e) {
      throw new WrongUse(name + ": " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw new WrongUse(
          "%s: must be YAML, and isn't: %s; correct it, or render it first if it is a template"
              .formatted(name, malformed(e.getCause())));
    }
  }

  /** What is wrong and where, without the line itself: it may be a Secret's. */
  private static String malformed(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYAMLException marked) {
        Mark mark = marked.getProblemMark();
        return marked.getProblem()
            + (mark == null ? "" : place(mark.getLine() + 1, mark.getColumn() + 1));
      }
    }
    if (thrown instanceof JacksonException json) {
      String said = json.getOriginalMessage().replaceAll("\\s+", " ");
      JsonLocation at = json.getLocation();
      return said.replaceFirst(", got this instead:.*", "")
          + (at == null || at.getLineNr() < 1 ? "" : place(at.getLineNr(), at.getColumnNr()));
    }
    return thrown.getMessage();
  }

  private static String place(int line, int column) {
    return " (line %d, column %d)".formatted(line, column);
  }

  private static String text(InputStream in) throws WrongUse {
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new WrongUse(
            "standard input: must be at most %d MiB, for Kubernetes takes no objects of that size, got more; give one Kafka cluster's objects"
                .formatted(MOST_BYTES >> 20));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new WrongUse("standard input can't be read (%s)".formatted(e.getMessage()));
    }
  }

  private static String built(String folder) throws WrongUse {
    Path directory;
    try {
      directory = Path.of(System.getProperty(CALLER, "")).resolve(folder);
    } catch (InvalidPathException e) {
      throw new WrongUse("'%s' is no name of a folder".formatted(folder));
    }
    if (!Files.isDirectory(directory)) {
      throw new WrongUse(
          "%s: must be a folder with a kustomization.yaml, and %s; correct the name"
              .formatted(folder, Files.exists(directory) ? "is a file" : "isn't there"));
    }
    if (!Kustomize.isThere()) {
      throw new WrongUse(
          "needs kubectl 1.27 or kustomize 5, or later, to build %s; install one, or give what another tool has built: helm template … | scripts/lint-manifests -"
              .formatted(folder));
    }
    try {
      return Kustomize.build(directory);
    } catch (AssertionError e) {
      throw new WrongUse(e.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
    }
  }

  private int wrong(String message) {
    err.println("lint-manifests: " + message + "; see scripts/lint-manifests --help");
    return WRONG_USE;
  }

  /** What can't be checked at all. */
  private static final class WrongUse extends Exception {
    private static final long serialVersionUID = 1;

    WrongUse(String message) {
      super(message);
    }
  }
}
