package dev.kafkapod.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken out of Kafka's jars; in the image's tests a JVM loads it. */
class NativeLibrariesTest {

  @TempDir private Path directory;
  private Path jars;

  @BeforeEach
  void writeJars() throws IOException {
    jars = Files.createDirectory(directory.resolve("libs"));
    jar(
        "zstd-jni-1.5.6-10.jar",
        "linux/aarch64/libzstd-jni-1.5.6-10.so",
        "linux/amd64/libzstd-jni-1.5.6-10.so",
        "win/amd64/libzstd-jni-1.5.6-10.dll");
    jar(
        "snappy-java-1.1.10.7.jar",
        "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so",
        "org/xerial/snappy/native/Linux/android-aarch64/libsnappyjava.so",
        "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so");
    jar("lz4-java-1.10.2.jar", "net/jpountz/util/linux/amd64/liblz4-java.so");
    jar("other-1.jar", "linux/amd64/libother.so");
  }

  private void jar(String name, String... entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jars.resolve(name)))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void takesOneLibraryOutOfEachJarIntoAFolderOfItsName() throws IOException {
    Path into = directory.resolve("native");

    assertThat(NativeLibraries.unpack(jars, into, "amd64")).hasSize(3);

    assertThat(into.resolve("zstd-jni-1.5.6-10/libzstd-jni-1.5.6-10.so"))
        .hasContent("linux/amd64/libzstd-jni-1.5.6-10.so");
    assertThat(into.resolve("snappy-java-1.1.10.7/libsnappyjava.so"))
        .hasContent("org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so");
    assertThat(into.resolve("lz4-java-1.10.2/liblz4-java.so"))
        .hasContent("net/jpountz/util/linux/amd64/liblz4-java.so");
  }

  @Test
  void leavesOutWhatThereIsNotForAnArchitecture() throws IOException {
    Path into = directory.resolve("native");

    assertThat(NativeLibraries.unpack(jars, into, "aarch64")).hasSize(2);

    assertThat(into.resolve("snappy-java-1.1.10.7/libsnappyjava.so"))
        .hasContent("org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so");
    assertThat(into.resolve("lz4-java-1.10.2")).doesNotExist();
    assertThat(NativeLibraries.unpack(jars, directory.resolve("other"), "sparc")).isEmpty();
  }
}
