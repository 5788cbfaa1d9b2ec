package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.entrypoint.Container.Result;
import dev.kafkapod.probe.Shell;
import dev.kafkapod.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the entrypoint makes of a container's environment. */
class EntrypointTest {

  private static final List<String> FLAGS =
      List.of(
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Djava.awt.headless=true");

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void newContainer() throws IOException {
    container = new Container(directory);
  }

  private String flag(String prefix, String path) {
    return prefix + container.path(path);
  }

  @ParameterizedTest
  @EnumSource
  void becomesABrokerWithKafkasOwnFlagsAndTheAgent(Shell shell) throws Exception {
    Process process = container.start(shell);
    Result result = container.await(process);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.java().subList(0, 8))
        .containsExactly(
            "-Xms1024m",
            "-Xmx1024m",
            FLAGS.get(0),
            FLAGS.get(1),
            FLAGS.get(2),
            FLAGS.get(3),
            FLAGS.get(4),
            FLAGS.get(5));
    assertThat(result.java().subList(8, result.java().size()))
        .containsExactly(
            "-Dkafka.logs.dir=/tmp/kafka-pod-logs",
            flag("-Dlog4j2.configurationFile=", "run/config/log4j2.yaml"),
            "-cp",
            List.of("kafka/libs/A.jar", "kafka/libs/a.jar", "kafka/libs/b.jar").stream()
                .map(container::path)
                .collect(java.util.stream.Collectors.joining(":")),
            flag("-javaagent:", "pod/lib/kafka-pod-agent.jar"),
            "kafka.Kafka",
            container.path("run/config/server.properties"));
    assertThat(container.lines("java.pid"))
        .as("exec, so that signals reach the broker")
        .containsExactly(String.valueOf(process.pid()));
    assertThat(container.lines("java.env")).noneMatch(line -> line.contains("javaagent"));
  }

  @ParameterizedTest
  @EnumSource
  void rendersAndFormatsFirst(Shell shell) throws Exception {
    Result result = container.run(shell, "start");

    assertThat(result.launched())
        .containsExactly(
            "render", "storage --server-config " + container.path("run/config/server.properties"));
  }

  static final String LOG = "%s/__cluster_metadata-0/00000000000000000000.log";

  /** As far as anybody looks: the 17th byte is the number of the format. */
  static final String RECORDS = "\0".repeat(16) + "\2";

