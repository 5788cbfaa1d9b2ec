package dev.kafkapod.entrypoint;

import dev.kafkapod.probe.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container's file system in a temporary directory, where java and kafka-pod only note down how
 * they were started.
 */
final class Container {

  private static final String JAVA =
      """
      #!/bin/sh
      [ ! -e '%1$s/java.sh' ] || . '%1$s/java.sh'
      case "$*" in *' -version') exit 0 ;; esac
      cat /proc/self/oom_score_adj >'%1$s/java.score'
      for word; do printf '%%s\\n' "$word"; done >'%1$s/java.args'
      env >'%1$s/java.env'
      echo $$ >'%1$s/java.pid'
      """;

  private static final String KAFKA_POD =
      """
      #!/bin/sh
      echo "$*" >>'%1$s/launched'
      [ "$1" = render ] && echo "$KAFKA_POD_STARTING" >'%1$s/starting'
      [ -e "$KAFKA_POD_RUN_DIR/verdict" ] && echo verdict >>'%1$s/launched'
      case $1 in
      render)
        mkdir -p "$KAFKA_POD_RENDER_TO"
        [ ! -e '%1$s/server.properties' ] || cp '%1$s/server.properties' "$KAFKA_POD_RENDER_TO"
        ;;
      esac
      [ ! -e '%1$s/'"$1.sh" ] || . '%1$s/'"$1.sh"
      """;

  private final Path root;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** What a run came to. */
  record Result(int exitCode, String out, String err, List<String> java, List<String> launched) {}

  Container(Path root) throws IOException {
    this.root = root.toRealPath();
    write("java/bin/java", JAVA.formatted(this.root)).toFile().setExecutable(true);
    write("pod/bin/kafka-pod", KAFKA_POD.formatted(this.root)).toFile().setExecutable(true);
    write("pod/lib/kafka-pod-agent.jar", "");
    for (String jar : List.of("b.jar", "A.jar", "a.jar", "notes.txt")) {
      write("kafka/libs/" + jar, "");
    }
    for (String script : List.of("entrypoint", "native-libraries")) {
      Files.copy(
          Path.of("scripts", script),
          this.root.resolve("pod/bin").resolve(script),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    cgroup("0::/");
    config("process.roles=broker,controller", "log.dirs=" + this.root.resolve("data"));
    with("JAVA_HOME", path("java"))
        .with("KAFKA_HOME", path("kafka"))
        .with("KAFKA_POD_RUN_DIR", path("run"))
        .with("KAFKA_POD_RENDER_TO", path("run/config"))
        .with("KAFKA_POD_TEST_ROOT", path("root"));
  }

  String path(String relative) {
    return root.resolve(relative).toString();
  }

  Container with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Container without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** What kafka-pod renders. */
  Container config(String... lines) throws IOException {
    write("server.properties", String.join("\n", lines) + "\n");
    return this;
  }

  /** What kafka-pod does, beside noting it down, when it is started with a command; or Java. */
  Container does(String command, String script) throws IOException {
    write(command + ".sh", script);
    return this;
  }

  /** What /proc says of this process's control groups. */
  Container cgroup(String... lines) throws IOException {
    write("root/proc/self/cgroup", String.join("\n", lines) + "\n");
    return this;
  }

  Path write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  Process start(Shell shell, String... args) throws IOException {
    List<String> command = new ArrayList<>(shell.command());
    command.add(root.resolve("pod/bin/entrypoint").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(root.resolve("out").toFile())
            .redirectError(root.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  Result run(Shell shell, String... args) throws IOException, InterruptedException {
    return await(start(shell, args));
  }

  Result await(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end within 30 s");
    }
    return new Result(
        process.exitValue(),
        Files.readString(root.resolve("out")),
        Files.readString(root.resolve("err")),
        lines("java.args"),
        lines("launched"));
  }

  /** The lines of a file in it, none if there is no such file. */
  List<String> lines(String file) throws IOException {
    Path path = root.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }
}
