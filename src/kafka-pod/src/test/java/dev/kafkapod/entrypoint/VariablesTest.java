package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.entrypoint.Container.Result;
import dev.kafkapod.probe.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the entrypoint says to variables before it starts anything. */
class VariablesTest {

  private static final String PORT = "-Dcom.sun.management.jmxremote.port=";
  private static final String RMI_PORT = "-Dcom.sun.management.jmxremote.rmi.port=";

  private static final List<String> FLAGS =
      List.of(
          "KAFKA_HEAP_OPTS",
          "KAFKA_JVM_PERFORMANCE_OPTS",
          "KAFKA_GC_LOG_OPTS",
          "KAFKA_JMX_OPTS",
          "KAFKA_LOG4J_OPTS",
          "KAFKA_OPTS");

  /** Without those that the container's stand-ins need. */
  private static final List<String> OTHERS =
      List.of(
          "JMX_PORT",
          "KAFKA_JMX_PORT",
          "KAFKA_JMX_HOSTNAME",
          "LOG_DIR",
          "CLASSPATH",
          "KAFKA_POD_AGENT",
          "KAFKA_POD_AOT",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS");

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void newContainer() throws IOException {
    container = new Container(directory);
  }

  private Container withAll(String value) {
    FLAGS.forEach(it -> container.with(it, value));
    OTHERS.forEach(it -> container.with(it, value));
    return container;
  }

  private void refused(Shell shell, String message) throws Exception {
    Result result = container.run(shell);
    assertThat(result.err()).isEqualTo("entrypoint: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.launched()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", " \t\n "})
  void blankIsUnset(String blank) throws Exception {
    List<String> unset = container.run(Shell.DASH).java();
    for (Shell shell : Shell.all()) {
      Result result = withAll(blank).run(shell);

      assertThat(result.err()).isEmpty();
      assertThat(result.java()).isEqualTo(unset);
      assertThat(result.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void blankIsUnsetWhereKafkaAndJavaAre(Shell shell) throws Exception {
    container.with("JAVA_HOME", " ").with("PATH", container.path("java/bin") + ":/usr/bin:/bin");
    String kafka = container.path("kafka");

    container.with("KAFKA_HOME", "\n");
    refused(shell, "KAFKA_HOME: there are no jars in /opt/kafka/libs; set it to where Kafka is");

    container.with("KAFKA_HOME", kafka);
    assertThat(container.run(shell).java()).contains("kafka.Kafka");
  }

  @ParameterizedTest
  @EnumSource
  void blanksAroundAValueAreNoPartOfIt(Shell shell) throws Exception {
    container
        .with("JMX_PORT", " 9999\n")
        .with("LOG_DIR", container.path("a b") + "\n")
        .with("KAFKA_POD_AGENT", "off\n")
        .with("KAFKA_HOME", container.path("kafka") + "\n");

    Result result = container.run(shell);

    assertThat(result.err()).isEmpty();
    assertThat(result.java())
        .contains(PORT + "9999", "-Dkafka.logs.dir=" + container.path("a b"))
        .noneMatch(word -> word.startsWith("-javaagent"));
  }

  @ParameterizedTest
  @EnumSource
  void whatKubernetesMakesForAServiceIsLeftOut(Shell shell) throws Exception {
    Result result =
        container
            .with("JMX_PORT", "tcp://10.0.0.1:9999")
            .with("KAFKA_JMX_PORT", "udp://10.0.0.2:9999")
            .with("KAFKA_OPTS", "sctp://10.0.0.3:1")
            .run(shell);

    assertThat(result.err())
        .isEqualTo(
            "entrypoint: WARNING: JMX_PORT, KAFKA_JMX_PORT, KAFKA_OPTS: left out, because Kubernetes makes such values for Services; set enableServiceLinks: false\n");
    assertThat(result.exitCode()).isZero();
    assertThat(result.java())
        .contains("kafka.Kafka")
        .noneMatch(word -> word.contains("jmx") || word.contains("://"));
    assertThat(container.lines("java.env")).noneMatch(line -> line.contains("://"));
  }

  @ParameterizedTest
  @EnumSource
  void opensKafkasImagesJmxPort(Shell shell) throws Exception {
    container.with("KAFKA_JMX_PORT", "9998").with("KAFKA_JMX_HOSTNAME", "kafka-0.kafka");
    assertThat(container.run(shell).java())
        .contains(
            "-Dcom.sun.management.jmxremote",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false",
            "-Djava.rmi.server.hostname=kafka-0.kafka",
            PORT + "9998",
            RMI_PORT + "9998");

    container.with("JMX_PORT", "1").with("KAFKA_JMX_OPTS", "-Da=b " + RMI_PORT + "2");
    assertThat(container.run(shell).java())
        .as("as there, it wins, and the last of a property counts")
        .containsSubsequence(
            "-Da=b",
            RMI_PORT + "2",
            "-Djava.rmi.server.hostname=kafka-0.kafka",
            PORT + "9998",
            RMI_PORT + "9998")
        .doesNotContain(PORT + "1", "-Dcom.sun.management.jmxremote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999999999999999999", "http", "-1", "0x10", "9 9", "09"})
  void aPortIsANumber(String port) throws Exception {
    for (String variable : List.of("JMX_PORT", "KAFKA_JMX_PORT")) {
      for (Shell shell : Shell.all()) {
        container.with(variable, port);
        refused(shell, variable + ": must be a port from 1 to 65535, got '" + port + "'");
      }
      container.without(variable);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingThatIsWrongIsSaidAtOnce(Shell shell) throws Exception {
    container
        .with("KAFKA_JMX_HOSTNAME", "a host")
        .with("KAFKA_JMX_PORT", "x")
        .with("KAFKA_HEAP_OPTS", "2g")
        .with("KAFKA_GC_LOG_OPTS", "-Xlog:help")
        .with("KAFKA_OPTS", "-Djavax.net.ssl.keyStorePassword=\"open sesame\"")
        .with("KAFKA_JMX_OPTS", "-Da=b -version");

    Result result = container.run(shell);

    assertThat(result.err())
        .isEqualTo(
            """
            entrypoint: KAFKA_JMX_PORT: must be a port from 1 to 65535, got 'x'
            entrypoint: KAFKA_JMX_HOSTNAME: must be a host's name or address, got 'a host'
            entrypoint: KAFKA_HEAP_OPTS: must be flags for Java, which begin with -, but its first word doesn't; words end at blanks, and quotes don't hold them together
            entrypoint: KAFKA_GC_LOG_OPTS: with -Xlog:help Java doesn't run the broker; leave it out
            entrypoint: KAFKA_JMX_OPTS: with -version Java doesn't run the broker; leave it out
            entrypoint: KAFKA_OPTS: must be flags for Java, which begin with -, but what follows -Djavax.net.ssl.keyStorePassword doesn't; words end at blanks, and quotes don't hold them together
            """);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.launched()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void flagsOfTwoWordsAndFilesOfFlagsArePossible(Shell shell) throws Exception {
    container.with(
        "KAFKA_OPTS",
        "--add-opens java.base/java.lang=ALL-UNNAMED @/flags --add-modules a.b -Dc=d");

    assertThat(container.run(shell).java())
        .containsSubsequence(
            "--add-opens", "java.base/java.lang=ALL-UNNAMED", "@/flags", "--add-modules", "-Dc=d");
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_OPTS, -Da=b -XX:+UseConcMarkSweepGCC, Unrecognized VM option 'UseConcMarkSweepGCC'",
    "KAFKA_HEAP_OPTS, -Xmx2gb, Invalid maximum heap size: -Xmx2gb",
    "KAFKA_GC_LOG_OPTS, -XX:MaxGCPauseMillis=x, Improperly specified VM option 'MaxGCPauseMillis=x'",
  })
  void javaIsAskedAboutItsFlagsBeforeAnythingIsDone(String variable, String flags, String said)
      throws Exception {
    container.with("JAVA_HOME", System.getProperty("java.home")).with(variable, flags);

    for (Shell shell : Shell.all()) {
      Result result = container.run(shell);
      assertThat(result.err())
          .startsWith("entrypoint: " + variable + ": Java doesn't start with these flags (" + said)
          .endsWith("); correct them\n")
          .hasLineCount(1);
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.launched()).isEmpty();
    }
  }

  @Test
  void flagsThatDoNotGoTogetherAreSaid() throws Exception {
    container
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("KAFKA_OPTS", "-XX:+UseSerialGC");

    for (Shell shell : Shell.all()) {
      Result result = container.run(shell);
      assertThat(result.err())
          .contains("Java doesn't start with all of these flags and Kafka's own")
          .contains("ultiple garbage collectors selected")
          .hasLineCount(1);
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void javaIsAskedOnlyWhereThereIsSomethingToSayAndAboutNothingThatHasAnEffect() throws Exception {
    container.does("java", "case \"$*\" in *' -version') echo \"$*\" >>asked ;; esac");
    container.with("KAFKA_OPTS", "-Da=b -agentlib:jdwp=server=y -Xlog:gc:file=x");
    for (String heap : List.of("-Xmx1g", "-Xms1g -Xmx1g", "-Xmx1g -Xms1g", "-Xmx1073741824")) {
      container.with("KAFKA_HEAP_OPTS", heap).run(Shell.DASH);
    }
    assertThat(container.lines("asked")).isEmpty();

    container
        .with("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:AOTCacheOutput=x -XX:+UseZGC")
        .with("KAFKA_GC_LOG_OPTS", "-XX:StartFlightRecording -XX:+HeapDumpOnOutOfMemoryError")
        .run(Shell.DASH);
    assertThat(container.lines("asked"))
        .containsExactly(
            "-Xmx1073741824 -XX:+UseZGC -XX:+HeapDumpOnOutOfMemoryError -XX:-AlwaysPreTouch -version");
  }

  /** Whatever ended it, it wasn't its flags. */
  @Test
  void aJavaThatIsKilledWhenItIsAskedIsNoReasonNotToStart() throws Exception {
    container.does("java", "case \"$*\" in *' -version') exit 137 ;; esac");

    Result result = container.with("KAFKA_OPTS", "-XX:+UseZGC").run(Shell.DASH);

    assertThat(result.java()).contains("-XX:+UseZGC", "kafka.Kafka");
  }

  @ParameterizedTest
  @CsvSource({
    ", , on",
    "off, , off",
    "off, -javaagent:/x/kafka-pod-agent.jar, on",
    ", -Da=b -javaagent:/x/kafka-pod-agent.jar=/my.properties -Dc=d, /my.properties"
  })
  void rendersForABrokerWithTheAgentsSettings(String agent, String options, String expected)
      throws Exception {
    container.with("KAFKA_POD_AGENT", agent == null ? "" : agent);
    container.with("KAFKA_OPTS", options == null ? "" : options);

    for (Shell shell : Shell.all()) {
      container.run(shell);
      assertThat(container.lines("starting")).containsExactly(expected);
    }
  }

  private static final String SCORE = "cat /proc/self/oom_score_adj";

  @ParameterizedTest
  @EnumSource
  void whatRunsBesideABrokerIsToBeKilledFirst(Shell shell) throws Exception {
    assertThat(container.run(shell, "sh", "-c", SCORE).out()).isEqualTo("1000\n");
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerIsNotToBeKilledFirstWhoeverStartsIt(Shell shell) throws Exception {
    String ours = java.nio.file.Files.readString(Path.of("/proc/self/oom_score_adj")).strip();

    container.run(shell);
    assertThat(container.lines("java.score")).containsExactly(ours);

    container.run(shell, "entrypoint", "sh", "-c", SCORE + "; exec entrypoint start");
    assertThat(container.lines("java.score")).containsExactly(ours);
    assertThat(container.lines("java.env")).noneMatch(line -> line.startsWith("KAFKA_POD_SCORE"));
  }
}
