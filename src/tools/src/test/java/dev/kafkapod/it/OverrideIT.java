package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.Mount;
import dev.kafkapod.testing.Tools;
import dev.kafkapod.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Overrides on real brokers: broker 0 and its agent, beside a broker 1 that comes and goes. */
class OverrideIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static KafkaCluster cluster;
  private static Agents agents;
  private static Path shared;

  @BeforeAll
  static void startCluster() throws IOException {
    shared = Files.createTempDirectory("kafka-pod-override").resolve("readiness");
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(2);
    agents = Agents.join(builder, 2);
    builder.brokerEnvironment(0, "KAFKA_POD_OVERRIDE_FILE", shared.toString());
    cluster = builder.start();
    cluster.createTopic("pair", Map.of(0, List.of(0, 1)), Map.of("min.insync.replicas", "1"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  @AfterEach
  void noOverrideIsLeft() {
    for (Path place : List.of(own(), shared)) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        Trees.delete(place);
      }
    }
  }

  private static Path own() {
    return agents.runDirectory(0).resolve("override");
  }

  private static KafkaPodCli kafkaPod() {
    return KafkaPodCli.packaged()
        .with("KAFKA_POD_RUN_DIR", agents.runDirectory(0).toString())
        .with("KAFKA_POD_OVERRIDE_FILE", shared.toString());
  }

  private static KafkaPodCli probe() {
    return agents.probe(cluster.broker(0)).with("KAFKA_POD_OVERRIDE_FILE", shared.toString());
  }

  private static Result set(String... args) {
    Result result =
        kafkaPod()
            .run(
                Stream.concat(
                        Stream.of("override", "set", "--reason=INC-4711", "--by=jane", "--for=2h"),
                        Stream.of(args))
                    .toArray(String[]::new));
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result;
  }

  /** What the verdict file says, which is what probes go by. */
  private static String verdict() throws IOException {
    return Files.readAllLines(agents.runDirectory(0).resolve("verdict")).stream()
        .filter(line -> line.startsWith("ready "))
        .findFirst()
        .orElseThrow();
  }

  private static String awaitVerdict(String start) {
    return Await.until(
        "the verdict " + start, SOON, OverrideIT::verdict, it -> it.startsWith(start));
  }

  private static void broker1Dies() {
    agents.awaitReady(0);
    cluster.broker(1).kill();
    agents.awaitReadyz(
        0, "at-min-ISR", line -> line.startsWith("not ready: at-min-ISR 1 (pair-0)"));
  }

  @Test
  @Tag("matrix")
  void everyAnswerShowsTheOverrideAndWhatItHides() throws Exception {
    cluster.restore();
    broker1Dies();
    set("ready");

    awaitVerdict("ready 0 ready (override until ");
    Result answer = probe().run("ready");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.line())
        .matches("ready \\(override until .*Z by jane: INC-4711; hides: at-min-ISR 1\\)");
    assertThat(kafkaPod().run("ready").line()).isEqualTo(answer.line());
    assertThat(agents.get(0, "/readyz").statusCode()).isEqualTo(200);
    assertThat(agents.get(0, "/readyz").body().strip()).isEqualTo(answer.line());

    JsonNode status = new ObjectMapper().readTree(agents.get(0, "/status").body()).get("override");
    assertThat(status.get("inForce").asBoolean()).isTrue();
    assertThat(status.get("file").asText()).isEqualTo(own().toString());
    assertThat(status.get("hides").get(0).asText()).isEqualTo("at-min-ISR 1");
    assertThat(status.get("without").asText()).startsWith("not ready: at-min-ISR 1 (pair-0)");
    assertThat(agents.get(0, "/metrics").body())
        .contains("\nkafka_pod_ready 1.0\n")
        .contains("\nkafka_pod_ready_without_override 0.0\n")
        .contains("\nkafka_pod_override_in_force 1.0\n")
        .contains("\nkafka_pod_override_invalid 0.0\n")
        .containsPattern("\nkafka_pod_override_remaining_seconds (7\\d{3}|7.\\dE3)");
    KafkaNode broker = cluster.broker(0);
    String bean = "dev.kafkapod:type=Readiness";
    assertThat(broker.attribute(bean, "OverrideInForce")).isEqualTo(true);
    assertThat(broker.attribute(bean, "ReadyWithoutOverride")).isEqualTo(false);
    assertThat((String) broker.attribute(bean, "Override"))
        .startsWith("override until ")
        .endsWith(" by jane: INC-4711 (" + own() + ")");
    assertThat(log(broker))
        .containsPattern(
            "WARN override until .*Z by jane: INC-4711 is in force, from .*/override \\(ready\\): now ready; without it not ready: at-min-ISR 1 \\(pair-0\\)");

    Result shown = kafkaPod().run("override", "show");
    assertThat(shown.exitCode()).as(shown.toString()).isZero();
    assertThat(shown.out())
        .startsWith("override    ready until ")
        .contains("\nfrom        " + own() + "\n")
        .contains("\nhides       at-min-ISR 1\n")
        .contains("\nwithout it  not ready: at-min-ISR 1 (pair-0)");

    assertThat(kafkaPod().run("override", "clear").exitCode()).isZero();
    awaitVerdict("ready 1 not ready: at-min-ISR 1 (pair-0)");
    Await.until(
        "the log to say that it has ended",
        SOON,
        () -> log(broker),
        text -> text.contains("no override is in force any more: override until "));
  }

  private static String log(KafkaNode broker) throws IOException {
    return Files.readString(broker.log(), StandardCharsets.UTF_8);
  }

  @Test
  @Tag("matrix")
  void takesEffectWithinTwoSecondsWhileEvaluationsHang() {
    cluster.restore();
    agents.awaitReady(0);
    KafkaNode other = cluster.broker(1);
    cluster.controllers().forEach(KafkaNode::pause);
    other.pause();
    try {
      Await.until(
          "evaluations to hang",
          LIMIT,
          () -> agents.get(0, "/readyz").body(),
          line -> line.startsWith("cannot tell: "));
      Result result = set("ready");

      awaitVerdict("ready 0 ready (override until ");
      assertThat(probe().run("ready").exitCode()).as(result.toString()).isZero();

      set("not-ready");
      awaitVerdict("ready 1 not ready: override until ");
      kafkaPod().run("override", "clear");
      awaitVerdict("ready 3 cannot tell: ");

      // for a cluster without controllers
      set("evaluate", "--ignore=unknown");
      assertThat(awaitVerdict("ready 0 ready (override until "))
          .contains("; ignores unknown; hides: unknown: ");
    } finally {
      other.resume();
      cluster.controllers().forEach(KafkaNode::resume);
    }
  }

  @Test
  void theOneForAllPodsTakesEffectAsKubernetesWritesItAndThePodsOwnWins() throws Exception {
    cluster.restore();
    agents.awaitReady(0);
    String text = set("not-ready", "--brokers=0", "--print").out();
    Path fresh = Files.createDirectory(shared.resolveSibling("..v1"));
    Files.writeString(fresh.resolve("readiness"), text);
    Files.createSymbolicLink(shared.resolveSibling("..data"), fresh.getFileName());
    Files.createSymbolicLink(shared, Path.of("..data/readiness"));
    try {
      awaitVerdict("ready 1 not ready: override until ");

      set("evaluate");
      assertThat(awaitVerdict("ready 0 ready: broker 0")).contains("(override until ");
      assertThat(kafkaPod().run("override", "show").out()).contains("from        " + own());
    } finally {
      Files.delete(shared);
      Files.delete(shared.resolveSibling("..data"));
      Files.delete(fresh.resolve("readiness"));
      Files.delete(fresh);
    }
  }

  /** One kind of damage, and what is said of it. */
  private record Damage(String what, Damaging damaging) {}

  private interface Damaging {
    void at(Path file) throws IOException;
  }

  private static final String GOOD =
      "readiness = ready\nreason = INC-4711\nsince = 2025-12-31T12:00:00Z\nuntil = 2030-01-01T00:00:00Z\n";

  private static final List<Damage> DAMAGES =
      List.of(
          new Damage("is a directory, and must be a file", file -> Files.createDirectory(file)),
          new Damage(
              "is a link that leads nowhere",
              file -> Files.createSymbolicLink(file, Path.of("gone"))),
          new Damage(
              "is longer than 16,384 bytes", file -> Files.write(file, new byte[10_000_000])),
          new Damage(
              "isn't text in UTF-8",
              file -> Files.writeString(file, GOOD + "by = jäne", StandardCharsets.ISO_8859_1)),
          new Damage(
              "there is no key", file -> Files.writeString(file, GOOD, StandardCharsets.UTF_16LE)),
          new Damage("'until' is missing", file -> Files.createFile(file)),
          new Damage(
              "'until' must be an instant in UTC, got '2030-01-01T00:00:0'",
              file -> Files.writeString(file, GOOD.substring(0, GOOD.length() - 3))),
          new Damage(
              "'until' must be at most 24h after 'since'", file -> Files.writeString(file, GOOD)),
          new Damage(
              "there is no condition 'at-min-irs' (did you mean at-min-isr?)",
              file ->
                  Files.writeString(
                      file,
                      "ignore = at-min-irs\nreason = x\nsince = 2025-12-31T12:00:00Z\nuntil = "
                          + Instant.now().plusSeconds(600))),
          new Damage(
              "expired at 2026-01-01T00:00:00Z",
              file -> Files.writeString(file, GOOD.replace("2030", "2026"))));

  @Test
  @Tag("matrix")
  void aDamagedFileIsAWarningEverywhereAndNeverAnOverride() throws Exception {
    cluster.restore();
    broker1Dies();
    for (Damage damage : DAMAGES) {
      noOverrideIsLeft();
      awaitVerdict("ready 1 not ready: at-min-ISR 1 (pair-0)");
      // no half of it is ever there
      Path made = own().resolveSibling("made");
      damage.damaging().at(made);
      Files.move(made, own(), StandardCopyOption.ATOMIC_MOVE);

      String line =
          Await.until(
              "a warning: " + damage.what(),
              SOON,
              OverrideIT::verdict,
              it -> it.contains(damage.what()));

      assertThat(line)
          .startsWith("ready 1 not ready: at-min-ISR 1 (pair-0)")
          .contains(", warning: override file " + own());
      assertThat(agents.get(0, "/metrics").body())
          .contains("\nkafka_pod_override_invalid 1.0\n")
          .contains("\nkafka_pod_override_in_force 0.0\n");
      assertThat(agents.get(0, "/status").body()).contains(damage.what());
      assertThat(log(cluster.broker(0))).contains("WARN warning: override file " + own());
      assertThat(kafkaPod().run("override", "show").exitCode())
          .isEqualTo(damage.what().startsWith("expired") ? 1 : 2);
    }
  }

  @Test
  @Tag("tools")
  void whatAnotherUserMayNotReadIsNoOverride() throws Exception {
    Tools.requireRoot();
    Tools.require("setpriv");
    set("ready");
    Files.setPosixFilePermissions(own(), PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        agents.runDirectory(0), PosixFilePermissions.fromString("rwxr-xr-x"));
    Process other =
        new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                kafkaPod().launcher().toAbsolutePath().toString(),
                "override",
                "show",
                "--run-dir=" + agents.runDirectory(0))
            .redirectErrorStream(true)
            .start();
    String out = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = other.waitFor();

    assertThat(out)
        .contains("override    none is in force")
        .contains("warning     override file " + own() + " may not be read by this user");
    assertThat(code).isEqualTo(2);
  }

  @Test
  @Tag("tools")
  void worksWithTheBrokerDeadAndTheRunDirectoryMountedAnewAndSurvivesARestart() throws Exception {
    cluster.restore();
    agents.awaitReady(0);
    KafkaNode broker = cluster.broker(0);
    broker.kill();
    try {
      Result dead = probe().run("ready");
      assertThat(dead.exitCode()).as(dead.toString()).isNotZero();

      set("ready");
      Result forced = probe().run("ready");
      assertThat(forced.exitCode()).as(forced.toString()).isZero();
      assertThat(forced.line())
          .matches(
              "ready \\(override until .*Z by jane: INC-4711; what it hides is unknown, because no check was made\\)");
      assertThat(forced.took()).isLessThan(Duration.ofSeconds(9));
      assertThat(probe().run("started").exitCode()).isNotZero();

      String text = Files.readString(own());
      try (Mount mount = Mount.tmpfs(agents.runDirectory(0), "ro")) {
        assertThat(probe().run("ready").exitCode()).as(mount.toString()).isNotZero();
        Files.writeString(shared, text);
        Result byConfigMap = probe().run("ready");
        assertThat(byConfigMap.exitCode()).as(byConfigMap.toString()).isZero();
        Files.delete(shared);
      }
    } finally {
      broker.start();
    }
    // nothing can be known yet, but the file is still there
    Await.until(
        "the new process to be told",
        LIMIT,
        () -> probe().run("ready").line() + verdict(),
        it -> it.contains("hides: ") && it.contains("ready 0 ready (override"));
    assertThat(agents.get(0, "/status").body()).contains("\"latched\" : false");
  }

  /** What an operator does next, and what must come of it. */
  private record Next(String what, Doing doing, String line) {}

  private interface Doing {
    void now(String until);
  }

  private static void replace(String readiness, String reason, String until) {
    Result result =
        kafkaPod()
            .run("override", "set", readiness, "--by=jane", "--until", until, "--reason", reason);
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private static final List<Next> NEXT =
      List.of(
          new Next(
              "another override whose words begin alike",
              until -> replace("not-ready", "INC-4711", until),
              "not ready: override until .* by jane: INC-4711"),
          new Next(
              "the same override with a shorter reason",
              until -> replace("ready", "INC-4711", until),
              "ready .override until .* by jane: INC-4711; what it hides is unknown, because no check was made."),
          new Next(
              "override clear",
              until -> kafkaPod().run("override", "clear"),
              "cannot tell: the broker process \\d+ is stopped .*"),
          new Next(
              "a damaged file",
              until -> overwrite("until = x"),
              "cannot tell: the broker process \\d+ is stopped .*; warning: override file .*"));

  private static void overwrite(String text) {
    try {
      Files.writeString(own(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its verdict holds for some seconds more, and was made under another override. */
  @Test
  void anAgentThatIsStoppedIsNoWitnessOnceAnOverrideHasChanged() {
    cluster.restore();
    agents.awaitReady(0);
    KafkaNode broker = cluster.broker(0);
    for (Next next : NEXT) {
      String until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
      replace("ready", "INC-4711 rolling out", until);
      awaitVerdict("ready 0 ready: broker 0");
      Await.until("the override", SOON, OverrideIT::verdict, it -> it.contains("rolling out"));
      broker.pause();
      try {
        next.doing().now(until);
        Result probed = probe().run("ready");
        Result asked = kafkaPod().with("KAFKA_POD_PID", String.valueOf(broker.pid())).run("ready");

        for (Result result : List.of(probed, asked)) {
          assertThat(result.line()).as("%s: %s", next.what(), result).matches(next.line());
          assertThat(result.exitCode())
              .isEqualTo(
                  next.line().startsWith("ready") ? 0 : next.line().startsWith("not") ? 1 : 3);
        }
      } finally {
        broker.resume();
      }
      noOverrideIsLeft();
    }
  }

  /** The agent of a process that has just started can't leave its verdict, and still counts. */
  @Test
  @Tag("tools")
  void theProbesFallbackSaysNoYesOfAProcessThatIsYoungerThanTheFirstReadyTakes() throws Exception {
    Tools.requireRoot();
    cluster.restore();
    KafkaNode broker = cluster.broker(0);
    broker.kill();
    try (Mount mount = Mount.tmpfs(agents.runDirectory(0), "ro")) {
      long begun = System.nanoTime();
      broker.start();
      KafkaPodCli patient = probe().with("KAFKA_POD_STABLE_FOR", "25s");
      Result young =
          Await.until(
              "the fallback to find nothing wrong " + mount,
              LIMIT,
              () -> patient.with("KAFKA_POD_PID", String.valueOf(broker.pid())).run("ready"),
              it -> it.exitCode() == 0 || it.line().contains("the process has been up only for"));

      assertThat(young.line())
          .matches(
              "not ready: nothing is wrong, but the process has been up only for \\d+\\.\\d s of the 25.0 s that the first ready takes");
      Await.until("a yes", LIMIT, () -> patient.run("ready"), it -> it.exitCode() == 0);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(24));
    } finally {
      agents.awaitReady(0);
    }
  }
}
