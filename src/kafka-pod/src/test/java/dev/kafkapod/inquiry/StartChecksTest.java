package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.agent.AgentSettings;
import dev.kafkapod.rendering.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kafka-pod render} finds before a broker is started. */
class StartChecksTest {

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  private List<String> problems() {
    return StartChecks.problems(environment, directory.resolve("config"), AgentSettings::problems)
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void nothingIsWrongWithNothing() {
    assertThat(problems()).isEmpty();
    environment.put("KAFKA_POD_STARTING", "on");
    environment.put("KAFKA_POD_RUN_DIR", directory.toString());
    environment.put("LOG_DIR", directory.resolve("logs").toString());
    assertThat(problems()).isEmpty();
    assertThat(directory).as("only looked at").isEmptyDirectory();
  }

  @Test
  void theAgentsAndTheProbesSettingsAreRead() {
    environment.put("KAFKA_POD_GATE", "lax");
    environment.put("KAFKA_POD_HTTP", "8085");
    environment.put("KAFKA_POD_STABLE_FOR", "10");
    environment.put("KAFKA_POD_PROBE_TIMEOUT", " 9s");
    environment.put("KAFKA_POD_WEDGED_AFTER", "soon");
    environment.put("KAFKA_POD_UNKNOWN_GRACE", " \n");

    assertThat(problems())
        .hasSize(5)
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_GATE: there is no preset 'lax'"))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_HTTP: must be host:port"))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_STABLE_FOR: must be a time"))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_PROBE_TIMEOUT: must be a time"))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_WEDGED_AFTER: must be a time"));
  }

  @Test
  void withoutAnAgentItsSettingsDoNotMatter() {
    environment.put("KAFKA_POD_GATE", "lax");
    environment.put("KAFKA_POD_AGENT", "off");
    assertThat(problems()).isEmpty();

    environment.put("KAFKA_POD_STARTING", "on");
    environment.put("KAFKA_POD_RUN_DIR", directory.toString());
    assertThat(problems()).as("it is in KAFKA_OPTS").hasSize(1);
  }

  @Test
  void theAgentsFileIsReadToo() throws IOException {
    Path file = directory.resolve("agent.properties");
    Files.writeString(file, "gates=strict\nstable-for=x\n");
    environment.put("KAFKA_POD_STARTING", file.toString());
    environment.put("KAFKA_POD_RUN_DIR", directory.toString());

    assertThat(problems())
        .hasSize(2)
        .anySatisfy(it -> assertThat(it).startsWith("stable-for in " + file + ": must be a time"))
        .anySatisfy(
            it ->
                assertThat(it)
                    .isEqualTo(file + ": there is no setting 'gates' (did you mean gate?)"));

    Files.delete(file);
    assertThat(problems()).singleElement().asString().contains(file.toString());
  }

  @Test
  void whatIsWrittenMustBeWritable() throws IOException {
    Path file = Files.writeString(directory.resolve("config"), "");
    environment.put("LOG_DIR", file.resolve("logs").toString());
    environment.put("KAFKA_POD_RUN_DIR", file.resolve("run").toString());
    assertThat(problems()).as("who renders for others").isEmpty();

    environment.put("KAFKA_POD_STARTING", "on");
    String why = "can't be written: %s is no directory; move it away, or name another directory";
    assertThat(problems())
        .containsExactly(
            "--render-to %s: ".formatted(file) + why.formatted("it"),
            "warning: KAFKA_POD_RUN_DIR: %s: %s; until then each probe starts a JVM"
                .formatted(file.resolve("run"), why.formatted(file)),
            "warning: LOG_DIR: %s: %s; until then no log can be written there"
                .formatted(file.resolve("logs"), why.formatted(file)));
  }
}
