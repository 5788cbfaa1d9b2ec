package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks who is there, and a principal that may see no more than it must. */
@Tag("matrix")
class SecurityIT {

  private static final AclBinding DESCRIBE_TOPICS =
      allow(ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE);
  private static final AclBinding DESCRIBE_TOPIC_CONFIGS =
      allow(ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE_CONFIGS);
  private static final AclBinding DESCRIBE_CLUSTER =
      allow(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL, AclOperation.DESCRIBE);

  private static final String LACKS_TOPICS =
      "the probe's principal lacks the ACL Describe on Topic '*', without which it can't tell which topics are hidden"
          + " from it; grant it with kafka-acls.sh --add --operation Describe --topic '*'";
  private static final String LACKS_CONFIGS =
      "the probe's principal lacks the ACL DescribeConfigs on Topic '*', without which it can't tell topics'"
          + " min.insync.replicas; grant it with kafka-acls.sh --add --operation DescribeConfigs --topic '*'";
  private static final String LACKS_CLUSTER =
      "the probe's principal lacks the ACL Describe on Cluster 'kafka-cluster', without which it can't tell whether the"
          + " answers are fresh; grant it with kafka-acls.sh --add --operation Describe --cluster";

  private static KafkaCluster cluster;
  @TempDir private Path directory;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(3)
            .saslSsl()
            .config("broker.session.timeout.ms", "4000")
            .config("broker.heartbeat.interval.ms", "500")
            .start();
    cluster.createTopic("orders", 2, 3, Map.of("min.insync.replicas", "1"));
    cluster.createTopic("secret", 1, 3, Map.of("min.insync.replicas", "1"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBack() {
    cluster.restore();
  }

  @Test
  void isReadyWithTheThreeAclsThatTheDocumentationNames() throws Exception {
    grantOnly(DESCRIBE_TOPICS, DESCRIBE_TOPIC_CONFIGS, DESCRIBE_CLUSTER);

    Result result = awaitReady("ready: broker 0, 3 brokers, 2 topics, 3 partitions");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void cannotTellWithoutDescribeOnTheCluster() throws Exception {
    grantOnly(DESCRIBE_TOPICS, DESCRIBE_TOPIC_CONFIGS);

    Result result = awaitReady("cannot tell: " + LACKS_CLUSTER);

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void cannotTellWithoutDescribeOnTopics() throws Exception {
    grantOnly(DESCRIBE_CLUSTER);

    Result result = awaitReady("cannot tell: " + LACKS_TOPICS);

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aTopicThatItMayNotSeeNeverLeadsToAYesHoweverManyItMaySee() throws Exception {
    grantOnly(
        DESCRIBE_CLUSTER,
        DESCRIBE_TOPIC_CONFIGS,
        allow(ResourceType.TOPIC, "orders", PatternType.LITERAL, AclOperation.DESCRIBE),
        allow(ResourceType.TOPIC, "s", PatternType.PREFIXED, AclOperation.DESCRIBE));

    Result result = awaitReady("cannot tell: " + LACKS_TOPICS);
    JsonNode status = asking().status(commandConfig("probe"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(status.at("/cluster/topics").asInt()).isEqualTo(2);
    assertThat(status.at("/cluster/hiddenTopics").asText()).isEqualTo(LACKS_TOPICS);
    assertThat(status.at("/line").asText()).isEqualTo("cannot tell: " + LACKS_TOPICS);
  }

  @Test
  void needsDescribeConfigsOnlyWhereAnIsrHasShrunk() throws Exception {
    grantOnly(DESCRIBE_TOPICS, DESCRIBE_CLUSTER);
    Result whole = awaitReady("ready: broker 0, 3 brokers, 2 topics, 3 partitions", "--latched");
    JsonNode status = asking().status(commandConfig("probe"), "--latched");
    cluster.broker(2).kill();
    cluster.awaitBrokers(0, 1);

    Result shrunk = awaitReady("cannot tell: " + LACKS_CONFIGS, "--latched");

    assertThat(whole.exitCode()).isZero();
    assertThat(status.at("/cluster/minIsrProblem").asText()).isEqualTo(LACKS_CONFIGS);
    assertThat(status.at("/exitCode").asInt()).as("min ISR matters to no verdict yet").isZero();
    assertThat(shrunk.exitCode()).isEqualTo(3);
  }

  @Test
  void saysThatAWrongPasswordWasRefusedAndNotWhichOneItWas() throws Exception {
    String wrong = "s3cret-but-wrong";
    Path config = probeConfig(Map.of("sasl.jaas.config", jaas(wrong) + ";"));

    Result result = asking().ready("--command-config=" + config);

    assertThat(result.line())
        .as(result.toString())
        .isEqualTo(
            "cannot tell: asking %s for the cluster's nodes failed: authentication was refused (Authentication failed: Invalid username or password); check the credentials in --command-config"
                .formatted(cluster.bootstrapServers().replace(",", ", ")));
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out() + result.err()).doesNotContain(wrong);
  }

  @Test
  void refusesAMalformedLoginLineWithoutShowingThePasswordInIt() throws Exception {
    String password = "s3cret-unfinished";
    Path config = probeConfig(Map.of("sasl.jaas.config", jaas(password)));

    Result result = asking().ready("--command-config=" + config);

    assertIsRefused(result, "JAAS config entry not terminated by semi-colon");
    assertThat(result.err()).doesNotContain(password);
  }

  @Test
  void refusesATruststoreThatIsNotThere() throws Exception {
    Path config = probeConfig(Map.of("ssl.truststore.location", "/nowhere/trust.pem"));

    Result result = asking().ready("--command-config=" + config);

    assertIsRefused(result, "there is no file /nowhere/trust.pem");
  }

  @Test
  void refusesASecurityProtocolThatKafkaDoesNotKnow() throws Exception {
    Path config = probeConfig(Map.of("security.protocol", "SASL_TLS"));

    Result result = asking().ready("--command-config=" + config);

    assertIsRefused(
        result,
        "Invalid value SASL_TLS for configuration security.protocol: String must be one of (case insensitive): SASL_SSL,"
            + " PLAINTEXT, SSL, SASL_PLAINTEXT");
  }

  private static void assertIsRefused(Result result, String because) {
    assertThat(result.err())
        .as(result.toString())
        .isEqualTo(
            "kafka-pod ready: --command-config: Kafka's client refuses these settings: %s; correct the file; see kafka-pod ready --help\n"
                .formatted(because));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  private static Asking asking() {
    return Asking.of(cluster, 0);
  }

  /** Brokers learn of permissions one by one, some milliseconds after they were granted. */
  private static Result awaitReady(String line, String... options) {
    return asking()
        .awaitReady(
            "the answer '" + line + "'",
            result -> result.line().equals(line),
            Stream.concat(Stream.of(commandConfig("probe")), Arrays.stream(options))
                .toArray(String[]::new));
  }

  private static String commandConfig(String user) {
    return "--command-config=" + cluster.clientConfig(user);
  }

  private static String jaas(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"probe\" password=\"%s\""
        .formatted(password);
  }

  /** The probe's own configuration with some lines changed. */
  private Path probeConfig(Map<String, String> changes) throws IOException {
    List<String> lines =
        Files.readAllLines(cluster.clientConfig("probe")).stream()
            .filter(line -> changes.keySet().stream().noneMatch(line::startsWith))
            .collect(Collectors.toList());
    changes.forEach((key, value) -> lines.add(key + "=" + value));
    return Files.write(directory.resolve("client.properties"), lines);
  }

  private static AclBinding allow(
      ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:probe", "*", operation, AclPermissionType.ALLOW));
  }

  /** Gives the probe these permissions and no others. */
  private static void grantOnly(AclBinding... acls) throws Exception {
    cluster.admin().deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    cluster.admin().createAcls(List.of(acls)).all().get();
  }
}
