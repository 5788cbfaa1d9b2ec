package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.cli.KafkaPod;
import dev.kafkapod.settings.Secrets;
import dev.kafkapod.testing.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code src/kafka-pod/src/test/resources/rendering} is a case: {@code env}, perhaps
 * {@code mounted} files, and the {@code expected} files, among them {@code err} for what is said on
 * standard error, and {@code out} for what is said of listeners. {@code mounted/hosts} is the pod's
 * hosts file, and its folder of secrets has what {@code secrets} holds and all {@link MadeStores};
 * {@code @secrets@} in {@code env} is its path. {@link Golden} says how to write anew what is
 * expected.
 */
class GoldenRenderingTest {

  private static final Path CASES = Path.of("src/kafka-pod/src/test/resources/rendering");
  private static final String NOT_ASKED =
      "kafka-pod render: warning: Kafka itself was not asked about these settings, and unknown keys"
          + " were not looked for: its jars are not on the class path; set KAFKA_HOME to where its"
          + " libs/ is";

  @TempDir static Path secrets;

  @TempDir Path temporary;

  @BeforeAll
  static void makeStores() throws IOException {
    MadeStores.write(secrets);
    for (String name : cases()) {
      Path own = CASES.resolve(name).resolve("secrets");
      for (Map.Entry<String, String> file : contents(own).entrySet()) {
        Files.writeString(secrets.resolve(file.getKey()), file.getValue());
      }
    }
  }

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thereAreManyCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersAsExpected(String name) throws IOException {
    Map<String, String> rendered = render(name, temporary.resolve("once"));

    if (Golden.isUpdating()) {
      update(CASES.resolve(name).resolve("expected"), rendered);
    }
    assertThat(rendered).isEqualTo(contents(CASES.resolve(name).resolve("expected")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersTheSameBytesAgain(String name) throws IOException {
    assertThat(render(name, temporary.resolve("once")))
        .isEqualTo(render(name, temporary.resolve("again")));
  }

  /** What is rendered is a fixed point: mounted as it is, it renders to the same settings. */
  @ParameterizedTest
  @MethodSource("cases")
  void rendersItsOwnResultToTheSame(String name) throws IOException {
    Path once = temporary.resolve("once");
    render(name, once);
    if (!Files.exists(once)) {
      return; // a case with errors
    }
    Path again = temporary.resolve("again");

    run(Map.of("KAFKA_POD_TEMPLATE", "none"), once, again);

    assertThat(settings(again)).isEqualTo(settings(once));
  }

  private static Map<String, String> settings(Path rendered) {
    Map<String, String> settings = new TreeMap<>();
    String text = TextFile.read(rendered.resolve(Rendering.SERVER)).orElseThrow().text();
    PropertiesText.parse("", Origin.Layer.MOUNTED, text, Secrets.byName(), new Problems())
        .forEach(it -> settings.put(it.key(), it.text()));
    return settings;
  }

  /** The files by name, and what was said. */
  private Map<String, String> render(String name, Path to) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String line : Files.readAllLines(CASES.resolve(name).resolve("env"))) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        environment.put(
            line.substring(0, equals),
            line.substring(equals + 1).replace("@secrets@", secrets.toString()));
      }
    }
    Path folder = CASES.resolve(name);
    Map<String, String> result = new TreeMap<>(run(environment, folder.resolve("mounted"), to));
    result.replaceAll(
        (file, text) -> text.replace(secrets.toString(), folder.resolve("secrets").toString()));
    return result;
  }

  private static Map<String, String> run(Map<String, String> environment, Path mounted, Path to)
      throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        KafkaPod.run(
            new String[] {
              "render",
              "--templates=config-templates",
              "--mounted-dir=" + mounted,
              "--secrets-dir=" + secrets,
              "--hosts-file=" + mounted.resolve("hosts"),
              "--pod-info=" + mounted.resolve("podinfo"),
              "--render-to=" + to
            },
            environment,
            false,
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    Map<String, String> result = new TreeMap<>(contents(to));
    List<String> said = new ArrayList<>(err.toString().lines().toList());
    assertThat(said).contains(NOT_ASKED);
    said.remove(NOT_ASKED);
    said.add("exit " + code);
    result.put("err", String.join("\n", said) + "\n");
    out.toString()
        .lines()
        .filter(it -> it.startsWith("listens: "))
        .forEach(it -> result.put("out", it.replace(mounted.toString(), "MOUNTED") + "\n"));
    return result;
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          contents.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return contents;
  }

  private static void update(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (String old : contents(folder).keySet()) {
      Files.delete(folder.resolve(old));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
    }
  }
}
