package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A topic of turns that is no lock, and a principal that lacks a permission, on one broker. */
@Tag("matrix")
class TurnsTopicFaultsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PROBE = "User:probe";
  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(1)
            .combined()
            .saslSsl()
            .config("auto.create.topics.enable", "true")
            .config("unclean.leader.election.enable", "true")
            .start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void nothingIsGranted() throws Exception {
    cluster.admin().deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
  }

  private static TurnsReading reading(String user, String name) throws IOException {
    return TurnsReading.of(cluster, name, config(user));
  }

  private static Map<String, String> config(String user) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(cluster.clientConfig(user))) {
      properties.load(in);
    }
    Map<String, String> config = new HashMap<>();
    properties.forEach((key, value) -> config.put(key.toString(), value.toString()));
    return config;
  }

  /** Runs one of Kafka's own commands as a message has it, but for the address and the user. */
  private static void run(String mainClass, String arguments, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                cluster.distribution().classPath(),
                mainClass,
                "--bootstrap-server",
                cluster.bootstrapServers(),
                "--command-config",
                cluster.clientConfig("admin").toString()));
    Stream.of(arguments.split(" ")).map(it -> it.replace("'", "")).forEach(command::add);
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(arguments + ": " + said).isZero();
  }

  private static String after(String program, String message) {
    assertThat(message).containsOnlyOnce(program);
    return message.substring(message.indexOf(program) + program.length()).strip();
  }

  private interface Access {
    void run() throws Unanswered;
  }

  private static String problem(Access access) {
    try {
      access.run();
      return "";
    } catch (Unanswered e) {
      return e.getMessage();
    }
  }

  private static String awaitProblem(Access access) {
    return Await.until("a problem", LIMIT, () -> problem(access), it -> !it.isEmpty());
  }

  /** What is wrong with it, mended by what the message says. */
  private static void assertMended(String name, String wrong) throws Exception {
    try (TurnsReading reading = reading("admin", name)) {
      String message = awaitProblem(reading::check);
      assertThat(message).startsWith("topic " + name + " must have " + wrong + "; correct it");

      run("kafka.admin.ConfigCommand", after("kafka-configs.sh", message));

      Await.until("the broker to know", LIMIT, reading::check, TurnLog.LogHealth::exists);
      assertThat(reading.append("a")).containsExactly("a");
    }
  }

  @Test
  void isMadeOnASingleBroker() throws Exception {
    try (TurnsReading reading = reading("admin", "single")) {
      assertThat(reading.check()).isEqualTo(new TurnLog.LogHealth(true, Optional.empty()));
      assertThat(reading.append("a")).containsExactly("a");
      TurnsReading.assertMadeAsItMustBe(cluster, "single", 1);
    }
  }

  @Test
  void tellsEachSettingThatBreaksTheLockAndTheCommandThatMendsIt() throws Exception {
    cluster.createTopic(
        "faulty",
        1,
        1,
        Map.of(
            "cleanup.policy", "delete",
            "message.timestamp.type", "CreateTime",
            "min.compaction.lag.ms", "0",
            "max.compaction.lag.ms", "60000",
            "unclean.leader.election.enable", "true"));

    assertMended(
        "faulty",
        "cleanup.policy=compact, and has delete; message.timestamp.type=LogAppendTime, and has CreateTime; unclean.leader.election.enable=false, and has true; min.compaction.lag.ms=86400000 or more, and has 0");
  }

  @Test
  void tellsOfUncleanElectionsByTheBrokersOwnDefault() throws Exception {
    Map<String, String> allButOne = new HashMap<>(TurnsTopicSettings.of(1));
    allButOne.remove("unclean.leader.election.enable");
    cluster.createTopic("brokers-default", 1, 1, allButOne);

    assertMended("brokers-default", "unclean.leader.election.enable=false, and has true");
  }

  @Test
  void tellsThatTwoPartitionsHaveNoOrderAndWhatMendsIt() throws Exception {
    cluster.createTopic("two", 2, 1, TurnsTopicSettings.of(1));
    try (TurnsReading reading = reading("admin", "two")) {
      String message = problem(reading::check);
      assertThat(message)
          .isEqualTo(
              "topic two must have one partition, because the order of its records is the lock, and has 2; delete it with kafka-topics.sh --delete --topic two while no node stops: kafka-pod makes it anew");

      cluster.topicCommand("--delete", "--topic", "two");

      Await.until("the topic to be made", LIMIT, reading::check, TurnLog.LogHealth::exists);
      TurnsReading.assertMadeAsItMustBe(cluster, "two", 1);
    }
  }

  private static void grant(String topic, AclOperation... operations) throws Exception {
    ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
    cluster
        .admin()
        .createAcls(
            Stream.of(operations)
                .map(
                    it ->
                        new AclBinding(
                            resource,
                            new AccessControlEntry(PROBE, "*", it, AclPermissionType.ALLOW)))
                .toList())
        .all()
        .get();
  }

  private static String lacks(String operation, String topic, String blindness) {
    return "the probe's principal lacks the ACL %s on Topic '%s', without which it can't tell %s; grant it with kafka-acls.sh --add --operation %s --topic '%s'"
        .formatted(operation, topic, blindness, operation, topic);
  }

  /** Grants what the message says, and requires that it is enough. */
  private static void assertGranted(String message, Access access) throws Exception {
    run(
        "org.apache.kafka.tools.AclCommand",
        after("kafka-acls.sh", message),
        "--allow-principal",
        PROBE);
    Await.until("the permission to be known", LIMIT, () -> problem(access), String::isEmpty);
  }

  @Test
  void namesThePermissionToDescribeThatIsMissingAndMakesNothing() throws Exception {
    makeWith("no-describe");
    grant("no-describe", AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS);
    try (TurnsReading reading = reading("probe", "no-describe")) {
      String message = awaitProblem(reading::check);

      assertThat(message).isEqualTo(lacks("Describe", "no-describe", "whose turn it is"));
      assertThat(problem(reading::read)).isEqualTo(message);
      assertThat(problem(() -> reading.append("a"))).isEqualTo(message);
      assertGranted(message, reading::check);
    }
  }

  @Test
  void namesBothPermissionsToDescribeWhereBothAreMissing() throws Exception {
    grant("nothing-there", AclOperation.CREATE);
    try (TurnsReading reading = reading("probe", "nothing-there")) {
      assertThat(awaitProblem(reading::check))
          .isEqualTo(
              lacks("Describe", "nothing-there", "whose turn it is")
                  + "; "
                  + lacks(
                      "DescribeConfigs", "nothing-there", "whether that topic's order is a lock"));
      assertThat(cluster.admin().listTopics().names().get()).doesNotContain("nothing-there");
    }
  }

  @Test
  void namesThePermissionToSeeSettingsThatIsMissing() throws Exception {
    makeWith("no-configs");
    grant("no-configs", AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE);
    try (TurnsReading reading = reading("probe", "no-configs")) {
      String message = awaitProblem(reading::check);

      assertThat(message)
          .isEqualTo(
              lacks("DescribeConfigs", "no-configs", "whether that topic's order is a lock"));
      assertGranted(message, reading::check);
    }
  }

  @Test
  void namesThePermissionToCreateThatIsMissing() throws Exception {
    grant(
        "no-create",
        AclOperation.READ,
        AclOperation.WRITE,
        AclOperation.DESCRIBE,
        AclOperation.DESCRIBE_CONFIGS);
    try (TurnsReading reading = reading("probe", "no-create")) {
      Await.until(
          "permissions to be known",
          LIMIT,
          () -> problem(() -> reading.topic.check(false, Deadline.in(LIMIT))),
          String::isEmpty);
      String message = problem(reading::check);

      assertThat(message)
          .isEqualTo(
              lacks("Create", "no-create", "whose turn it is, because there is no such topic yet"));
      assertGranted(message, reading::check);
      TurnsReading.assertMadeAsItMustBe(cluster, "no-create", 1);
    }
  }

  @Test
  void whoMayOnlyReadReadsAndHearsWhatWritingNeeds() throws Exception {
    makeWith("read-only");
    grant("read-only", AclOperation.READ);
    try (TurnsReading reading = reading("probe", "read-only")) {
      Await.until("permissions", LIMIT, reading::read, it -> it.equals(List.of("first")));
      String message = problem(() -> reading.append("a"));

      assertThat(message).isEqualTo(lacks("Write", "read-only", "whether its turn has come"));
      assertGranted(message, () -> reading.append("a"));
      assertThat(reading.read()).containsExactly("first", "a");
    }
  }

  @Test
  void whoMayOnlyWriteHearsWhatReadingNeeds() throws Exception {
    makeWith("write-only");
    grant("write-only", AclOperation.WRITE);
    try (TurnsReading reading = reading("probe", "write-only")) {
      String needed = lacks("Read", "write-only", "whose turn it is");
      Await.until("permissions", LIMIT, () -> problem(() -> reading.append("a")), needed::equals);

      assertThat(problem(reading::read)).isEqualTo(needed);
      assertGranted(needed, reading::read);
      assertThat(reading.read()).startsWith("first").contains("a");
    }
  }

  private static void makeWith(String name) throws Exception {
    try (TurnsReading reading = reading("admin", name)) {
      reading.check();
      reading.append("first");
    }
  }

  @Test
  void aPasswordThatIsWrongIsNamedWithoutBeingTold() throws Exception {
    Map<String, String> wrong = config("admin");
    wrong.computeIfPresent(
        "sasl.jaas.config",
        (key, login) -> login.replaceAll("password=\"[^\"]*\"", "password=\"Tr0ub4dor\""));
    try (TurnsReading reading = TurnsReading.of(cluster, "stops", wrong)) {
      for (Access access :
          List.<Access>of(reading::check, reading::read, () -> reading.append("a"))) {
        assertThatThrownBy(access::run)
            .isInstanceOf(Unanswered.class)
            .hasMessageContaining("authentication was refused")
            .hasMessageEndingWith("; check the credentials in --command-config")
            .hasMessageNotContaining("Tr0ub4dor");
      }
    }
  }

  /** A file for other clients may have what a producer of single records mustn't. */
  @Test
  void settingsForOtherClientsDoNoHarm() throws Exception {
    Map<String, String> more = config("admin");
    more.putAll(
        Map.of(
            "transactional.id", "mine",
            "acks", "0",
            "retries", "0",
            "enable.idempotence", "false",
            "group.id", "mine",
            "auto.offset.reset", "latest",
            "allow.auto.create.topics", "true"));
    try (TurnsReading reading = TurnsReading.of(cluster, "other-settings", more)) {
      reading.check();
      assertThat(reading.append("a")).containsExactly("a");
    }
  }
}
