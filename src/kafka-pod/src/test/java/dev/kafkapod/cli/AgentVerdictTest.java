package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.verdictfile.OverridesLine;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdict of an agent that hasn't heard yet what has become of the override files, or is
 * stopped, is no answer to "ready". This JVM stands in for the broker's process.
 */
class AgentVerdictTest {

  private static final String OLD = "as the agent said)";
  private static final Duration DAY = Duration.ofHours(24);

  private final Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path directory;

  private Path own() {
    return directory.resolve("override");
  }

  private Path shared() {
    return directory.resolve("shared");
  }

  private void write(Path file, String readiness, String reason, String... more)
      throws IOException {
    Path fresh = directory.resolve("fresh");
    Files.writeString(
        fresh,
        "readiness = %s\nreason = %s\n%s\nsince = %s\nuntil = %s\n"
            .formatted(readiness, reason, String.join("\n", more), since, since.plusSeconds(3600)));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The agent looks, and says yes. */
  private void agentLooks(OptionalInt node, Overrides overrides) throws IOException {
    // as the agent's own line, which has the words of the override in force
    String words = overrides.inForce().map(it -> it.wording() + "; ").orElse("");
    VerdictLine line = new VerdictLine(0, "ready (" + words + OLD);
    Files.writeString(
        directory.resolve("verdict"),
        new VerdictFile(
                Proc.self(),
                node,
                Proc.uptimeSeconds() + 50,
                Optional.empty(),
                OverridesLine.of(overrides.identity(), shared()),
                line,
                line,
                line)
            .format());
  }

  private void agentLooks() throws IOException {
    agentLooks(OptionalInt.of(3), read(Instant.now()));
  }

  private Overrides read(Instant now) {
    return OverridePlaces.in(directory, shared(), DAY)
        .read(Overrides.Terms.at(now, DAY, () -> OptionalInt.of(3)));
  }

  private Outcome run(String... args) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "KAFKA_POD_RUN_DIR", directory.toString(),
                "KAFKA_POD_OVERRIDE_FILE", shared().toString(),
                "KAFKA_POD_TIMEOUT", "1s"));
    for (String option : new String[] {Outcome.JMX_URL, Outcome.BOOTSTRAP_SERVER}) {
      String[] pair = option.split("=", 2);
      environment.put(
          "KAFKA_POD_" + pair[0].substring(2).replace('-', '_').toUpperCase(Locale.ROOT), pair[1]);
    }
    return Outcome.of(environment, args);
  }

  private String ready() {
    return run("ready").out().get(0);
  }

  @Test
  void countsForAsLongAsTheFilesAreTheSame() throws IOException {
    agentLooks();
    assertThat(ready()).endsWith(OLD);

    write(own(), "ready", "INC-1");
    agentLooks();
    assertThat(ready()).endsWith(OLD);
    write(own(), "ready", "INC-1"); // the very same, written anew
    assertThat(ready()).endsWith(OLD);
  }

  @Test
  void isNoneOfAnOverrideWhoseWordsBeginAlike() throws IOException {
    write(own(), "ready", "INC-1 x");
    agentLooks();

    write(own(), "not-ready", "INC-1");

    assertThat(ready()).startsWith("not ready: override until ").endsWith(": INC-1");
    write(own(), "ready", "INC-1");
    assertThat(ready()).endsWith(": INC-1; what it hides is unknown, because no check was made)");
    write(own(), "ready", "INC-1 x", "# the same, but for this");
    assertThat(ready()).endsWith(": INC-1 x; what it hides is unknown, because no check was made)");
  }

  @Test
  void isNoneOnceTheOverrideIsClearedOrSet() throws IOException {
    write(own(), "ready", "INC-1");
    agentLooks();
    assertThat(run("override", "clear").exitCode()).isZero();
    assertThat(ready()).startsWith("cannot tell: the broker at ");

    agentLooks();
    assertThat(ready()).endsWith(OLD);
    write(own(), "not-ready", "INC-1");
    assertThat(ready()).startsWith("not ready: override until ");
  }

  @Test
  void isNoneOnceTheFilesChangePlaces() throws IOException {
    write(own(), "ready", "INC-1");
    agentLooks();

    Files.move(own(), shared());

    assertThat(ready()).endsWith(": INC-1; what it hides is unknown, because no check was made)");
  }

  @Test
  void isNoneOnceAFileIsDamagedOrMadeWhole() throws IOException {
    write(own(), "ready", "INC-1");
    agentLooks();
    Files.writeString(own(), "until = x");
    assertThat(ready()).startsWith("cannot tell: the broker at ").contains("; warning: ");

    agentLooks();
    assertThat(ready()).endsWith(OLD);
    Files.delete(own());
    Files.createDirectory(own());
    assertThat(ready()).startsWith("cannot tell: ").contains("is a directory");
    agentLooks();
    assertThat(ready()).endsWith(OLD);
    Files.delete(own());
    assertThat(ready()).startsWith("cannot tell: ").doesNotContain("is a directory");
  }

  @Test
  void isNoneOnceAnOverrideHasExpired() throws IOException {
    write(own(), "ready", "INC-1");
    agentLooks(OptionalInt.of(3), read(since.plusSeconds(3600)));
    assertThat(ready()).endsWith(": INC-1; what it hides is unknown, because no check was made)");

    Files.writeString(
        own(),
        "readiness = ready\nreason = x\nsince = %s\nuntil = %s\n"
            .formatted(since.minusSeconds(60), since.minusSeconds(1)));
    agentLooks(OptionalInt.of(3), read(since.minusSeconds(2)));
    assertThat(ready()).startsWith("cannot tell: the broker at ").contains(" expired at ");
  }

  @Test
  void isNoneWhereTheAgentHasReadNoFiles() throws IOException {
    agentLooks(OptionalInt.of(3), Overrides.NONE);

    assertThat(ready()).startsWith("cannot tell: the broker at ");
    assertThat(run("live").out().get(0)).contains(OLD); // no override has a say there
  }

  @Test
  void tellsWhichBrokerTheRunDirectoryIsOf() throws IOException {
    write(own(), "not-ready", "INC-1", "brokers = 3");
    agentLooks();
    assertThat(ready()).endsWith(OLD);

    write(own(), "not-ready", "INC-2", "brokers = 3");
    assertThat(ready()).startsWith("not ready: override until ").endsWith(": INC-2");
  }
}
