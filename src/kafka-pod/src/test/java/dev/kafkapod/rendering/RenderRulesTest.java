package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.MetadataLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of rules: each has a name, and here something that breaks it. */
class RenderRulesTest {

  private static final Map<String, String> BROKER =
      Map.ofEntries(
          Map.entry("process.roles", "broker"),
          Map.entry("node.id", "1"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("controller.quorum.voters", "100@c:9093"),
          Map.entry("listeners", "INTERNAL://:9092"),
          Map.entry("advertised.listeners", "INTERNAL://h:9092"),
          Map.entry("listener.security.protocol.map", "INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("inter.broker.listener.name", "INTERNAL"),
          Map.entry("log.dirs", "/data/a"));

  private static final String HOSTS =
      "# Kubernetes-managed hosts file.\n10.1.2.3 kafka-1.other.elsewhere.svc.cluster.local kafka-1\n";
  private static final String SIDECAR = "advertised.listeners=INTERNAL://127.0.0.1:9093";

  private final Map<String, RuleInput> examples = new LinkedHashMap<>();

  private static Request request(String mounted, Map<String, String> environment, Parts parts) {
    StringBuilder template = new StringBuilder();
    BROKER.forEach((key, value) -> template.append(key).append('=').append(value).append('\n'));
    Request plain = Requests.of(template.toString(), mounted, environment, "kafka-1");
    return new Request(
        parts.stretch()
            ? new Template("broker-stretch", plain.template().file())
            : plain.template(),
        plain.logTemplate(),
        plain.mountedServer(),
        parts.client().map(it -> new TextFile("client.properties", it)),
        parts.log().map(it -> new TextFile("log4j2.yaml", it)),
        plain.environment(),
        plain.secretFiles(),
        plain.pod(),
        parts.ports().map(PortRange::parse),
        plain.controllerSites(),
        parts.clusterId(),
        parts.hosts().map(it -> new TextFile("hosts", it)),
        plain.logFormat(),
        plain.bind());
  }

  /** What a request may have beside settings. */
  private record Parts(
      boolean stretch,
      Optional<String> client,
      Optional<String> log,
      Optional<String> hosts,
      Optional<String> ports,
      Optional<String> clusterId) {

    static final Parts NONE = of("", "");

    static Parts of(String part, String text) {
      return new Parts(
          part.equals("stretch"),
          Optional.of(text).filter(it -> part.equals("client")),
          Optional.of(text).filter(it -> part.equals("log")),
          Optional.of(text).filter(it -> part.equals("hosts")),
          Optional.of(text).filter(it -> part.equals("ports")),
          Optional.of(text).filter(it -> part.equals("id")));
    }
  }

  private static final KafkaOpinion KAFKA = new Refusing(Optional.empty());

  private record Refusing(Optional<String> refused) implements KafkaOpinion {
    @Override
    public Set<String> knownKeys() {
      return BROKER.keySet();
    }

    @Override
    public Set<String> passwordKeys() {
      return Set.of();
    }

    @Override
    public boolean hasClass(String name) {
      return false;
    }

    @Override
    public Optional<String> refusal(Map<String, String> settings) {
      return refused;
    }
  }

  private void settings(String rule, String... lines) {
    with(rule, Parts.NONE, lines);
  }

  private void with(String rule, Parts parts, String... lines) {
    Request request = request(String.join("\n", lines), Map.of(), parts);
    examples.put(rule, Requests.input(request, Optional.of(KAFKA)));
  }

  private void variable(String rule, String name, String value, Parts parts) {
    Request request = request("", Map.of(name, value), parts);
    examples.put(rule, Requests.input(request, Optional.of(KAFKA)));
  }

  private void disk(String rule, Directory.Content content) {
    examples.put(
        rule,
        Requests.input(
            request("", Map.of(), Parts.NONE),
            Optional.of(KAFKA),
            new Directory("/data/a", true, content)));
  }

  private void kafka(String rule, Optional<KafkaOpinion> kafka) {
    examples.put(rule, Requests.input(request("", Map.of(), Parts.NONE), kafka));
  }

  private void breakEach() {
    Parts none = Parts.NONE;
    variable("variables-have-no-escapes", "KAFKA_X", "a\\:b", none);
    variable("no-variable-of-another-image", "BITNAMI_DEBUG", "1", none);
    variable("no-variable-of-a-service", "KAFKA_PORT", "tcp://10.0.0.1:9092", none);
    variable("no-variable-with-another-images-prefix", "KAFKA_CFG_NODE_ID", "1", none);
    settings("roles-are-known", "process.roles=brokr");
    settings("roles-are-set", "process.roles=");
    settings("node-id-is-set", "node.id=");
    settings("roles-have-their-listeners", "controller.listener.names=");
    settings("quorum-is-set", "controller.quorum.voters=");
    settings("voters-are-the-controllers", "controller.quorum.voters=1@c:9093");
    with("no-site-has-the-majority", Parts.of("stretch", ""));
    settings("listeners-can-be-read", "listeners=INTERNAL:9092");
    settings("listeners-do-not-clash", "listeners=INTERNAL://:9092,B://:9092");
    settings("advertised-listeners-can-be-reached", "advertised.listeners=INTERNAL://0.0.0.0:9092");
    settings("listeners-have-protocols", "listener.security.protocol.map=CONTROLLER:PLAINTEXT");
    settings("brokers-use-a-listener-that-is-there", "inter.broker.listener.name=OTHER");
    settings("controllers-use-a-listener-that-is-there", "process.roles=controller");
    with("sidecars-ports-are-free", Parts.of("ports", "9092-9095"), SIDECAR);
    with("a-sidecar-has-the-advertised-port", Parts.of("ports", "9095-9097"), SIDECAR);
    settings("nothing-of-another-mode", "zookeeper.connect=z:2181", "process.roles=");
    settings("listeners-are-the-roles", "listeners=INTERNAL://:9092,CONTROLLER://:9093");
    settings(
        "brokers-do-not-use-the-controllers-listener", "inter.broker.listener.name=CONTROLLER");
    settings("the-quorum-is-set-once", "controller.quorum.bootstrap.servers=c:9093");
    settings(
        "the-controllers-port-is-the-voters",
        "process.roles=controller",
        "node.id=100",
        "listeners=CONTROLLER://:9999");
    settings("a-replica-may-be-away", "min.insync.replicas=4");
    with(
        "no-more-replicas-than-brokers",
        Parts.of("ports", "9095-9097"),
        "default.replication.factor=9");
    with("the-pod-is-told-its-own-names", Parts.of("hosts", HOSTS));
    with(
        "others-are-told-the-pods-names",
        Parts.of("hosts", HOSTS),
        "advertised.listeners=INTERNAL://kafka-1.kafka.streams.svc:9092");
    settings("log-dirs-are-set", "log.dirs=");
    disk(
        "disks-are-this-nodes",
        new Directory.Formatted(
            Optional.empty(),
            OptionalInt.of(2),
            Optional.empty(),
            Directory.Usage.NONE,
            MetadataLog.ABSENT));
    disk("kafka-does-not-die-of-its-log-dirs", new Directory.Denied("can't be", "set it", true));
    with("the-cluster-has-an-id-of-its-own", Parts.of("id", "my-kafka"));
    settings(
        "super-users-are-principals",
        "super.users=admin",
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings("jaas-configurations-can-be-parsed", "sasl.jaas.config=x");
    settings(
        "kerberos-principal-rules-can-be-parsed",
        "sasl.kerberos.principal.to.local.rules=RULE:[1:$1(bad");
    settings("ssl-principal-rules-can-be-parsed", "ssl.principal.mapping.rules=RULE:^(a/$1/");
    settings("config-providers-are-set", "x=${file:/a:b}");
    settings(
        "listeners-that-speak-sasl-have-a-jaas-configuration",
        "listener.security.protocol.map=INTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings(
        "listeners-that-speak-tls-have-stores-in-order",
        "listener.security.protocol.map=INTERNAL:SSL,CONTROLLER:PLAINTEXT");
    settings("remote-storage-has-a-class", "remote.log.storage.system.enable=true");
    settings("plugins-are-on-the-class-path", "metric.reporters=a.B");
    kafka("kafka-is-at-hand", Optional.empty());
    settings("keys-are-known", "num.partition=1");
    kafka("kafka-takes-the-settings", Optional.of(new Refusing(Optional.of("no"))));
    variable("log-variables-are-read", "KAFKA_LOG4J_ROOT_LOGLEVEL", "INFO", Parts.of("log", "x"));
    with("clients-stores-are-in-order", Parts.of("client", "ssl.truststore.location=/nowhere"));
    variable(
        "variables-with-this-products-prefix-are-known", "KAFKA_POD_NONSENSE", "1", Parts.NONE);
    with("clients-config-providers-are-set", Parts.of("client", "x=${file:/a:b}"));
  }

  @Test
  void namesAreUniqueAndInKebabCase() {
    assertThat(RenderRules.ALL).extracting(RenderRule::name).doesNotHaveDuplicates();
    assertThat(RenderRules.ALL)
        .extracting(RenderRule::name)
        .allMatch(it -> it.matches("[a-z0-9]+(-[a-z0-9]+)+"));
  }

  @Test
  void eachSpeaksWhereItIsBroken() {
    breakEach();

    assertThat(RenderRules.ALL)
        .extracting(RenderRule::name)
        .containsExactlyInAnyOrderElementsOf(examples.keySet());
    assertThat(RenderRules.ALL)
        .allSatisfy(
            it -> assertThat(it.broken(examples.get(it.name()))).as(it.name()).isNotEmpty());
  }

  @Test
  void noneSpeaksOfABrokerInOrder() {
    RuleInput input = Requests.input(request("", Map.of(), Parts.NONE), Optional.of(KAFKA));

    assertThat(Requests.broken(RenderRules.ALL, input)).isEmpty();
  }
}
