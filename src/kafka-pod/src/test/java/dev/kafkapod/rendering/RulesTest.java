package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.MetadataLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that need a disk, or a Kafka, beside the settings. */
class RulesTest {

  private static final String BROKER =
      """
      process.roles=broker
      node.id=${node.id}
      controller.listener.names=CONTROLLER
      controller.quorum.voters=100@c:9093
      listeners=INTERNAL://:9092
      advertised.listeners=INTERNAL://h:9092
      listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT
      inter.broker.listener.name=INTERNAL
      log.dirs=/data/a, /data/b
      metadata.log.dir=/data/m
      """;

  private static Request request(String more, String clusterId) {
    Request plain = Requests.of(BROKER, more, Map.of(), "kafka-2");
    return Requests.ofCluster(clusterId, plain);
  }

  private static List<String> onDisk(Directory... found) {
    Renderer renderer =
        new Renderer(
            directories -> {
              assertThat(directories.all()).containsExactly("/data/a", "/data/b", "/data/m");
              return List.of(found);
            },
            Optional.empty(),
            Clock.systemUTC());
    return Requests.problems(renderer.render(request("", "6Gm2vrC4Tm2WPB0MqTpV8g")));
  }

  private static Directory formatted(String path, boolean metadata, String node, String cluster) {
    return new Directory(
        path,
        metadata,
        new Directory.Formatted(
            Optional.ofNullable(cluster),
            OptionalInt.of(Integer.parseInt(node)),
            Optional.empty(),
            Directory.Usage.NONE,
            MetadataLog.ABSENT));
  }

  private static final Directory METADATA =
      formatted("/data/m", true, "2", "6Gm2vrC4Tm2WPB0MqTpV8g");

  @Test
  void takesADiskOfThisNodeAndCluster() {
    assertThat(onDisk(formatted("/data/a", false, "2", "6Gm2vrC4Tm2WPB0MqTpV8g"), METADATA))
        .isEmpty();
  }

  @Test
  void takesDisksThatAreEmpty() {
    assertThat(onDisk(new Directory("/data/m", true, new Directory.Empty()))).isEmpty();
  }

  @Test
  void refusesADiskOfAnotherNodeOrCluster() {
    assertThat(onDisk(formatted("/data/a", false, "3", "kZ1nCz8fQ3-8tN2b8Q5nLh"), METADATA))
        .containsExactly(
            "/data/a/meta.properties: this disk is node 3's, but this pod is node 2; mount the disk"
                + " that belongs to it, or correct the node id",
            "/data/a/meta.properties: this disk belongs to the Kafka cluster"
                + " kZ1nCz8fQ3-8tN2b8Q5nLh, but CLUSTER_ID is 6Gm2vrC4Tm2WPB0MqTpV8g; mount the"
                + " disk that belongs to it, or correct CLUSTER_ID");
  }

  @Test
  void warnsOfADiskWithoutWhichKafkaStarts() {
    Directory.Content broken = new Directory.Unreadable("permission denied");
    assertThat(onDisk(new Directory("/data/a", false, broken), METADATA))
        .containsExactly(
            "warning: /data/a: can't be read (permission denied); Kafka starts without it");
    assertThat(
            onDisk(
                formatted("/data/a", false, "2", "6Gm2vrC4Tm2WPB0MqTpV8g"),
                new Directory("/data/m", true, broken)))
        .containsExactly(
            "/data/m: can't be read (permission denied), and Kafka can't start without it; let this"
                + " process's user read and write it, or repair it");
  }

  @Test
  void saysWhatToSetForADiskThatMayNotBeWritten() {
    Directory.Content denied = new Directory.Denied("can't be written by me", "set fsGroup", true);
    assertThat(onDisk(new Directory("/data/a", false, denied), METADATA))
        .containsExactly(
            "/data/a: can't be written by me, and Kafka can't start without it; set fsGroup");
  }

  @Test
  void refusesADirectoryOfWhichABrokerWouldDie() {
    assertThat(
            onDisk(
                new Directory("/data/a", false, new Directory.Empty(), List.of("lost+found")),
                METADATA))
        .containsExactly(
            "/data/a: holds lost+found, but a broker takes every directory in log.dirs for a"
                + " partition's, and ends at what is none; set log.dirs to a sub-directory, for"
                + " example /data/a/kafka, or move it away");
  }

  @Test
  void refusesALinkThatLeadsNowhere() {
    Directory.Content blocked =
        new Directory.Blocked("it is a link that leads nowhere (to /x)", "make what it leads to");
    assertThat(onDisk(new Directory("/data/a", false, blocked), METADATA))
        .containsExactly(
            "/data/a: it is a link that leads nowhere (to /x), and Kafka can't start with it; make"
                + " what it leads to");
  }

  private record StandIn(Set<String> knownKeys, Optional<String> answer) implements KafkaOpinion {
    @Override
    public Set<String> passwordKeys() {
      return Set.of("ssl.keystore.password");
    }

