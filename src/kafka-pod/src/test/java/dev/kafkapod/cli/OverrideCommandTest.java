package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.JMX_URL;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's commands, and what kafka-pod ready makes of them with nobody else there. */
class OverrideCommandTest {

  private final String until =
      Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(30)).toString();

  @TempDir private Path directory;

  private Path own() {
    return directory.resolve("run/override");
  }

  private Path shared() {
    return directory.resolve("shared");
  }

  private Outcome run(String... args) {
    return Outcome.of(
        Map.of(
            "KAFKA_POD_RUN_DIR", directory.resolve("run").toString(),
            "KAFKA_POD_OVERRIDE_FILE", shared().toString(),
            "KAFKA_POD_MAX_OVERRIDE", "72h"),
        args);
  }

  private Outcome set(String... args) {
    List<String> all = new ArrayList<>(List.of("override", "set"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private Outcome setReady() {
    return set("ready", "--until", until, "--reason=INC-4711 x", "--by=jane");
  }

  private Outcome ready(String... more) {
    List<String> all = new ArrayList<>(List.of("ready", JMX_URL, BOOTSTRAP_SERVER));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private String day() {
    return until.replace(":00Z", "Z");
  }

  @Test
  void setsAndShowsAndClears() throws IOException {
    assertThat(setReady())
        .isEqualTo(
            new Outcome(
                ExitCode.YES,
                List.of(
                    "override set: ready until %s by jane: INC-4711 x (%s)"
                        .formatted(until, own())),
                List.of()));
    assertThat(Files.readString(own()).replaceFirst("since = \\S+Z\n", "since = SINCE\n"))
        .isEqualTo(
            """
            # see kafka-pod override --help
            readiness = ready
            by = jane
            reason = INC-4711 x
            since = SINCE
            until = %s
            """
                .formatted(until));

    Outcome shown = run("override", "show", JMX_URL, BOOTSTRAP_SERVER, "--timeout=2s");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out().get(0))
        .startsWith("override    ready until " + until + " (")
        .endsWith(") by jane: INC-4711 x");
    assertThat(shown.out().get(1)).isEqualTo("from        " + own());
    assertThat(shown.out().get(2)).startsWith("hides       cannot tell: the broker at ");

    assertThat(run("override", "clear"))
        .isEqualTo(
            new Outcome(ExitCode.YES, List.of("override cleared: removed " + own()), List.of()));
    assertThat(run("override", "clear"))
        .isEqualTo(
            new Outcome(
                ExitCode.YES, List.of("override cleared: there was no " + own()), List.of()));
    assertThat(run("override", "show"))
        .isEqualTo(new Outcome(ExitCode.NO, List.of("override    none is in force"), List.of()));
  }

  @Test
  void showIsANoForWhatIsOverOrAheadAndAMistakeForWhatIsDamaged() throws IOException {
    setReady();
    String text = Files.readString(own());

    Files.writeString(own(), within(text, "2020-01-01T0"));
    assertThat(run("override", "show").exitCode()).as("expired").isEqualTo(ExitCode.NO);
    Files.writeString(own(), within(text, "2100-01-01T0"));
    assertThat(run("override", "show").exitCode()).as("ahead").isEqualTo(ExitCode.NO);
    Files.writeString(own(), text.replace("readiness = ready", "readiness = redy"));
    assertThat(run("override", "show").exitCode()).as("damaged").isEqualTo(ExitCode.USAGE);
  }

  private static String within(String text, String tenHours) {
    return text.replaceFirst("since = \\S+", "since = " + tenHours + "1:00:00Z")
        .replaceFirst("until = \\S+", "until = " + tenHours + "2:00:00Z");
  }

  @Test
  void readyIsAnsweredAtOnceWithoutAskingAnybody() {
    setReady();
    long begun = System.nanoTime();

    Outcome outcome = ready();

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                ExitCode.YES,
                List.of(
                    "ready (override until %s by jane: INC-4711 x; what it hides is unknown, because no check was made)"
                        .formatted(day())),
                List.of()));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(run("ready").exitCode()).isZero();
  }

  @Test
  void notReadyIsANo() {
    set("not-ready", "--until", until, "--reason=x", "--by=jane");

    assertThat(ready())
        .isEqualTo(
            new Outcome(
                ExitCode.NO,
                List.of("not ready: override until %s by jane: x".formatted(day())),
                List.of()));
  }

  @Test
  void evaluationAsksAndSaysWhatIsIgnored() {
    set("evaluate", "--ignore=unknown", "--until", until, "--reason=x", "--by=jane");

    Outcome outcome = ready("--timeout=2s");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(outcome.out())
        .singleElement()
        .asString()
        .startsWith("cannot tell: the broker at ")
        .contains("; override until %s by jane: x; ignores unknown; hides: ".formatted(day()));
  }

  @Test
  void liveAndStartedDoNotCare() {
    setReady();

    assertThat(run("live", JMX_URL).exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(run("started", JMX_URL).exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
  }

  @Test
  void statusShowsItAndExitsLikeReady() {
    setReady();

    Outcome outcome = run("status", JMX_URL, BOOTSTRAP_SERVER, "--timeout=2s");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().get(0)).startsWith("ready (override until ");
    assertThat(outcome.out().get(2)).startsWith("override    ready until ");
  }

  @Test
  void readyThatIgnoresOnlySomeConditionsIsAnEvaluation() throws IOException {
    Outcome outcome =
        set("ready", "--ignore", "at-min-isr,unknown", "--until", until, "--reason=x", "--by=j");

    assertThat(outcome.out())
        .containsExactly(
            "override set: evaluate until %s by j, ignores at-min-isr, unknown: x (%s)"
                .formatted(until, own()));
    assertThat(Files.readString(own()))
        .contains("readiness = evaluate\nignore = at-min-isr, unknown\n");
  }

  @Test
  void endsAfterTheTimeGiven() throws IOException {
    Instant before = Instant.now();
    set("ready", "--for=2h", "--reason=x");

    String end =
        Files.readAllLines(own()).stream()
            .filter(it -> it.startsWith("until = "))
            .findFirst()
            .orElseThrow()
            .substring(8);
    assertThat(Instant.parse(end))
        .isBetween(before.plusSeconds(7199 - 1), Instant.now().plusSeconds(7200));
  }

  @Test
  void printsWhatAConfigMapForAllPodsNeeds() throws IOException {
    Outcome outcome =
        set(
            "evaluate",
            "--ignore=unknown",
            "--brokers=3,4",
            "--until",
            until,
            "--reason=x",
            "--by=jane",
            "--print");

    assertThat(outcome.exitCode()).isZero();
    assertThat(own()).doesNotExist();
    Files.writeString(shared(), String.join("\n", outcome.out()));
    Outcome shown = run("override", "show", JMX_URL, BOOTSTRAP_SERVER, "--timeout=2s");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(shown.out())
        .containsExactly(
            "override    none is in force",
            "warning     override file %s is for brokers 3, 4, and this broker's node id isn't known; name its configuration with --server-config"
                .formatted(shared()));
  }

  @Test
  void knowsTheBrokerByItsConfigurationThoughItIsDead() throws IOException {
    set("ready", "--brokers=3", "--until", until, "--reason=x", "--by=jane");
    Path config = directory.resolve("server.properties");
    Files.writeString(config, "node.id=3\n");
    String option = "--server-config=" + config;

    assertThat(ready(option).exitCode()).isZero();
    Files.writeString(config, "node.id=4\n");
    assertThat(ready(option, "--timeout=2s").exitCode()).isEqualTo(ExitCode.CANNOT_TELL);

    Path rendered = directory.resolve("run/config/server.properties");
    Files.createDirectories(rendered.getParent());
    Files.writeString(rendered, "node.id=3\n");
    assertThat(run("ready").exitCode()).isZero();
  }

  @Test
  void aDamagedFileIsAWarningAndNoOverride() throws IOException {
    Files.createDirectories(own());
    String warning =
        "override file %s is a directory, and must be a file; write it anew or remove it; till then no override counts"
            .formatted(own());

    Outcome ready = ready("--timeout=2s");
    assertThat(ready.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(ready.out()).singleElement().asString().endsWith("; warning: " + warning);
    assertThat(run("override", "show"))
        .isEqualTo(
            new Outcome(
                ExitCode.USAGE,
                List.of("override    none is in force", "warning     " + warning),
                List.of()));
    // an empty directory can be removed
    assertThat(run("override", "clear").exitCode()).isZero();
    assertThat(own()).doesNotExist();
  }

  @Test
  void saysWhatIsStillInForceOnceItIsCleared() throws IOException {
    Files.writeString(
        shared(),
        "readiness = not-ready\nreason = x\nsince = %s\nuntil = %s"
            .formatted(Instant.now(), until));

    assertThat(run("override", "clear").out())
        .containsExactly(
            "override cleared: there was no " + own(),
            "still in force: override until %s: x (%s)".formatted(day(), shared()));
  }

  @Test
  void tellsProgramsToo() throws IOException {
    setReady();

    Outcome shown =
        run("override", "show", JMX_URL, BOOTSTRAP_SERVER, "--timeout=2s", "--output=json");
    JsonNode json = new ObjectMapper().readTree(String.join("\n", shown.out()));

    assertThat(json.get("inForce").asBoolean()).isTrue();
    assertThat(json.get("file").asText()).isEqualTo(own().toString());
    assertThat(json.get("until").asText()).isEqualTo(until);
    assertThat(json.get("warnings")).isEmpty();
  }

  @Test
  void refusesEverythingThatIsWrongAtOnce() {
    assertThat(set("redy", "--until=soon", "--ignore=at-min-irs", "--by=a\nb"))
        .isEqualTo(
            refusal(
                "kafka-pod override set: 'readiness': there is no answer 'redy' (did you mean ready?); choose from ready, not-ready, evaluate;"
                    + " 'ignore': there is no condition 'at-min-irs' (did you mean at-min-isr?); choose from "
                    + String.join(", ", Condition.optionNames())
                    + ", unknown;"
                    + " 'until' must be an instant in UTC, got 'soon'; write for example 2030-01-01T00:00:00Z;"
                    + " 'reason' is missing; give the reason, which every answer shows;"
                    + " 'by' must hold no control characters, got 'a?b'; see kafka-pod override set --help"));
    assertThat(own()).doesNotExist();
  }

  @Test
  void refusesToBeWithoutEnd() {
    assertThat(set("ready", "--reason=x"))
        .isEqualTo(
            refusal(
                "kafka-pod override set: --for or --until is needed; write for example --for 2h; see kafka-pod override set --help"));
    assertThat(set("ready", "--reason=x", "--for=2h", "--until", until))
        .isEqualTo(
            refusal(
                "kafka-pod override set: --for and --until both say when it ends, and only one of them can; leave one out; see kafka-pod override set --help"));
  }

  @Test
  void refusesToEndTooLateOrInThePast() {
    assertThat(set("ready", "--reason=x", "--for=73h").err().get(0))
        .startsWith(
            "kafka-pod override set: 'until' must be at most 72h ahead (KAFKA_POD_MAX_OVERRIDE), got '");
    assertThat(set("ready", "--reason=x", "--for=2h", "--max-override=90m").err().get(0))
        .startsWith(
            "kafka-pod override set: 'until' must be at most 90m ahead (--max-override), got '");
    assertThat(set("ready", "--reason=x", "--until=2020-01-01T00:00:00Z"))
        .isEqualTo(
            refusal(
                "kafka-pod override set: 'until' must be in the future, got '2020-01-01T00:00:00Z'; see kafka-pod override set --help"));
    assertThat(own()).doesNotExist();
  }

  @Test
  void refusesToIgnoreAnythingWhereThePodIsTakenOut() {
    assertThat(set("not-ready", "--ignore=offline", "--for=2h", "--reason=x").err())
        .containsExactly(
            "kafka-pod override set: 'ignore' goes with readiness = evaluate only, because 'not-ready' leaves nothing to ignore; leave one of the two out; see kafka-pod override set --help");
  }

  @Test
  void saysThatItCanNotWriteOrRemoveTheFile() throws IOException {
    Files.createFile(directory.resolve("run"));

    assertThat(set("ready", "--for=2h", "--reason=x"))
        .isEqualTo(
            refusal(
                "kafka-pod override set: override file %s can't be written (%s is no directory); check the permissions of its directory; see kafka-pod override set --help"
                    .formatted(own(), directory.resolve("run"))));
  }

  @Test
  void saysThatADirectoryThatIsNotEmptyMustBeRemovedByHand() throws IOException {
    Files.createDirectories(own().resolve("x"));

    assertThat(run("override", "clear"))
        .isEqualTo(
            refusal(
                "kafka-pod override clear: override file %s can't be removed: it is a directory that isn't empty; remove it by hand; see kafka-pod override clear --help"
                    .formatted(own())));
  }

  @Test
  void isNothingWithoutASubcommand() {
    assertThat(run("override"))
        .isEqualTo(
            refusal(
                "kafka-pod override: a command is needed; choose from set, show, clear; see kafka-pod override --help"));
    assertThat(run("override", "sett").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
