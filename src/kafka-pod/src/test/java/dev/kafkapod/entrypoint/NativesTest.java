package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.entrypoint.Container.Result;
import dev.kafkapod.probe.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which native libraries a broker is pointed at. Those here are real ones, of the C library. */
class NativesTest {

  private static final String ZSTD = "zstd-jni-1.5.6-10";
  private static final String SNAPPY = "snappy-java-1.1.10.7";
  private static final String LZ4 = "lz4-java-1.10.2";
  private static final String NOEXEC =
      """
      22 1 0:1 / / rw - ext4 /dev/vda rw
      23 22 0:2 / /tmp rw,nosuid,noexec shared:7 - tmpfs tmpfs rw
      """;

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void newContainer() throws IOException {
    container = new Container(directory);
    for (String jar : List.of(ZSTD, SNAPPY, LZ4)) {
      container.write("kafka/libs/" + jar + ".jar", "");
    }
    container.write("root/proc/self/mountinfo", NOEXEC);
  }

  private Path library(String path) throws IOException {
    Path library = container.write("pod/native/" + path, "");
    return Files.write(library, Files.readAllBytes(aRealOne()));
  }

  /** One that nothing has loaded already. */
  private static Path aRealOne() {
    return List.of(
            "/usr/lib/x86_64-linux-gnu/libutil.so.1",
            "/usr/lib/aarch64-linux-gnu/libutil.so.1",
            "/lib64/libutil.so.1",
            "/lib/libutil.so.1")
        .stream()
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void pointsTheBrokerAtThoseThatTheImageCarries(Shell shell) throws Exception {
    Path zstd = library(ZSTD + "/libzstd-jni-1.5.6-10.so");
    Path snappy = library(SNAPPY + "/libsnappyjava.so");
    Path lz4 = library(LZ4 + "/liblz4-java.so");

    Result result = container.with("LD_LIBRARY_PATH", "/plugins").run(shell);

    assertThat(result.err()).isEmpty();
    assertThat(result.java())
        .contains("-DZstdNativePath=" + zstd, "-Dorg.xerial.snappy.lib.path=" + snappy.getParent());
    assertThat(container.lines("java.env"))
        .contains("LD_LIBRARY_PATH=" + lz4.getParent() + ":/plugins");
  }

  @ParameterizedTest
  @EnumSource
  void takesNoneOfAnotherVersion(Shell shell) throws Exception {
    library("zstd-jni-1.5.7-4/libzstd-jni-1.5.7-4.so");
    library(SNAPPY + "/libsnappyjava.so");

    Result result = container.run(shell);

    assertThat(result.java()).noneMatch(word -> word.startsWith("-DZstdNativePath"));
    assertThat(result.err())
        .isEqualTo(
            "entrypoint: WARNING: Kafka will unpack the native libraries of zstd into /tmp, which"
                + " is mounted noexec or can't be written to; batches so compressed will be"
                + " refused; mount /tmp with exec, or set KAFKA_OPTS=-Djava.io.tmpdir=DIRECTORY\n");
  }

  @ParameterizedTest
  @EnumSource
  void complainsOfOneThatCanNotBeLoadedAndLeavesItOut(Shell shell) throws Exception {
    Path zstd = container.write("pod/native/" + ZSTD + "/libzstd-jni-1.5.6-10.so", "no library");
    library(SNAPPY + "/libsnappyjava.so");
    container.write("root/proc/self/mountinfo", NOEXEC.replace("noexec", "nodev"));

    Result result = container.run(shell);

    assertThat(result.err()).isEqualTo("entrypoint: WARNING: " + zstd + " can't be loaded here\n");
    assertThat(result.java())
        .noneMatch(word -> word.startsWith("-DZstdNativePath"))
        .anyMatch(word -> word.startsWith("-Dorg.xerial.snappy.lib.path="));
  }

  @ParameterizedTest
  @EnumSource
  void warnsWhereKafkaCanNotLoadWhatItUnpacks(Shell shell) throws Exception {
    String warning =
        "entrypoint: WARNING: Kafka will unpack the native libraries of zstd and snappy into /tmp,"
            + " ";

    assertThat(container.run(shell).err()).startsWith(warning).hasLineCount(1);

    // the last mount counts, and without one the root's
    container.write("root/proc/self/mountinfo", NOEXEC + "24 22 0:3 / /tmp rw - tmpfs tmpfs rw\n");
    assertThat(container.run(shell).err()).isEmpty();
    container.write("root/proc/self/mountinfo", "22 1 0:1 / / ro,noexec - ext4 /dev/vda rw\n");
    assertThat(container.run(shell).err()).startsWith(warning);
    container.with("KAFKA_OPTS", "-Djava.io.tmpdir=/var/tmp");
    assertThat(container.run(shell).err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingOfAKafkaWithoutSuchJars(Shell shell) throws Exception {
    for (String jar : List.of(ZSTD, SNAPPY, LZ4)) {
      Files.delete(Path.of(container.path("kafka/libs/" + jar + ".jar")));
    }

    Result result = container.run(shell);

    assertThat(result.err()).isEmpty();
    assertThat(container.lines("java.env")).noneMatch(line -> line.startsWith("LD_LIBRARY"));
  }
}