    @Override
    public boolean hasClass(String name) {
      return name.startsWith("org.apache.kafka.");
    }

    @Override
    public Optional<String> refusal(Map<String, String> settings) {
      return answer;
    }
  }

  private static final Set<String> KEYS =
      Set.of(
          "process.roles",
          "node.id",
          "controller.listener.names",
          "controller.quorum.voters",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "log.dirs",
          "metadata.log.dir",
          "num.partitions",
          "ssl.keystore.password");

  private static List<String> withKafka(String more, String refusal) {
    Renderer renderer =
        new Renderer(
            directories -> List.of(),
            Optional.of(new StandIn(KEYS, Optional.ofNullable(refusal))),
            Clock.systemUTC());
    return Requests.problems(renderer.render(request(more, "6Gm2vrC4Tm2WPB0MqTpV8g")));
  }

  @Test
  void warnsOfAKeyThatKafkaDoesNotKnowAndNamesTheNearest() {
    assertThat(withKafka("num.partition=3\nmy.plugin.setting=1\nlistener.name.internal.x=1", null))
        .containsExactly(
            "warning: server.properties:1: num.partition: Kafka knows no such setting, and ignores it unless a plugin reads it; did you mean num.partitions?",
            "warning: server.properties:2: my.plugin.setting: Kafka knows no such setting, and ignores it unless a plugin reads it");
  }

  @Test
  void reportsWhatKafkaRefusesAtTheLineItNames() {
    assertThat(
            withKafka("\nnum.partitions=x", "Invalid value x for configuration num.partitions: no"))
        .containsExactly(
            "server.properties:2: Kafka refuses to start with these settings: Invalid value x for configuration num.partitions: no");
  }

  @Test
  void hidesSecretsThatKafkaRepeats() {
    assertThat(withKafka("ssl.keystore.password=s3cr3t!", "Keystore password s3cr3t! is too short"))
        .containsExactly(
            "Kafka refuses to start with these settings: Keystore password [hidden] is too short");
  }

  @Test
  void aKeyIsNoFormatWhateverSomebodyWrites() {
    assertThat(
            Requests.problems(
                Requests.render(
                    Requests.of(
                        BROKER, "a%zb=${nope%s}\na%sb=1\na%sb=2\n%n=${", Map.of(), "kafka-2"))))
        .containsExactly(
            "server.properties:1: a%zb: there is no '${nope%s}'; "
                + Requests.names("kafka-2").suggestion("nope%s"),
            "server.properties:4: %n: '${' must be closed by '}', got '${'; close it, or write $${ for a literal ${",
            "warning: server.properties:3: a%sb: is set in line 2 already, and this line wins; remove one of the two");
  }

  @Test
  void explainsWhereAValueComesFrom() {
    Rendering rendering =
        Requests.render(
            Requests.of(
                BROKER,
                "num.partitions=3\nssl.keystore.password=one",
                Map.of(
                    "KAFKA_NUM_PARTITIONS", "${node.id+10}", "KAFKA_SSL_KEYSTORE_PASSWORD", "two"),
                "kafka-2"));

    assertThat(rendering.explain("num.partitions", Optional.empty()))
        .containsExactly(
            "num.partitions=12  (KAFKA_NUM_PARTITIONS, from ${node.id+10})",
            "  in place of 3  (server.properties:1)");
    assertThat(rendering.explain("ssl.keystore.password", Optional.empty()))
        .containsExactly(
            "ssl.keystore.password=[hidden]  (KAFKA_SSL_KEYSTORE_PASSWORD)",
            "  in place of [hidden]  (server.properties:2)");
    assertThat(rendering.explain("compression.type", Optional.empty()))
        .containsExactly("compression.type is not set; Kafka's default counts");
  }

  @Test
  void explainsThatThereIsNoSuchKey() {
    Rendering rendering = Requests.render(Requests.of(BROKER, "", Map.of(), "kafka-2"));
    KafkaOpinion kafka = Requests.kafka(Set.of("log.retention.hours"), name -> true);

    assertThat(rendering.explain("log.retention.hour", Optional.of(kafka)))
        .containsExactly(
            "log.retention.hour is not set: Kafka knows no such setting, and ignores it unless a plugin reads it; did you mean log.retention.hours?");
    assertThat(rendering.explain("log.retention.hours", Optional.of(kafka)))
        .containsExactly("log.retention.hours is not set; Kafka's default counts");
  }

  /** Whoever has a dollar sign and a brace in a password needs to know what to write. */
  @Test
  void saysWhatToWriteForALiteralInASecretToo() {
    assertThat(
            Requests.problems(
                Requests.render(
                    Requests.of(BROKER, "ssl.key.password=pa${xyz}", Map.of(), "kafka-2"))))
        .hasSize(1)
        .allMatch(
            it ->
                it.startsWith("server.properties:1: ssl.key.password: there is no '")
                    && it.contains("[hidden]")
                    && !it.contains("xyz")
                    && it.endsWith("or write $${ for a literal ${"));
  }
}
