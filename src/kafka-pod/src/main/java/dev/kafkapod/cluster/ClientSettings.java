package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.diagnosis.Diagnosis;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ClusterTimeouts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach a cluster.
 *
 * @param asked whether the addresses are brokers' or controllers'
 * @param bootstrap {@code host:port} addresses, at least one
 * @param commandConfig the settings for security and the like, by Kafka's own names
 * @param timeouts the cluster's, where they are known without asking it
 * @param source who has said all that
 */
public record ClientSettings(
    Asked asked,
    List<String> bootstrap,
    Map<String, String> commandConfig,
    Optional<ClusterTimeouts> timeouts,
    Source source) {

  /**
   * Where settings are from, for messages: nobody looks for a mistake in an option that he hasn't
   * given.
   *
   * @param origin what has addresses and settings
   * @param credentials what has the credentials
   */
  public record Source(SettingsOrigin origin, String credentials) {

    public Source {
      Objects.requireNonNull(origin);
      Objects.requireNonNull(credentials);
    }

    /** The options of the command line. */
    public static Source options(Asked asked) {
      return new Source(
          new SettingsOrigin(
              asked == Asked.BROKERS ? "--bootstrap-server" : "--bootstrap-controller",
              "--command-config",
              false),
          "--command-config");
    }
  }

  /**
   * A broker that doesn't answer is given up for another one after this part of the time that there
   * is.
   */
  private static final int TRIES = 3;

  /** The client id of those that read and write turns: two in one JVM mustn't share one. */
  static final String OF_TURNS = "kafka-pod-turns";

  private static final Duration SHORTEST_TRY = Duration.ofSeconds(1);

  public ClientSettings {
    Objects.requireNonNull(asked);
    Objects.requireNonNull(timeouts);
    Objects.requireNonNull(source);
    bootstrap = List.copyOf(bootstrap);
    commandConfig = Map.copyOf(commandConfig);
    if (bootstrap.isEmpty()) {
      throw new IllegalArgumentException("a cluster can't be reached without an address");
    }
  }

  /** Those of a cluster that has to be asked for its time-outs. */
  public ClientSettings(Asked asked, List<String> bootstrap, Map<String, String> commandConfig) {
    this(asked, bootstrap, commandConfig, Optional.empty(), Source.options(asked));
  }

  /** {@code 127.0.0.1:9092, 127.0.0.2:9092}: for messages. */
  String addresses() {
    return String.join(", ", bootstrap);
  }

  /** Where all that comes from. */
  SettingsOrigin origin() {
    return source.origin();
  }

  /** What has the credentials. */
  String credentials() {
    return source.credentials();
  }

  /** The setting that names the SASL mechanism: a broker has one for each kind of peer. */
  String mechanism() {
    if (!origin().ofBroker()) {
      return SaslConfigs.SASL_MECHANISM;
    }
    return asked == Asked.BROKERS
        ? "sasl.mechanism.inter.broker.protocol"
        : "sasl.mechanism.controller.protocol";
  }

  /** The client that is going to connect, for messages. */
  Diagnosis.Client client(SettingsOrigin from) {
    return new Diagnosis.Client(
        commandConfig.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"),
        asked == Asked.CONTROLLERS,
        from);
  }

  /** The same problem with what to look at, where both sides didn't come together. */
  Unanswered withRemedy(Unanswered problem) {
    return Refusals.in(problem)
        .map(it -> Refusals.lookAt(it, origin(), mechanism(), credentials()))
        .map(it -> new Unanswered(problem.getMessage() + "; " + it, problem.getCause()))
        .orElse(problem);
  }

  /** How long one broker may take for an answer, out of the time for all. */
  static Duration oneTry(Duration timeout) {
    Duration share = timeout.dividedBy(TRIES);
    return share.compareTo(SHORTEST_TRY) > 0 ? share : SHORTEST_TRY;
  }

  Map<String, Object> forAdmin(Duration timeout) {
    return forAdmin(bootstrap, timeout);
  }

  Map<String, Object> forAdmin(List<String> addresses, Duration timeout) {
    Map<String, Object> settings = common(timeout);
    settings.put(
        asked == Asked.BROKERS
            ? AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG
            : AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG,
        addresses);
    return settings;
  }

  Map<String, Object> forConsumer(List<String> brokers, Duration timeout) {
    Map<String, Object> settings = common(timeout);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** For a producer of single records that must not be lost, and of little memory. */
  Map<String, Object> forProducer(Duration timeout) {
    Map<String, Object> settings = common(timeout);
    settings.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
    // what a file for other clients may have, and what would break the order or the acknowledgement
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) PRODUCER_BUFFER);
    long longest = Math.max(timeout.toMillis(), oneTry(timeout).toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) longest);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, longest);
    return settings;
  }

  private static final int PRODUCER_BATCH = 4096;
  private static final int PRODUCER_BUFFER = 64 * 1024;

  private Map<String, Object> common(Duration timeout) {
    Map<String, Object> settings = new HashMap<>(commandConfig);
    settings.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "kafka-pod");
    int oneTry = (int) oneTry(timeout).toMillis();
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, oneTry);
    // a lost Kubernetes node drops packets: by Kafka's default of 10 s, nobody else would be asked
    // in time
    settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, (long) oneTry);
    settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, (long) oneTry);
    settings.put(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) Math.max(timeout.toMillis(), SHORTEST_TRY.toMillis()));
    // logging in holds a lock that all of a broker's own logins need, and knows no limit by itself
    settings.putIfAbsent("sasl.login.connect.timeout.ms", oneTry);
    settings.putIfAbsent("sasl.login.read.timeout.ms", oneTry);
    // no MBeans and no telemetry of ours: in an agent they would be the broker's
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.put("auto.include.jmx.reporter", false);
    settings.put("enable.metrics.push", false);
    return settings;
  }
}
