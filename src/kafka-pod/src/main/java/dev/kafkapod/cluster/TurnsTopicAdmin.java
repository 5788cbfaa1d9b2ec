package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Makes the topic of turns, and looks at how it is. */
final class TurnsTopicAdmin implements AutoCloseable {

  private static final Duration UNTIL_KNOWN = Duration.ofMillis(100);

  private final ClientSettings settings;
  private final String name;
  private final Duration timeout;
  private Admin admin;
  private boolean tellsFenced = FencedBrokersApi.canBeAskedFor();

  TurnsTopicAdmin(ClientSettings settings, String name, Duration timeout) {
    this.settings = settings;
    this.name = name;
    this.timeout = timeout;
  }

  /**
   * The topic as it was seen.
   *
   * @param id its id, which another topic of the same name hasn't
   * @param weakness what makes it weaker than it could be
   */
  record TopicSeen(boolean exists, String id, Optional<String> weakness) {}

  /**
   * Looks at it.
   *
   * @param make whether to make it where there is none
   * @throws Unanswered if its order is no lock, or nobody tells
   */
  TopicSeen look(boolean make, Deadline deadline) throws Unanswered {
    return asking(
        () -> {
          Optional<TopicSeen> seen = look(deadline);
          if (seen.isEmpty() && make) {
            make(deadline);
            seen = afterMaking(deadline);
          }
          return seen.orElse(new TopicSeen(false, "", Optional.empty()));
        });
  }

  /** Its id; empty if there is no such topic. */
  Optional<String> id(Deadline deadline) throws Unanswered {
    return asking(() -> describe(description(), deadline).map(it -> it.topicId().toString()));
  }

  /** The id of the cluster that answers; where nobody does, the message says why. */
  String clusterId(Deadline deadline) throws Unanswered {
    String call = askingForTheId();
    return asking(
        () -> {
          try {
            return silence(() -> Talks.of(admin.metrics()))
                .await(admin.describeCluster().clusterId(), call, deadline);
          } catch (KafkaException e) {
            throw new Unanswered("%s failed: %s".formatted(call, Calls.oneLine(e)), e);
          }
        });
  }

  private Silence silence(BooleanSupplier talks) {
    return new Silence(settings, settings.bootstrap(), settings.origin(), talks);
  }

  private String askingForTheId() {
    return "asking %s for the cluster's id".formatted(settings.addresses());
  }

  private interface Asking<T> {
    T get() throws Unanswered;
  }

  private <T> T asking(Asking<T> question) throws Unanswered {
    try {
      if (admin == null) {
        List<String> addresses =
            Misread.isPossible()
                ? silence(() -> false).harmless(askingForTheId())
                : settings.bootstrap();
        Map<String, Object> asking = settings.forAdmin(addresses, timeout);
        asking.put(AdminClientConfig.CLIENT_ID_CONFIG, ClientSettings.OF_TURNS);
        admin = NewClient.of(settings, () -> Admin.create(asking));
      }
      return question.get();
    } catch (MissingPermission e) {
      throw new Unanswered(e.getMessage(), e.getCause());
    } catch (Unanswered e) {
      close(); // a used client goes on asking the broker that it is connected to
      throw e;
    }
  }

