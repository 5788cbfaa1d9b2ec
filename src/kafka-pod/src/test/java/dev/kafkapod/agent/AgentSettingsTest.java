package dev.kafkapod.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.common.Address;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.settings.Gates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSettingsTest {

  private static final ClusterAccess.Spelling VARIABLES =
      new ClusterAccess.Spelling("KAFKA_POD_BOOTSTRAP_SERVER", "KAFKA_POD_COMMAND_CONFIG");

  private static final Address ONE = new Address("127.0.0.2", 9092);
  private static final Address TWO = new Address("127.0.0.3", 9093);

  /** One value for every setting, none of them the default. */
  private static final Map<String, String> EVERYTHING =
      withThresholds(
          Map.ofEntries(
              Map.entry("gate", "strict"),
              Map.entry("when", "offline=off,at-min-isr=startup"),
              Map.entry("exclude-topics", "test-.*"),
              Map.entry("stable-for", "11s"),
              Map.entry("unknown-grace", "31s"),
              Map.entry("timeout", "9s"),
              Map.entry("run-dir", "/tmp/run"),
              Map.entry("http", "0.0.0.0:8086"),
              Map.entry("server-config", "/etc/server.properties"),
              Map.entry("command-config", "/etc/client.properties"),
              Map.entry("bootstrap-server", "127.0.0.2:9092,127.0.0.3:9093"),
              Map.entry("bootstrap-controller", "127.0.0.3:9093"),
              Map.entry("listener", "127.0.0.2:9092"),
              Map.entry("override-file", "/etc/override"),
              Map.entry("max-override", "72h"),
              Map.entry("turns", "on"),
              Map.entry("turns-topic", "stops"),
              Map.entry("turns-bootstrap-server", "127.0.0.3:9093")));

  private static Map<String, String> withThresholds(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    thresholds()
        .forEach((condition, max) -> all.put("max-" + condition.optionName(), max.toString()));
    return all;
  }

  /** Each another one. */
  private static Map<Condition, Integer> thresholds() {
    List<Condition> conditions = List.copyOf(Condition.countingPartitions());
    return conditions.stream()
        .collect(Collectors.toMap(it -> it, it -> conditions.indexOf(it) + 1));
  }

  @TempDir private Path directory;

  private static AgentSettings read(Map<String, String> environment) {
    return AgentSettings.read(environment, null);
  }

  private String file(Map<String, String> lines) throws IOException {
    Path file = directory.resolve("agent.properties");
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return Files.writeString(file, text).toString();
  }

  private static Map<String, String> variables(Map<String, String> settings) {
    Map<String, String> variables = new HashMap<>();
    settings.forEach(
        (name, value) ->
            variables.put("KAFKA_POD_" + name.replace('-', '_').toUpperCase(Locale.ROOT), value));
    return variables;
  }

  private static void assertIsEverything(AgentSettings settings) {
    assertThat(settings.gates().preset()).isEqualTo(GatePreset.STRICT);
    assertThat(settings.gates().changes())
        .isEqualTo(Map.of(Condition.OFFLINE, Gate.OFF, Condition.AT_MIN_ISR, Gate.STARTUP));
    assertThat(settings.gates().thresholds()).isEqualTo(thresholds());
    assertThat(settings.gates().excludedTopics().map(Pattern::pattern)).contains("test-.*");
    assertThat(settings)
        .isEqualTo(
            new AgentSettings(
                settings.gates(),
                Optional.of(Duration.ofSeconds(11)),
                Duration.ofSeconds(31),
                Duration.ofSeconds(9),
                Path.of("/tmp/run"),
                Optional.of(new Address("0.0.0.0", 8086)),
                Optional.of(Path.of("/etc/server.properties")),
                Optional.of(Path.of("/etc/client.properties")),
                List.of(ONE, TWO),
                List.of(TWO),
                Optional.of(ONE),
                new OverridePlaces(
                    Path.of("/tmp/run/override"), Path.of("/etc/override"), Duration.ofDays(3)),
                Optional.of(
                    new TurnsSettings(
                        "stops", List.of(TWO), settings.turns().orElseThrow().name())),
                settings.names()));
  }

  @Test
  void namesWhatSaysHowToReachTheCluster() throws IOException {
    String file = file(Map.of("command-config", "/c", "bootstrap-server", "a:1"));

    assertThat(AgentSettings.read(Map.of("KAFKA_POD_BOOTSTRAP_SERVER", "b:1"), file).names())
        .isEqualTo(
            new ClusterAccess.Spelling("KAFKA_POD_BOOTSTRAP_SERVER", "command-config in " + file));
  }

  @Test
  void hasDefaultsForAll() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new AgentSettings(
                new Gates(GatePreset.BALANCED, Map.of(), Map.of(), Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Path.of("/run/kafka-pod"),
                Optional.of(new Address("127.0.0.1", 8085)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                new OverridePlaces(
                    Path.of("/run/kafka-pod/override"),
                    Path.of("/etc/kafka-pod/override/readiness"),
                    Duration.ofDays(1)),
                Optional.empty(),
                VARIABLES));
  }

  @Test
  void takesTurnsInKafkaPodsOwnTopicWhereNobodySaysAnother() {
    assertThat(read(Map.of("KAFKA_POD_TURNS", "on")).turns())
        .contains(
            new TurnsSettings("kafka-pod-stops", List.of(), "KAFKA_POD_TURNS_BOOTSTRAP_SERVER"));
    assertThat(read(Map.of("KAFKA_POD_TURNS", "off", "KAFKA_POD_TURNS_TOPIC", "stops")).turns())
        .isEmpty();
  }

  @Test
  void refusesTurnsWhereOnlyControllersAreNamed() {
    Map<String, String> controllers =
        Map.of("KAFKA_POD_TURNS", "on", "KAFKA_POD_BOOTSTRAP_CONTROLLER", "127.0.0.1:9093");

    assertThat(AgentSettings.problems(controllers, null))
        .containsExactly(
            "KAFKA_POD_TURNS: brokers keep the turns, and only controllers are known here; name brokers with KAFKA_POD_TURNS_BOOTSTRAP_SERVER");
    assertThat(
            AgentSettings.problems(
                Map.of("KAFKA_POD_TURNS", "off", "KAFKA_POD_BOOTSTRAP_CONTROLLER", "a:9093"), null))
        .isEmpty();
    for (String brokers : List.of("BOOTSTRAP_SERVER", "TURNS_BOOTSTRAP_SERVER")) {
      Map<String, String> more = new HashMap<>(controllers);
      more.put("KAFKA_POD_" + brokers, "127.0.0.2:9092");
      assertThat(AgentSettings.problems(more, null)).isEmpty();
    }
  }

  @Test
  void saysWhatIsWrongWithTheSettingsOfTurns() {
    assertThat(
            AgentSettings.problems(
                Map.of(
                    "KAFKA_POD_TURNS", "yes",
                    "KAFKA_POD_TURNS_TOPIC", "a/b",
                    "KAFKA_POD_TURNS_BOOTSTRAP_SERVER", "broker"),
                null))
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_TURNS: "))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_TURNS_TOPIC: "))
        .anySatisfy(it -> assertThat(it).startsWith("KAFKA_POD_TURNS_BOOTSTRAP_SERVER: "));
  }

  @Test
  void reachesTheTurnsAsTheClusterUnlessBrokersAreNamed() {
    ClusterAccess access = read(variables(EVERYTHING)).access(Optional.empty());

    assertThat(new TurnsSettings("t", List.of(), "X").access(access)).isEqualTo(access);
    assertThat(new TurnsSettings("t", List.of(TWO), "X").access(access))
        .isEqualTo(
            new ClusterAccess(
                List.of(TWO),
                List.of(),
                access.commandConfig(),
                Optional.empty(),
                access.broker(),
                new ClusterAccess.Spelling("X", "KAFKA_POD_COMMAND_CONFIG")));
  }

  @Test
  void readsEveryVariable() {
    assertIsEverything(read(variables(EVERYTHING)));
  }

  @Test
  void readsEveryLineOfAFile() throws IOException {
    assertIsEverything(AgentSettings.read(Map.of(), file(EVERYTHING)));
  }

  @Test
  void aFirstReadyTakesAsLongAsTheClusterMayTakeToNoticeADeath() throws IOException {
    assertThat(stableFor(Map.of(), Map.of("process.roles", "broker")))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(stableFor(Map.of(), Map.of("zookeeper.connect", "z:2181")))
        .isEqualTo(Duration.ofSeconds(23));
    assertThat(
            stableFor(Map.of("KAFKA_POD_STABLE_FOR", "1s"), Map.of("zookeeper.connect", "z:2181")))
        .isEqualTo(Duration.ofSeconds(1));
  }

  private Duration stableFor(Map<String, String> environment, Map<String, String> broker)
      throws IOException {
    AgentSettings settings = AgentSettings.read(environment, null);
    return settings.stableFor(
        settings.access(Optional.of(new BrokerCommandLine(Path.of(file(broker)), Map.of()))));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    AgentSettings settings =
        AgentSettings.read(
            Map.of("KAFKA_POD_STABLE_FOR", "1s"),
            file(Map.of("stable-for", "2s", "timeout", "3s")));

    assertThat(settings.stableFor()).contains(Duration.ofSeconds(1));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void anEmptyNameIsNoFile() {
    assertThat(AgentSettings.read(Map.of(), " ")).isEqualTo(read(Map.of()));
  }

  @Test
  void answersNowhereOverHttpWhereItIsOff() {
    assertThat(read(Map.of("KAFKA_POD_HTTP", "off")).http()).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnce() throws IOException {
    String file =
        file(Map.of("gate", "strikt", "max-offline", "-1", "run-dri", "/x", "max-fenced", "1"));

    assertThatThrownBy(
            () ->
                AgentSettings.read(
                    Map.of("KAFKA_POD_STABLE_FOR", "10", "KAFKA_POD_HTTP", "8085"), file))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "max-offline in %1$s: must be a number of partitions, a whole number from 0, got '-1'; "
                    .formatted(file)
                + "gate in %1$s: there is no preset 'strikt' (did you mean strict?); choose from startup, balanced, strict; "
                    .formatted(file)
                + "KAFKA_POD_STABLE_FOR: must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got '10'; write for example 8s; "
                + "KAFKA_POD_HTTP: must be host:port with a port from 1 to 65535, got '8085'; write for example 127.0.0.1:9092; "
                + "%1$s: there is no setting 'max-fenced'; remove the line; ".formatted(file)
                + "%1$s: there is no setting 'run-dri' (did you mean run-dir?)".formatted(file));
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    String file = directory.resolve("agent.properties").toString();

    assertThatThrownBy(() -> AgentSettings.read(Map.of(), file))
        .isInstanceOf(Misconfigured.class)
        .hasMessage("the agent's settings: there is no file " + file);
  }

  @Test
  void reachesTheClusterAsTheBrokerDoesUnlessAFileIsNamed() {
    Optional<BrokerCommandLine> found =
        Optional.of(new BrokerCommandLine(Path.of("/s"), Map.of("a", "b")));

    assertThat(read(Map.of()).access(found))
        .isEqualTo(
            new ClusterAccess(
                List.of(), List.of(), Optional.empty(), Optional.empty(), found, VARIABLES));
    assertThat(read(variables(EVERYTHING)).access(found))
        .isEqualTo(
            new ClusterAccess(
                List.of(ONE, TWO),
                List.of(TWO),
                Optional.of(Path.of("/etc/client.properties")),
                Optional.of(ONE),
                Optional.of(
                    new BrokerCommandLine(Path.of("/etc/server.properties"), Map.of("a", "b"))),
                VARIABLES));
  }
}
