package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.OtherImagesTable;
import dev.kafkapod.testing.OtherImagesTable.Kind;
import dev.kafkapod.testing.OtherImagesTable.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row about other images' variables is tried; flags of the JVM by the entrypoint's tests. */
class OtherImagesTest {

  @TempDir private Path directory;

  static Stream<Row> settings() {
    return OtherImagesTable.rows().stream()
        .filter(it -> it.kind() != Kind.LEFT_OUT)
        .filter(it -> !it.claims().get(0).startsWith("-"));
  }

  static Stream<Row> leftOut() {
    return OtherImagesTable.rows().stream().filter(it -> it.kind() == Kind.LEFT_OUT);
  }

  private Outcome render(Map<String, String> variables) throws IOException {
    Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(directory.resolve("secrets/creds"), "of a file\n");
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("KAFKA_POD_TEMPLATE", "single-node");
    return Outcome.of(
        environment,
        "render",
        "--templates=config-templates",
        "--mounted-dir=" + directory.resolve("mounted"),
        "--secrets-dir=" + directory.resolve("secrets"),
        "--render-to=" + directory.resolve("config"));
  }

  private List<String> rendered() throws IOException {
    Path config = directory.resolve("config");
    return Stream.of("server.properties", "log4j2.yaml")
        .flatMap(
            it -> {
              try {
                return Files.readAllLines(config.resolve(it)).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .map(String::strip)
        .toList();
  }

  @ParameterizedTest
  @MethodSource
  void settings(Row row) throws IOException {
    Map<String, String> variables = new HashMap<>(row.variables());
    if (row.claims().get(0).startsWith("cluster.id=")) {
      // somewhere that whoever runs this test may format
      variables.put("KAFKA_LOG_DIRS", directory.resolve("data").toString());
    }
    Outcome outcome = render(variables);

    assertThat(outcome.exitCode()).as(String.join("\n", outcome.err())).isZero();
    for (String claim : row.claims()) {
      String line = claim.replace("/etc/kafka/secrets", directory.resolve("secrets").toString());
      if (claim.startsWith("cluster.id=")) {
        assertThat(
                Outcome.of(
                        variables,
                        "storage",
                        "--check",
                        "--server-config=" + directory.resolve("config/server.properties"))
                    .out())
            .singleElement()
            .asString()
            .contains(" for the cluster " + claim.substring("cluster.id=".length()) + ": ");
      } else if (claim.startsWith("/")) {
        assertThat(Path.of(line)).exists();
      } else if (claim.matches("[a-z.]+")) {
        assertThat(rendered()).contains(claim + "=of a file");
      } else {
        assertThat(rendered()).anyMatch(it -> it.equals(line) || it.equals("- " + line));
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void leftOut(Row row) throws IOException {
    Outcome outcome = render(row.variables());

    assertThat(outcome.exitCode()).as(String.join("\n", outcome.err())).isZero();
    List<String> warnings =
        outcome.err().stream()
            .filter(it -> it.contains(row.variables().keySet().iterator().next()))
            .toList();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("kafka-pod render: warning: ")
        .contains(row.variables().keySet())
        .contains("left out, because ")
        .endsWith("; " + row.words());
    assertThat(rendered())
        .noneMatch(
            line ->
                row.variables().keySet().stream()
                    .map(
                        it ->
                            it.replaceFirst("^KAFKA_", "")
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'))
                    .anyMatch(it -> line.startsWith(it + "=")));
  }
}
