package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

  private static final Masking MASKING =
      new Masking(Secrets.byName(), Set.of(), Redaction.byShape());

  @TempDir Path temporary;
  private Path folder;
  private ConfigFiles files;

  @BeforeEach
  void makeFolder() {
    folder = temporary.resolve("new/config");
    files = new ConfigFiles(folder);
  }

  private static Map<String, String> texts(String server, String log) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("server.properties", server);
    texts.put("log4j2.yaml", log);
    return texts;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesFilesThatOnlyTheGroupMayReadBesidesTheOwner() throws IOException {
    files.write(texts("a=1\n", "x: ü\n"));

    assertThat(folder.resolve("server.properties")).hasContent("a=1\n");
    assertThat(Files.readString(folder.resolve("log4j2.yaml"))).isEqualTo("x: ü\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("server.properties"))))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("log4j2.yaml", "server.properties");
  }

  @Test
  void replacesFiles() throws IOException {
    files.write(texts("a=1\n", "x: 1\n"));
    files.write(texts("a=2\n", "x: 2\n"));

    assertThat(folder.resolve("server.properties")).hasContent("a=2\n");
    assertThat(names()).containsExactly("log4j2.yaml", "server.properties");
  }

  @Test
  void refusesASymbolicLinkAndChangesNothing() throws IOException {
    files.write(texts("a=1\n", "x: 1\n"));
    Path other = Files.writeString(temporary.resolve("other"), "precious");
    Files.delete(folder.resolve("log4j2.yaml"));
    Files.createSymbolicLink(folder.resolve("log4j2.yaml"), other);

    assertThatThrownBy(() -> files.write(texts("a=2\n", "x: 2\n")))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            folder.resolve("log4j2.yaml")
                + ": must be a file or not be there, but is a symbolic link; remove it, or choose another --render-to");
    assertThat(other).hasContent("precious");
    assertThat(folder.resolve("server.properties")).hasContent("a=1\n");
    assertThat(names()).containsExactly("log4j2.yaml", "server.properties");
  }

  @Test
  void refusesADirectoryInAFilesPlace() throws IOException {
    Files.createDirectories(folder.resolve("server.properties"));

    assertThatThrownBy(() -> files.write(texts("a=1\n", "x: 1\n")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("must be a file or not be there, but is no file");
  }

  @Test
  void saysWhenTheFolderIsAFile() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "");

    assertThatThrownBy(() -> files.write(texts("a=1\n", "x: 1\n")))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "--render-to %s: the files can't be written (it is no directory); the old ones, if any, are still there"
                .formatted(folder));
  }

  @Test
  void showsWhatWouldChange() {
    files.write(texts("a=1\nb=2\n", "x: 1\n"));

    assertThat(files.diff(texts("a=1\nb=3\n", "x: 1\n"), MASKING))
        .containsExactly(
            "--- " + folder.resolve("server.properties"),
            "+++ " + folder.resolve("server.properties"),
            "@@ -1,2 +1,2 @@",
            " a=1",
            "-b=2",
            "+b=3");
  }

  @Test
  void showsNoSecretInADiffButThatItHasChanged() {
    files.write(texts("ssl.key.password=old\nsasl.jaas.config=same\n", "x: 1\n"));

    assertThat(
            files.diff(
                texts("ssl.key.password=new\nsasl.jaas.config=same\na=1\n", "x: 1\n"), MASKING))
        .containsExactly(
            "--- " + folder.resolve("server.properties"),
            "+++ " + folder.resolve("server.properties"),
            "@@ -1,2 +1,3 @@",
            "-ssl.key.password=[hidden] (before)",
            "+ssl.key.password=[hidden] (changed)",
            " sasl.jaas.config=[hidden]",
            "+a=1");
  }

  @Test
  void showsAllOfAFileThatIsNotThereYet() {
    assertThat(files.diff(Map.of("server.properties", "a=1\n"), MASKING))
        .containsExactly(
            "--- /dev/null",
            "+++ " + folder.resolve("server.properties"),
            "@@ -0,0 +1,1 @@",
            "+a=1");
  }
}
