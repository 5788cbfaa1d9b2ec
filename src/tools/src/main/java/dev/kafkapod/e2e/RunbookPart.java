package dev.kafkapod.e2e;

import dev.kafkapod.e2e.Kubectl.Outcome;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import dev.kafkapod.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Follows the runbook from its top to its end: all blocks of commands in which kubectl does
 * something by itself, word for word but for context, namespace and addresses. What only runs in
 * pods is {@code RunbookIT}'s.
 */
record RunbookPart() implements Part {

  private static final Path RUNBOOK = Path.of("docs/runbook.md");
  private static final Duration LIMIT = Duration.ofMinutes(15);
  // a kubelet takes a ConfigMap to its pods in its own time
  private static final Duration PROPAGATION = Duration.ofMinutes(4);
  private static final String SHOW =
      "kubectl -n kafka exec kafka-1 -c kafka -- /opt/kafka-pod/bin/kafka-pod override show";
  private static final String CREATE_ORDERS =
      "kubectl -n kafka exec kafka-0 -c kafka -- /opt/kafka/bin/kafka-topics.sh --bootstrap-server localhost:19090"
          + " --create --topic orders --partitions 3 --replication-factor 3 --config min.insync.replicas=2";

  @Override
  public void run(Stage stage) {
    long begun = System.currentTimeMillis();
    // before the fourth broker, so that it stays empty
    LoadPod load = stage.load("runbook");
    Site site = stage.sites().get(0);
    Path directory = emptyDirectory();
    try {
      Operator operator = new Operator(stage, site, directory);
      operator.does(new Command(CREATE_ORDERS));
      operator.does(new Command("kubectl -n kafka scale statefulset kafka --replicas=4"));
      stage.awaitReady();
      ShownCommands.blocks(RUNBOOK).stream()
          .filter(block -> block.stream().anyMatch(it -> it.pod().isEmpty()))
          .flatMap(List::stream)
          .forEach(operator::does);
    } finally {
      Trees.delete(directory);
    }
    RolloutPart.check(stage, load, begun);
  }

  private static Path emptyDirectory() {
    try {
      return Files.createTempDirectory("runbook");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who types the page's commands in, and sees what comes of them. */
  private record Operator(Stage stage, Site site, Path directory) {

    void does(Command command) {
      String text = command.text();
      if (text.contains(" delete pod kafka-2")) {
        deletesThePod(text);
        return;
      }
      types(text);
      if (text.contains(" wait --for=delete pod/kafka-3")) {
        boolean gone = stage.pod(site, "kafka-3").uid().isEmpty();
        stage.report().check(gone, "the broker that was scaled in is gone", gone ? "yes" : "no");
      } else if (text.contains(" create configmap ")) {
        awaitOverride(it -> it.contains("INC-4711 no controllers"), "reaches a pod");
      } else if (text.contains(" delete configmap ")) {
        awaitOverride(it -> it.contains("none is in force"), "leaves it");
      }
    }

    private void types(String text) {
      Outcome outcome = typed(text);
      // it says no where there is none
      boolean no = text.contains(" override show") && outcome.exitCode() == 1;
      stage.report().check(outcome.ok() || no, text, end(outcome));
    }

    private void deletesThePod(String text) {
      String pod = stage.pod(site, "kafka-2").uid();
      String claim = claim("uid");
      boolean diskGoes = !claim("deletionTimestamp").isEmpty();
      types(text);
      Waiting.until(
          "kafka-2 to be made again and to be ready",
          LIMIT,
          () -> {
            stage.provideVolumes();
            return stage.pod(site, "kafka-2");
          },
          it -> !it.uid().equals(pod) && it.ready());
      boolean anotherDisk = !claim("uid").equals(claim);
      stage
          .report()
          .check(
              anotherDisk == diskGoes,
              "kafka-2 is made again, and gets ready",
              anotherDisk ? "on another disk" : "on the disk that it had");
    }

    private void awaitOverride(Predicate<String> so, String what) {
      String seen =
          Waiting.until(
              "the ConfigMap's override, which " + what,
              PROPAGATION,
              () -> typed(SHOW).output(),
              so);
      stage.report().event("it " + what + ": " + seen.lines().findFirst().orElse(""));
    }

    private String claim(String metadata) {
      return stage
          .kubectl()
          .run(
              "-n",
              site.namespace(),
              "get",
              "pvc",
              "data-kafka-2",
              "-o",
              "jsonpath={.metadata." + metadata + "}")
          .output();
    }

    /** As a shell would run it. All pods are on one node, so each has an address of its own. */
    private Outcome typed(String text) {
      int ordinal = new Command(text).pod().map(ShownCommands.Pod::ordinal).orElse(0);
      String here =
          text.replace(
                  "kubectl -n kafka ",
                  "kubectl --context '%s' -n %s "
                      .formatted(stage.kubectl().context(), site.namespace()))
              .replace("localhost:19090", "127.0.0.%d:19090".formatted(10 + ordinal));
      return Kubectl.execute(
          LIMIT, "", List.of("sh", "-c", "cd \"$0\" && " + here, directory.toString()));
    }

    private static String end(Outcome outcome) {
      List<String> lines =
          outcome.all().lines().filter(it -> !it.isBlank() && !it.startsWith("command t")).toList();
      return lines.isEmpty() ? "done" : lines.get(lines.size() - 1).strip();
    }
  }
}
