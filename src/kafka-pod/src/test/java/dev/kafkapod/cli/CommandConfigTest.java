package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.JMX_URL;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The file of client properties that {@code --command-config} names. */
class CommandConfigTest {

  @TempDir private Path directory;

  @Test
  void readsTheFileAsJavaProperties() throws IOException {
    Path file = write("security.protocol = SSL\n# a comment\nsasl.mechanism=PLAIN\n");

    assertThat(settings(file))
        .isEqualTo(Map.of("security.protocol", "SSL", "sasl.mechanism", "PLAIN"));
  }

  @Test
  void saysThatALoginIsMissing() throws IOException {
    Path file = write("security.protocol = sasl_plaintext\n");

    assertThatThrownBy(() -> settings(file))
        .hasMessage(
            "--command-config: its security.protocol needs a login, and it has no sasl.jaas.config;"
                + " add it");
  }

  @Test
  void readsTheFileInTheCharsetOfKafkasOwnTools() throws IOException {
    Path file = directory.resolve("client.properties");
    Files.writeString(file, "ssl.keystore.password=sch\u00f6n", StandardCharsets.ISO_8859_1);

    assertThat(settings(file)).isEqualTo(Map.of("ssl.keystore.password", "sch\u00f6n"));
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    Path file = directory.resolve("client.properties");

    assertThat(ready(file))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --command-config: there is no file %s; see kafka-pod ready --help"
                    .formatted(file)));
  }

  @Test
  void refusesADirectory() {
    assertThat(ready(directory))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --command-config: %s can't be read (Is a directory); see kafka-pod ready --help"
                    .formatted(directory)));
  }

  @Test
  void refusesAFileWithinAFile() throws IOException {
    Path file = write("").resolve("client.properties");

    assertThat(ready(file))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --command-config: %s can't be read (Not a directory); see kafka-pod ready --help"
                    .formatted(file)));
  }

  @Test
  void refusesAFileThatThisUserMayNotRead() throws IOException {
    Path file = write("security.protocol=SSL");
    Files.setPosixFilePermissions(file, Set.of());
    Tools.requireOrdinaryUser();

    assertThat(ready(file))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --command-config: %s can't be read (permission denied); see kafka-pod ready --help"
                    .formatted(file)));
  }

  @Test
  void refusesAMalformedEscape() throws IOException {
    Path file = write("ssl.keystore.location=C:\\users\\kafka.jks");

    assertThat(ready(file))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --command-config: %s must hold Java properties, but has a malformed \\u escape (Malformed \\uxxxx encoding.); write \\uXXXX or double the backslash; see kafka-pod ready --help"
                    .formatted(file)));
  }

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("client.properties"), content);
  }

  private static Outcome ready(Path commandConfig) {
    return Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--command-config=" + commandConfig);
  }

  private static Map<String, String> settings(Path commandConfig) {
    CommandSpec spec = CommandSpec.create();
    ClusterOptions cluster = new ClusterOptions(spec);
    new CommandLine(spec).parseArgs(BOOTSTRAP_SERVER, "--command-config=" + commandConfig);
    return cluster.access(Optional::empty).clientSettings().commandConfig();
  }
}
