package dev.kafkapod.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Shell;
import dev.kafkapod.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher makes of how Java ended, and how much memory it lets Java have. */
class LauncherTest {

  private static final Path LAUNCHER =
      Path.of("src/kafka-pod/src/main/launcher/kafka-pod").toAbsolutePath();

  @TempDir private Path directory;

  @BeforeEach
  void copyTheLauncher() throws IOException {
    write("pod/bin/kafka-pod", Files.readString(LAUNCHER));
    write("root/proc/self/cgroup", "0::/\n");
  }

  private Path write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path;
  }

  /** Java as this script: prints what it is given, and ends as the test says. */
  private void java(String script) throws IOException {
    write(
        "java/bin/java",
        "#!/bin/sh\necho \"$*\" >>'%s/started'\n%s\n".formatted(directory, script));
  }

  private Finished run(Shell shell, String options, String... arguments) throws Exception {
    return launcher().run(shell, List.of("KAFKA_POD_JVM_OPTIONS=" + options), arguments);
  }

  private Script launcher() {
    return new Script(directory, "pod/bin/kafka-pod");
  }

  @ParameterizedTest
  @CsvSource({"90,0", "91,1", "2,2", "3,3", "0,3", "1,3", "10,3", "11,3", "137,3", "143,3"})
  void takesOnlyKafkaPodsOwnWordForAYesOrANo(int ended, int expected) throws Exception {
    java("exit " + ended);

    for (Shell shell : Shell.all()) {
      assertThat(run(shell, "", "ready").exitCode()).hasValue(expected);
    }
  }

  /** It would go on waiting otherwise, and hold its place where others wait for it. */
  @Test
  void aSignalReachesTheCommandThatWaits() throws Exception {
    java("trap 'echo gave back; exit 143' TERM; kill -TERM $PPID; sleep 5 & wait; exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "", "await-safe-stop");

      assertThat(finished.out()).isEqualTo("gave back\n");
      assertThat(finished.err()).isEmpty();
      assertThat(finished.exitCode()).hasValue(143);
    }
  }

  @Test
  void saysWhenJavaHasEndedWithoutAnAnswer() throws Exception {
    java("echo openjdk 21; exit 0");

    for (Shell shell : Shell.all()) {
      assertThat(run(shell, "", "can-stop").err())
          .isEqualTo(
              "kafka-pod: cannot tell: its Java (%s/java/bin/java) ended with exit code 0 and without kafka-pod's answer\n"
                  .formatted(directory));
    }
  }

  @Test
  void namesTheFlagWithWhichJavaDoesNotRunKafkaPod() throws Exception {
    java("case \" $* \" in *' -version '*) exit 0 ;; esac; exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "-Xss1m -version -Dx=y", "await-safe-stop");

      assertThat(finished.exitCode()).hasValue(2);
      assertThat(finished.err())
          .isEqualTo(
              "kafka-pod: KAFKA_POD_JVM_OPTIONS: with -version Java doesn't run kafka-pod (exit code 0); correct it, or leave it out\n");
    }
  }

  @Test
  void showsNoPasswordAmongTheFlags() throws Exception {
    java("case \" $* \" in *'-Dx=y '*) exit 1 ;; esac; exit 90");

    for (Shell shell : Shell.all()) {
      assertThat(
              run(shell, "-Djavax.net.ssl.trustStorePassword=a7 -Dp=http://u:b8@h -Dx=y", "ready")
                  .err())
          .contains("with -Dx=y Java doesn't run");
    }
    java("case \" $* \" in *'Password='*' -a '*) exit 1 ;; esac; exit 90");
    for (Shell shell : Shell.all()) {
      assertThat(
              run(shell, "-Djavax.net.ssl.keyStorePassword=a7 -Dp=http://u:b8@h -a", "ready").err())
          .isEqualTo(
              "kafka-pod: KAFKA_POD_JVM_OPTIONS: with '-Djavax.net.ssl.keyStorePassword=[hidden] -Dp=[hidden] -a' Java doesn't run kafka-pod (exit code 1); correct it\n");
    }
  }

  @Test
  void kafkasPluginsComeBehindKafkaWhereItsSettingsAreRead() throws Exception {
    java("exit 90");
    write("kafka/libs/kafka.jar", "");

    for (String command : List.of("render", "storage", "ready")) {
      Files.deleteIfExists(directory.resolve("started"));
      launcher()
          .run(
              Shell.DASH,
              List.of("KAFKA_HOME=" + directory.resolve("kafka"), "CLASSPATH=/plugins/*:/p.jar"),
              command);
      String started = Files.readString(directory.resolve("started"));
      if (command.equals("ready")) {
        assertThat(started).doesNotContain("/plugins");
      } else {
        assertThat(started)
            .contains("/kafka/libs/kafka.jar:")
            .contains("/kafka-pod.jar:/plugins/*:/p.jar dev.kafkapod.cli.KafkaPod " + command);
      }
    }
  }

  @Test
  void namesAllFlagsWhereNoneIsWrongByItself() throws Exception {
    java("case \" $* \" in *' -a -b '*) exit 1 ;; esac; exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "-a -b", "ready");

      assertThat(finished.exitCode()).hasValue(2);
      assertThat(finished.err())
          .isEqualTo(
              "kafka-pod: KAFKA_POD_JVM_OPTIONS: with '-a -b' Java doesn't run kafka-pod (exit code 1); correct it\n");
    }
  }

  @Test
  void startsNoSecondJavaWhereTheFirstWasKilled() throws Exception {
    java("exit 137");

    assertThat(run(Shell.DASH, "-Xmx2g", "ready").exitCode()).hasValue(3);
    assertThat(Files.readAllLines(directory.resolve("started"))).hasSize(1);
  }

  @Test
  void keepsABrokersOptionsFromJavaAndItsArgumentsAndLeavesThemToKafkaPod() throws Exception {
    java(
        "echo \"$KAFKA_OPTS|$KAFKA_POD_KEPT_JAVA_TOOL_OPTIONS|$KAFKA_POD_KEPT_JDK_JAVA_OPTIONS|$KAFKA_POD_KEPT__JAVA_OPTIONS\"\n"
            + "echo \"${JAVA_TOOL_OPTIONS-none} ${JDK_JAVA_OPTIONS-none} ${_JAVA_OPTIONS-none}"
            + " ${JMX_PORT-none}\"\n"
            + "exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished =
          launcher()
              .run(
                  shell,
                  List.of(
                      "KAFKA_OPTS=-Djavax.net.ssl.keyStorePassword=hunter2 '* $(x)",
                      "JAVA_TOOL_OPTIONS=-Da=\"b  c\" hunter3",
                      "JDK_JAVA_OPTIONS=",
                      "_JAVA_OPTIONS=-Dd=*",
                      "JMX_PORT=1"));

      assertThat(finished.out())
          .isEqualTo(
              """
              -Djavax.net.ssl.keyStorePassword=hunter2 '* $(x)|-Da="b  c" hunter3||-Dd=*
              none none none none
              """);
      assertThat(finished.err()).isEmpty();
    }
    assertThat(Files.readString(directory.resolve("started"))).doesNotContain("hunter");
  }

  /** Half an update, a full disk: what is left of a script must not say yes. */
  @Test
  void isNoYesWhereverItIsCutOff() throws Exception {
    java("exit 90");
    String whole = Files.readString(LAUNCHER);
    int guarded = whole.indexOf("# only kafka-pod's own");

    for (int end = guarded; end < whole.length() - 2; end += 97) {
      write("pod/bin/kafka-pod", whole.substring(0, end));
      assertThat(run(Shell.DASH, "", "ready").exitCode().orElse(-1))
          .as("cut off after %s", whole.substring(Math.max(0, end - 40), end))
          .satisfiesAnyOf(
              it -> assertThat(it).isNotZero(),
              // the rest is for other answers than this one
              it -> assertThat(Files.readAllLines(directory.resolve("started"))).isNotEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // MB: the limit, what processes use, the largest heap
    "max,0,320",
    "16384,2000,320",
    "4096,2600,320",
    "2048,1500,242",
    "1024,800,80",
    "1024,900,64",
    "512,600,64"
  })
  void letsJavaHaveHalfOfWhatTheContainersLimitLeaves(String limit, long used, int heap)
      throws Exception {
    java("exit 90");
    write("root/sys/fs/cgroup/memory.max", bytes(limit) + "\n");
    write("root/sys/fs/cgroup/memory.stat", "anon %d\nfile 7340032\n".formatted(used << 20));

    for (Shell shell : Shell.all()) {
      Files.deleteIfExists(directory.resolve("started"));
      run(shell, "", "ready");
      assertThat(Files.readString(directory.resolve("started")))
          .contains(" -Xmx" + heap + "m ")
          .startsWith("-Xms8m ");
    }
  }

  @Test
  void makesItselfWhatTheKernelKillsFirst() throws Exception {
    java("cat /proc/self/oom_score_adj; exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "", "ready");
      assertThat(finished.out()).isEqualTo("1000\n");
      assertThat(finished.err()).isEmpty();
    }
  }

  @Test
  void takesABlankJavaHomeForNone() throws Exception {
    java("exit 90");

    for (Shell shell : Shell.all()) {
      List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME= \n", "KAFKA_HOME= "));
      command.add("PATH=" + directory.resolve("java/bin") + ":/usr/bin:/bin");
      command.addAll(shell.command());
      command.addAll(List.of(directory.resolve("pod/bin/kafka-pod").toString(), "render"));
      assertThat(Finished.run(Duration.ofSeconds(30), "", command).exitCode()).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"max,0,256", "1024,400,256", "512,320,64", "400,390,32"})
  void tellsKafkasToolsTheirHeap(String limit, long used, int heap) throws Exception {
    write("root/sys/fs/cgroup/memory.max", bytes(limit) + "\n");
    write("root/sys/fs/cgroup/memory.stat", "anon %d\n".formatted(used << 20));
    java("exit 90");

    for (Shell shell : Shell.all()) {
      Finished finished = run(shell, "", "largest-heap", "256", "32");
      assertThat(finished.out()).isEqualTo(heap + "\n");
      assertThat(finished.exitCode()).hasValue(0);
    }
    assertThat(directory.resolve("started")).doesNotExist();
  }

  @Test
  void countsTheLimitsOfVersion1AndOfTheGroupsAbove() throws Exception {
    java("exit 90");
    write("root/proc/self/cgroup", "5:cpu:/x\n4:memory:/pods/abc\n0::/x\n");
    write("root/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("root/sys/fs/cgroup/memory/pods/memory.limit_in_bytes", bytes("1024") + "\n");
    write(
        "root/sys/fs/cgroup/memory/pods/memory.stat",
        "cache 99\nrss 1\ntotal_cache 5\ntotal_rss %d\n".formatted(600L << 20));

    for (Shell shell : Shell.all()) {
      Files.deleteIfExists(directory.resolve("started"));
      run(shell, "", "ready");
      assertThat(Files.readString(directory.resolve("started"))).contains(" -Xmx180m ");
    }
  }

  private static String bytes(String megabytes) {
    return megabytes.equals("max") ? megabytes : String.valueOf(Long.parseLong(megabytes) << 20);
  }
}
