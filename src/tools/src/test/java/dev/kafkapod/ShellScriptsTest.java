package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shell script of the project is in order, says shellcheck. */
class ShellScriptsTest {

  private static final List<Path> PLACES =
      Stream.of(
              "scripts",
              "probe",
              "src/kafka-pod/src/main/launcher",
              "src/image",
              "src/tools/src/main/resources",
              ".ci")
          .map(Path::of)
          .toList();

  private static final Pattern SHEBANG = Pattern.compile("#!.*\\b(sh|bash)\\b.*");

  static List<Path> scripts() throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (Path place : PLACES.stream().filter(Files::isDirectory).toList()) {
      try (Stream<Path> files = Files.walk(place)) {
        files.filter(Files::isRegularFile).filter(ShellScriptsTest::isShell).forEach(scripts::add);
      }
    }
    return scripts.stream().sorted().toList();
  }

  private static boolean isShell(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String first = reader.readLine();
      return first != null && SHEBANG.matcher(first).matches();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void findsTheScripts() throws IOException {
    assertThat(scripts())
        .contains(
            Path.of("scripts/kafka-libs"),
            Path.of("probe/kafka-pod-probe"),
            Path.of("src/kafka-pod/src/main/launcher/kafka-pod"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void passesShellcheck(Path script) throws IOException, InterruptedException {
    Process shellcheck = shellcheck(script);
    String complaints =
        new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shellcheck.waitFor()).as("shellcheck %s:%n%s", script, complaints).isZero();
  }

  private static Process shellcheck(Path script) throws IOException {
    String shellcheck = Tools.require("shellcheck").toString();
    return new ProcessBuilder(shellcheck, "--color=never", script.toString())
        .redirectErrorStream(true)
        .start();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void canBeExecuted(Path script) {
    assertThat(script).isExecutable();
  }
}
