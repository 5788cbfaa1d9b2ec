package dev.kafkapod.e2e;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries kafka-pod on the Kubernetes that kubectl leads to, and says what came of it. */
@Command(
    name = "scripts/e2e-kubernetes",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Tests kafka-pod under load on the Kubernetes cluster that kubectl is configured for: a rollout, two at once, a bad revision and its override, evictions, and the runbook's commands. Creates its own namespaces, changes no other, and removes them at the end, also after a failure.",
      "",
      "All pods run on one node, in its network, on addresses of 127.0.0.0/8. The node needs the image, or must be able to pull it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every check passed",
      "1:a check failed",
      "2:the command is wrong",
      "3:it couldn't be run: no Kubernetes, no node, a namespace in the way, something not done in time"
    })
public final class E2e implements Callable<Integer> {

  /** What to try. */
  enum Choice {
    rollout,
    evict,
    runbook,
    two,
    crash,
    all;

    boolean includes(Choice part) {
      return this == all || this == part;
    }
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "all",
      description =
          "what to test: ${COMPLETION-CANDIDATES}; all by default. rollout, evict and runbook run three brokers and three controllers (6 GB of memory). two and crash run six brokers and three controllers (9 GB)")
  private Choice part;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      required = true,
      description = "an image from scripts/image, with its tag")
  private String image;

  @Option(
      names = "--load-image",
      paramLabel = "kind|minikube|none",
      defaultValue = "none",
      description =
          "how to copy the image from this machine's Docker engine to the node; none by default, if the node has it or can pull it")
  private String loader;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      defaultValue = "",
      description = "kubectl's context; by default the current one")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "kafka-pod-e2e",
      description =
          "the beginning of the namespaces' names, ${DEFAULT-VALUE} by default; none of these namespaces may exist")
  private String namespace;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      defaultValue = "",
      description = "the node to run on; by default the first that is ready and has no taint")
  private String node;

  @SuppressWarnings("UnusedVariable") // picocli's
  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  private boolean help;

  private final PrintStream out;
  private final PrintStream err;
  private final AtomicReference<Stage> current = new AtomicReference<>();

  private E2e(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs it, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    CommandLine command = new CommandLine(new E2e(out, err));
    command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    command.setExecutionExceptionHandler(
        (exception, line, parsed) -> {
          if (exception instanceof CouldNotRun) {
            err.println("e2e-kubernetes: " + exception.getMessage());
            return 3;
          }
          throw exception;
        });
    command.setParameterExceptionHandler(
        (exception, arguments) -> {
          err.println("e2e-kubernetes: " + exception.getMessage() + "; --help lists what there is");
          return 2;
        });
    return command.execute(args);
  }

  @Override
  public Integer call() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      err.println("e2e-kubernetes: " + String.join("; ", problems));
      return 2;
    }
    Kubectl kubectl = new Kubectl(context.isEmpty() ? Kubectl.currentContext() : context);
    Server server =
        Server.of(
            kubectl.json("version"),
            kubectl.json("get", "nodes"),
            kubectl.json("get", "storageclasses"),
            node);
    Report report = new Report(out, System.currentTimeMillis());
    out.printf(
        "Context %s: Kubernetes 1.%d, node %s, image %s, volumes %s%n",
        kubectl.context(),
        server.minor(),
        server.node(),
        image,
        server.provisions() ? "by the default StorageClass" : "in directories of the node");
    ImageLoading.load(loader, image);
    // also on Ctrl-C
    Thread cleaning = new Thread(this::clean, "cleaning");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try {
      run(
          kubectl,
          server,
          report,
          List.of(new Site(namespace, "e2e", 3)),
          parts(Choice.rollout, Choice.evict, Choice.runbook));
      run(
          kubectl,
          server,
          report,
          List.of(
              new Site(namespace + "-a", "e2e-stretch-a", 3),
              new Site(namespace + "-b", "e2e-stretch-b", 3),
              new Site(namespace + "-witness", "e2e-stretch-witness", 0)),
          parts(Choice.two, Choice.crash));
    } finally {
      clean();
    }
    out.println();
    out.println(report.summary());
    return report.failed().isEmpty() ? 0 : 1;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!namespace.matches("[a-z]([a-z0-9-]{0,38}[a-z0-9])?")) {
      problems.add(
          "--namespace: must be lower-case letters, digits and hyphens, at most 40, got '%s'"
              .formatted(namespace));
    }
    if (!List.of("kind", "minikube", "none").contains(loader)) {
      problems.add("--load-image: must be kind, minikube or none, got '%s'".formatted(loader));
    }
    if (!image.matches("[A-Za-z0-9][A-Za-z0-9._/:-]*")) {
      problems.add(
          "--image: must be an image's name, such as kafka-pod:1, got '%s'".formatted(image));
    }
    return problems;
  }

  private List<Choice> parts(Choice... choices) {
    return Stream.of(choices).filter(part::includes).toList();
  }

  private void run(
      Kubectl kubectl, Server server, Report report, List<Site> sites, List<Choice> parts) {
    if (parts.isEmpty()) {
      return;
    }
    report.chapter(
        sites.size() == 1
            ? "One StatefulSet: 3 brokers, replication factor 3, min ISR 2"
            : "Two StatefulSets of a stretched cluster: 3 brokers each, replication factor 6, min ISR 3");
    try (Stage stage = new Stage(kubectl, server, image, report, sites)) {
      current.set(stage);
      stage.deploy();
      for (Choice each : parts) {
        report.chapter(
            switch (each) {
              case rollout -> "A new revision is rolled out";
              case evict -> "Evictions";
              case runbook -> "What the runbook does by kubectl";
              case two -> "New revisions are rolled out in both StatefulSets at once";
              case crash -> "A bad revision on one side, a good one on the other";
              case all -> throw new IllegalStateException("no part of its own");
            });
        part(each).run(stage);
      }
    }
  }

  private static Part part(Choice choice) {
    return switch (choice) {
      case rollout -> new RolloutPart("rollout");
      case two -> new RolloutPart("two");
      case evict -> new EvictionPart();
      case runbook -> new RunbookPart();
      case crash -> new CrashPart();
      case all -> throw new IllegalStateException("no part of its own");
    };
  }

  private void clean() {
    Stage stage = current.get();
    if (stage != null) {
      stage.close();
    }
  }
}