  @ParameterizedTest
  @EnumSource
  void removesTheVerdictOfTheProcessBefore(Shell shell) throws Exception {
    container.write("run/verdict", "1\n");

    Result result = container.run(shell);

    assertThat(result.launched()).doesNotContain("verdict");
    assertThat(directory.resolve("run/verdict")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void startsNoJvmForStorageThatIsFormatted(Shell shell) throws Exception {
    container.config(
        "process.roles=broker",
        "log.dirs= " + container.path("a") + " ,," + container.path("b c"),
        "metadata.log.dir=" + container.path("meta"));
    for (String disk : List.of("a", "b c", "meta")) {
      container.write(disk + "/meta.properties", "version=1\n");
    }

    assertThat(container.run(shell).launched()).containsExactly("render");

    Files.delete(Path.of(container.path("meta/meta.properties")));
    assertThat(container.run(shell).launched()).hasSize(3);
    container.write("meta/meta.properties", "version=1\n");
    container.write("b c/meta.properties", "");
    assertThat(container.run(shell).launched()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void readsTheSingularAndTheLastLineWithoutAnEnd(Shell shell) throws Exception {
    container.write("data/meta.properties", "version=1\n");
    container.write(LOG.formatted("data"), RECORDS);
    container.write(
        "server.properties", "process.roles=controller\nlog.dir=" + container.path("data"));

    assertThat(container.run(shell).launched()).containsExactly("render");
  }

  /** A power failure may leave nothing but zeros, or the beginning of a record. */
  @ParameterizedTest
  @EnumSource
  void asksAboutAControllerWhoseMetadataLogBeginsWithNoRecord(Shell shell) throws Exception {
    container.config("process.roles=controller", "log.dirs=" + container.path("data"));
    container.write("data/meta.properties", "version=1\n");
    int launched = 0;
    for (String spoilt : List.of("\0".repeat(100), "\0".repeat(16), "x".repeat(100))) {
      container.write(LOG.formatted("data"), spoilt);
      container.write(LOG.formatted("data").replace("0.log", "7.log"), RECORDS);
      launched += 2;
      assertThat(container.run(shell).launched()).hasSize(launched);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksAboutAControllerWhoseMetadataLogHasNoRecord(Shell shell) throws Exception {
    container.config(
        "process.roles=broker, controller",
        "log.dirs=" + container.path("a b") + "," + container.path("c"));
    container.write("a b/meta.properties", "version=1\n");
    container.write("c/meta.properties", "version=1\n");
    container.write(LOG.formatted("c"), RECORDS);
    assertThat(container.run(shell).launched()).as("the log is elsewhere").hasSize(2);

    container.write(LOG.formatted("a b"), "");
    assertThat(container.run(shell).launched()).as("the log is empty").hasSize(4);

    container.write(LOG.formatted("a b").replace("0.log", "7.log"), RECORDS);
    assertThat(container.run(shell).launched()).hasSize(5);

    container.config(
        "process.roles=controller",
        "log.dirs=" + container.path("a b"),
        "metadata.log.dir=" + container.path("c"));
    assertThat(container.run(shell).launched()).as("a directory of its own").hasSize(6);
  }

  @ParameterizedTest
  @EnumSource
  void leavesStorageAloneInZooKeeperMode(Shell shell) throws Exception {
    container.config("broker.id=1", "log.dirs=" + container.path("data"));

    assertThat(container.run(shell).launched()).containsExactly("render");
  }

  @ParameterizedTest
  @CsvSource({"render,2", "render,3", "storage,1", "storage,2", "storage,3"})
  void startsNoBrokerIfAStepFails(String step, int code) throws Exception {
    container.does(step, "echo \"what $1 says\" >&2; exit " + code);
    for (Shell shell : Shell.all()) {
      Result result = container.run(shell);

      assertThat(result.exitCode()).isEqualTo(code);
      assertThat(result.err()).isEqualTo("what " + step + " says\n");
      assertThat(result.java()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSignalDuringAStepEndsTheContainerAfterIt(Shell shell) throws Exception {
    container.does("storage", "touch begun; while [ ! -e go ]; do sleep 0.05; done; touch done");
    Process process = container.start(shell);
    Await.until(
        "storage to begin",
        Duration.ofSeconds(20),
        () -> Files.exists(directory.resolve("begun")),
        it -> it);

    process.destroy();
    container.write("go", "");
    Result result = container.await(process);

    assertThat(directory.resolve("done")).exists();
    assertThat(result.exitCode()).isEqualTo(143);
    assertThat(result.java()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void runsAnythingElseInsteadWithKafkasToolsAndOursOnThePath(Shell shell) throws Exception {
    Result result = container.run(shell, "sh", "-c", "echo \"$PATH\" \"$@\"", "-", "*", "a b");

    assertThat(result.out())
        .startsWith(container.path("kafka/bin") + ":" + container.path("pod/bin") + ":")
        .endsWith(" * a b\n");
    assertThat(result.launched()).isEmpty();
    assertThat(container.run(shell, "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void honoursTheVariablesOfKafkasOwnScripts(Shell shell) throws Exception {
    container
        .with("KAFKA_HEAP_OPTS", "-Xmx3g -Xms3g")
        .with("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseZGC")
        .with("KAFKA_GC_LOG_OPTS", "-Xlog:gc")
        .with("KAFKA_JMX_OPTS", "-Dcom.sun.management.jmxremote=true")
        .with("KAFKA_LOG4J_OPTS", "-Dlog4j2.configurationFile=/mine.xml")
        .with("KAFKA_OPTS", "-Da=* -Db=c")
        .with("LOG_DIR", "/var/log/kafka logs")
        .with("CLASSPATH", "/plugins/p.jar");

    assertThat(container.run(shell).java())
        .containsSubsequence(
            "-Xmx3g",
            "-Xms3g",
            "-XX:+UseZGC",
            "-Xlog:gc",
            "-Dcom.sun.management.jmxremote=true",
            "-Dkafka.logs.dir=/var/log/kafka logs",
            "-Dlog4j2.configurationFile=/mine.xml",
            "-cp",
            flag("-javaagent:", "pod/lib/kafka-pod-agent.jar"),
            "-Da=*",
            "-Db=c",
            "kafka.Kafka")
        .doesNotContain("-XX:+UseG1GC", "-Xmx1024m")
        .anyMatch(word -> word.endsWith("/b.jar:/plugins/p.jar"));
  }

  @ParameterizedTest
  @EnumSource
  void opensAJmxPortWhereOneIsNamed(Shell shell) throws Exception {
    container.with("JMX_PORT", "9999").with("KAFKA_JMX_HOSTNAME", "127.0.0.1");

    assertThat(container.run(shell).java())
        .contains(
            "-Dcom.sun.management.jmxremote",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.port=9999",
            "-Dcom.sun.management.jmxremote.rmi.port=9999");

    container.with("KAFKA_JMX_OPTS", "-Dcom.sun.management.jmxremote.rmi.port=1");
    assertThat(container.run(shell).java())
        .contains(
            "-Dcom.sun.management.jmxremote.port=9999", "-Dcom.sun.management.jmxremote.rmi.port=1")
        .doesNotContain("-Dcom.sun.management.jmxremote.rmi.port=9999");
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheAgentOutWhereItIsOffOrNamedAlready(Shell shell) throws Exception {
    assertThat(container.with("KAFKA_POD_AGENT", "off").run(shell).java())
        .noneMatch(word -> word.startsWith("-javaagent"));

    container.without("KAFKA_POD_AGENT").with("KAFKA_OPTS", "-javaagent:/x/kafka-pod-agent.jar=/y");
    assertThat(container.run(shell).java())
        .filteredOn(word -> word.startsWith("-javaagent"))
        .containsExactly("-javaagent:/x/kafka-pod-agent.jar=/y");
  }

  @ParameterizedTest
  @EnumSource
  void reportsEverythingThatIsWrongBeforeItDoesAnything(Shell shell) throws Exception {
    Files.delete(Path.of(container.path("pod/lib/kafka-pod-agent.jar")));
    container.with("JAVA_HOME", "/no/java").with("KAFKA_HOME", "/no/kafka");

    Result result = container.with("KAFKA_POD_AOT", "maybe").run(shell, "start", "now");

    assertThat(result.err())
        .isEqualTo(
            """
            entrypoint: start takes no arguments, got 1; settings are variables
            entrypoint: JAVA_HOME: there is no /no/java/bin/java; set it to where Java 17 or later is
            entrypoint: KAFKA_HOME: there are no jars in /no/kafka/libs; set it to where Kafka is
            entrypoint: there is no agent, %s; KAFKA_POD_AGENT=off does without
            entrypoint: KAFKA_POD_AOT: must be on or off, got 'maybe'
            """
                .formatted(container.path("pod/lib/kafka-pod-agent.jar")));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.launched()).isEmpty();
  }

  /**
   * A shell that runs it ends with 0, and an old configuration may lie where the new one belongs.
   */
  @ParameterizedTest
  @EnumSource
  void startsNothingWhereKafkaPodIsEmpty(Shell shell) throws Exception {
    Files.write(Path.of(container.path("pod/bin/kafka-pod")), new byte[0]);

    Result result = container.run(shell);

    assertThat(result.err())
        .isEqualTo(
            "entrypoint: %s is missing or empty; install kafka-pod whole\n"
                .formatted(container.path("pod/bin/kafka-pod")));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.java()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void saysSoIfNothingWasRendered(Shell shell) throws Exception {
    Files.delete(Path.of(container.path("server.properties")));

    Result result = container.run(shell);

    assertThat(result.err())
        .isEqualTo(
            "entrypoint: there is no %s to read after kafka-pod render\n"
                .formatted(container.path("run/config/server.properties")));
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void usesAnArchiveOnlyWithTheFlagsThatItWasMadeWith(Shell shell) throws Exception {
    String archive = flag("-XX:AOTCache=", "pod/aot/broker.aot");
    container.write("pod/aot/broker.aot", "");
    container.write(
        "pod/aot/broker.flags",
        String.join(
            " ",
            container.path("java/bin/java"),
            container.path("kafka"),
            String.join(" ", FLAGS),
            flag("-javaagent:", "pod/lib/kafka-pod-agent.jar") + "\n"));

    assertThat(container.run(shell).java()).contains(archive);

    for (String heap : List.of("-Xmx2g", "-Xms512m -Xmx30G", "-Xmx31743M")) {
      assertThat(container.with("KAFKA_HEAP_OPTS", heap).run(shell).java()).contains(archive);
    }
    for (String heap :
        List.of("-Xmx31g", "-Xmx31744m", "-Xmx999999999g", "-Xmx2g -XX:+UseZGC", "-Xmx0x5g")) {
      assertThat(container.with("KAFKA_HEAP_OPTS", heap).run(shell).java())
          .as(heap)
          .contains("kafka.Kafka")
          .doesNotContain(archive);
    }
    container.without("KAFKA_HEAP_OPTS");
    for (String variable :
        List.of(
            "KAFKA_OPTS",
            "KAFKA_JMX_OPTS",
            "KAFKA_GC_LOG_OPTS",
            "JAVA_TOOL_OPTIONS",
            "KAFKA_JVM_PERFORMANCE_OPTS")) {
      assertThat(container.with(variable, "-Dx=y").run(shell).java())
          .as(variable)
          .contains("kafka.Kafka")
          .doesNotContain(archive);
      container.without(variable);
    }
    assertThat(container.with("KAFKA_POD_AGENT", "off").run(shell).java()).doesNotContain(archive);
    container.without("KAFKA_POD_AGENT");
    assertThat(container.with("KAFKA_POD_AOT", "off").run(shell).java()).doesNotContain(archive);
  }
}
