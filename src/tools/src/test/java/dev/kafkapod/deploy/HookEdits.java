package dev.kafkapod.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Edits of the preStop hook after which it would wait for nothing. */
final class HookEdits {

  private static final String RULE = "a stop waits until it is safe";
  private static final String SET = "single: StatefulSet kafka: lifecycle.preStop";

  private HookEdits() {}

  static List<Edit> all() {
    return List.of(
        wrong(
            "Invalid value for option '--max-wait': must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got 'soon'; write for example 8s",
            "--max-wait=soon"),
        wrong("Unknown option: '--ignore-all'", "--max-wait=10m", "--ignore-all"),
        wrong(
            "option '--max-wait' (TIME) should be specified only once",
            "--max-wait=10m",
            "--max-wait=10m"),
        Edit.ofBrokers(
            RULE,
            it -> hook(it, command("--max-wait=10m", "--help")),
            SET
                + " must run a command that kafka-pod understands, because nothing would be waited for, got: a request for help"),
        Edit.ofBrokers(
            RULE,
            it -> hook(it, command("--max-wait=14s")),
            SET
                + ": --max-wait must be at least 15 s, because two answers must be yes, got 14000 ms; raise it"),
        Edit.ofBrokers(
            RULE,
            it -> hook(it, List.of("sh", "-c", shell("--max-wait=10m || true"))),
            SET
                + " must run /opt/kafka-pod/bin/kafka-pod await-safe-stop --max-wait=TIME, because nothing else holds up a rollout's first deletion, got sh -c "
                + shell("--max-wait=10m || true")
                + "; set it"));
  }

  private static Edit wrong(String said, String... options) {
    return Edit.ofBrokers(
        RULE,
        it -> hook(it, command(options)),
        SET
            + " must run a command that kafka-pod understands, because nothing would be waited for, got: kafka-pod await-safe-stop: "
            + said
            + "; see kafka-pod await-safe-stop --help");
  }

  static List<String> command(String... options) {
    List<String> command =
        new ArrayList<>(List.of("/opt/kafka-pod/bin/kafka-pod", "await-safe-stop"));
    command.addAll(List.of(options));
    return command;
  }

  static String shell(String options) {
    return "exec " + command(options).stream().collect(Collectors.joining(" "));
  }

  static void hook(Nodes nodes, List<String> command) {
    nodes.kafka().getLifecycle().getPreStop().getExec().setCommand(command);
  }
}
