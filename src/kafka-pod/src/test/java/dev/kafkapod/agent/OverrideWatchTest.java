package dev.kafkapod.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.brokerconfig.SecurityOptions;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import dev.kafkapod.verdictfile.VerdictWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the file to the verdict, with a wall clock that goes where it likes. */
class OverrideWatchTest {

  @TempDir private Path directory;

  private Instant wallClock = Instant.now();
  private final Judge judge =
      new Judge(
          ReadinessPolicy.of(GatePreset.BALANCED),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          System.nanoTime());
  private OverrideWatch watch;

  @BeforeEach
  void watch() throws IOException {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return wallClock;
          }
        };
    watch =
        new OverrideWatch(
            OverridePlaces.in(directory, directory.resolve("shared"), Duration.ofHours(24)),
            Optional.of(
                new BrokerCommandLine(
                    Path.of("/none"), Map.of("node.id", "3"), true, SecurityOptions.NONE)),
            clock,
            judge,
            new Publisher(
                judge,
                directory.resolve("shared"),
                new VerdictWriter(directory, Proc.self().pid()),
                Proc.self(),
                Optional::empty));
  }

  private void write(String file, String readiness, Duration length, String... more)
      throws IOException {
    Files.writeString(
        directory.resolve(file),
        "readiness = %s\nreason = INC-1\nsince = %s\nuntil = %s\n%s"
            .formatted(readiness, wallClock, wallClock.plus(length), String.join("\n", more)));
  }

  private VerdictFile verdict() {
    return VerdictReader.read(directory).verdict().orElseThrow();
  }

  private String line() {
    return verdict().ready().text();
  }

  @Test
  void publishesWhatItFindsWithoutWaitingForAnybodyElse() throws IOException {
    write("override", "ready", Duration.ofHours(2));

    assertThat(watch.look()).isEqualTo(OverrideWatch.LOOK);

    assertThat(line())
        .startsWith("ready (override until ")
        .contains(": INC-1; hides: cannot tell: ");
    Files.delete(directory.resolve("override"));
    watch.look();
    assertThat(line()).startsWith("cannot tell: the broker hasn't been looked at yet");
  }

  @Test
  void nothingWrittenHoldsForLongerThanTheOverride() throws IOException {
    long before = Proc.uptimeSeconds();
    write("override", "ready", Duration.ofMillis(4_200));

    watch.look();

    assertThat(verdict().expires()).isBetween(before + 3, Proc.uptimeSeconds() + 5);
  }

  @Test
  void looksAgainWhenTheOverrideEnds() throws IOException {
    write("override", "ready", Duration.ofMillis(100));
    assertThat(watch.look()).isBetween(Duration.ofMillis(1), Duration.ofMillis(100));

    wallClock = wallClock.plusMillis(100);
    assertThat(watch.look()).isEqualTo(OverrideWatch.LOOK);
    assertThat(line()).startsWith("cannot tell: ").contains("; warning: override file ");
  }

  @Test
  void aClockThatIsSetBackBringsNothingBackThatWasOver() throws IOException {
    write("override", "ready", Duration.ofHours(2));
    wallClock = wallClock.plus(Duration.ofHours(3));
    watch.look();
    assertThat(line()).contains("expired at");

    wallClock = wallClock.minus(Duration.ofHours(3));
    watch.look();
    assertThat(line()).startsWith("cannot tell: ").contains("has had its time, although the clock");
  }

  @Test
  void knowsItsNodeIdByTheBrokersConfigurationBeforeTheBrokerSaysIt() throws IOException {
    write("override", "ready", Duration.ofHours(2), "brokers = 1, 3");
    watch.look();
    assertThat(line()).startsWith("ready (override");

    write("override", "ready", Duration.ofHours(2), "brokers = 1, 2");
    watch.look();
    assertThat(line()).startsWith("cannot tell: the broker hasn't been looked at yet");
  }

  @Test
  void warnsOfADamagedFileInTheVerdict() throws IOException {
    Files.createDirectory(directory.resolve("override"));
    watch.look();

    assertThat(line())
        .startsWith("cannot tell: the broker hasn't been looked at yet; ")
        .endsWith(
            "; warning: override file %s/override is a directory, and must be a file; write it anew or remove it; till then no override counts"
                .formatted(directory));
  }
}