  /** All questions at once, for one round trip. */
  private Optional<TopicSeen> look(Deadline deadline) throws Unanswered {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    KafkaFuture<TopicDescription> description = description();
    KafkaFuture<Config> config = admin.describeConfigs(List.of(resource)).values().get(resource);
    KafkaFuture<Collection<Node>> nodes = nodes();
    Optional<TopicDescription> topic;
    try {
      topic = describe(description, deadline);
    } catch (MissingPermission e) {
      throw alsoOf(config, e, MissingAcl.DESCRIBE_CONFIGS_TURNS.describe(name), deadline);
    }
    Optional<Map<String, String>> is =
        topic.isEmpty() ? Optional.empty() : settings(config, deadline);
    if (is.isEmpty()) {
      return Optional.empty(); // or the one who was asked for the settings doesn't know it yet
    }
    TurnsTopicSettings wanted = new TurnsTopicSettings(name);
    List<TopicPartitionInfo> partitions = topic.get().partitions();
    List<String> faults = wanted.faults(partitions.size(), is.get());
    if (!faults.isEmpty()) {
      throw new Unanswered(String.join("; ", faults));
    }
    List<String> weaknesses =
        wanted.weaknesses(partitions.get(0).replicas().size(), brokers(nodes, deadline), is.get());
    return Optional.of(
        new TopicSeen(
            true,
            topic.get().topicId().toString(),
            weaknesses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", weaknesses))));
  }

  /** Nothing is wrong with the connection then. */
  private static final class MissingPermission extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingPermission(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static MissingPermission alsoOf(
      KafkaFuture<Config> config, MissingPermission first, String more, Deadline deadline) {
    try {
      Calls.await(config, "asking for settings", deadline);
    } catch (AuthorizationException e) {
      return new MissingPermission(first.getMessage() + "; " + more, first.getCause());
    } catch (KafkaException | Unanswered e) {
      return first; // what is known is told
    }
    return first;
  }

  private KafkaFuture<TopicDescription> description() {
    return admin.describeTopics(List.of(name)).topicNameValues().get(name);
  }

  private Optional<TopicDescription> describe(
      KafkaFuture<TopicDescription> description, Deadline deadline) throws Unanswered {
    try {
      return Optional.of(Calls.await(description, "asking for topic " + name, deadline));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (AuthorizationException e) {
      throw new MissingPermission(MissingAcl.DESCRIBE_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered("asking for topic %s failed: %s".formatted(name, Calls.oneLine(e)), e);
    }
  }

  private Optional<Map<String, String>> settings(KafkaFuture<Config> asked, Deadline deadline)
      throws Unanswered {
    String call = "asking for the settings of topic " + name;
    try {
      Map<String, String> values = new HashMap<>();
      Calls.await(asked, call, deadline).entries().stream()
          .filter(it -> it.value() != null)
          .forEach(it -> values.put(it.name(), it.value()));
      return Optional.of(values);
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (AuthorizationException e) {
      throw new MissingPermission(MissingAcl.DESCRIBE_CONFIGS_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered("%s failed: %s".formatted(call, Calls.oneLine(e)), e);
    }
  }

  private KafkaFuture<Collection<Node>> nodes() {
    DescribeClusterOptions options = new DescribeClusterOptions();
    if (tellsFenced) {
      FencedBrokersApi.include(options);
    }
    return admin.describeCluster(options).nodes();
  }

  private int brokers(KafkaFuture<Collection<Node>> asked, Deadline deadline) throws Unanswered {
    String call = "asking for the brokers";
    try {
      Collection<Node> nodes = Calls.await(asked, call, deadline);
      long live = nodes.stream().filter(it -> !FencedBrokersApi.isFenced(it)).count();
      return TurnsTopicSettings.brokers((int) live, nodes.size());
    } catch (UnsupportedVersionException e) {
      if (!tellsFenced) {
        throw new Unanswered("%s failed: %s".formatted(call, Calls.oneLine(e)), e);
      }
      tellsFenced = false; // brokers before 4.0
      return brokers(nodes(), deadline);
    } catch (KafkaException e) {
      throw new Unanswered("%s failed: %s".formatted(call, Calls.oneLine(e)), e);
    }
  }

  private void make(Deadline deadline) throws Unanswered {
    int brokers = brokers(nodes(), deadline);
    NewTopic topic = new NewTopic(name, 1, TurnsTopicSettings.replicas(brokers));
    try {
      Calls.await(
          admin.createTopics(List.of(topic.configs(TurnsTopicSettings.of(brokers)))).all(),
          "making topic " + name,
          deadline);
    } catch (TopicExistsException e) {
      // somebody else has made it meanwhile
    } catch (AuthorizationException e) {
      throw new MissingPermission(MissingAcl.CREATE_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered("making topic %s failed: %s".formatted(name, Calls.oneLine(e)), e);
    }
  }

  /** The broker that answers may not know it yet. */
  private Optional<TopicSeen> afterMaking(Deadline deadline) throws Unanswered {
    while (true) {
      Optional<TopicSeen> found = look(deadline);
      if (found.isPresent()) {
        return found;
      }
      if (deadline.remaining().compareTo(UNTIL_KNOWN) <= 0 || !Pause.of(UNTIL_KNOWN)) {
        throw new Unanswered(
            "topic %s was made, or is being deleted, and not all brokers know that yet; asking once more"
                .formatted(name));
      }
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(AdminClusterProbe.NO_TIME);
      admin = null;
    }
  }
}
