package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topic of turns, and looks at how it is. */
final class TurnsTopicAdmin implements AutoCloseable {

  private static final Duration UNTIL_KNOWN = Duration.ofMillis(100);

  private final ClientSettings settings;
  private final String name;
  private final Duration timeout;
  private Admin admin;

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
  record Seen(boolean exists, String id, Optional<String> weakness) {}

  /**
   * Looks at it.
   *
   * @param make whether to make it where there is none
   * @throws Unanswered if its order is no lock, or nobody tells
   */
  Seen look(boolean make, Deadline deadline) throws Unanswered {
    try {
      connect();
      Optional<TopicDescription> found = describe(deadline);
      if (found.isEmpty() && make) {
        make(deadline);
        found = afterMaking(deadline);
      }
      if (found.isEmpty()) {
        return new Seen(false, "", Optional.empty());
      }
      return judge(found.get(), deadline);
    } catch (Unanswered e) {
      close(); // a used client goes on asking the broker that it is connected to
      throw e;
    }
  }

  private void connect() throws Unanswered {
    if (admin == null) {
      admin = NewClient.of(settings, () -> Admin.create(settings.forAdmin(timeout)));
    }
  }

  /** The id of the cluster that answers. */
  String clusterId(Deadline deadline) throws Unanswered {
    String call = "asking for the cluster's id";
    try {
      connect();
      return Calls.await(admin.describeCluster().clusterId(), call, deadline);
    } catch (KafkaException e) {
      close();
      throw new Unanswered("%s failed: %s".formatted(call, Calls.oneLine(e)), e);
    } catch (Unanswered e) {
      close();
      throw e;
    }
  }

  private Seen judge(TopicDescription topic, Deadline deadline) throws Unanswered {
    TurnsTopicSettings wanted = new TurnsTopicSettings(name);
    Map<String, String> is = settings(deadline);
    List<String> faults = wanted.faults(topic.partitions().size(), is);
    if (!faults.isEmpty()) {
      throw new Unanswered(String.join("; ", faults));
    }
    int brokers =
        Calls.await(admin.describeCluster().nodes(), "asking for the brokers", deadline).size();
    return new Seen(
        true,
        topic.topicId().toString(),
        wanted.weakness(topic.partitions().get(0).replicas().size(), brokers, is));
  }

  private Optional<TopicDescription> describe(Deadline deadline) throws Unanswered {
    try {
      return Optional.of(
          Calls.await(
              admin.describeTopics(List.of(name)).topicNameValues().get(name),
              "asking for topic " + name,
              deadline));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (AuthorizationException e) {
      throw new Unanswered(MissingAcl.DESCRIBE_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered("asking for topic %s failed: %s".formatted(name, Calls.oneLine(e)), e);
    }
  }

  private Map<String, String> settings(Deadline deadline) throws Unanswered {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      Config config =
          Calls.await(
              admin.describeConfigs(List.of(topic)).values().get(topic),
              "asking for the settings of topic " + name,
              deadline);
      Map<String, String> values = new HashMap<>();
      config.entries().stream()
          .filter(it -> it.value() != null)
          .forEach(it -> values.put(it.name(), it.value()));
      return values;
    } catch (AuthorizationException e) {
      throw new Unanswered(MissingAcl.DESCRIBE_CONFIGS_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered(
          "asking for the settings of topic %s failed: %s".formatted(name, Calls.oneLine(e)), e);
    }
  }

  private void make(Deadline deadline) throws Unanswered {
    int brokers =
        Calls.await(admin.describeCluster().nodes(), "asking for the brokers", deadline).size();
    NewTopic topic = new NewTopic(name, 1, TurnsTopicSettings.replicas(brokers));
    try {
      Calls.await(
          admin.createTopics(List.of(topic.configs(TurnsTopicSettings.of(brokers)))).all(),
          "making topic " + name,
          deadline);
    } catch (TopicExistsException e) {
      // somebody else has made it meanwhile
    } catch (AuthorizationException e) {
      throw new Unanswered(MissingAcl.CREATE_TURNS.describe(name), e);
    } catch (KafkaException e) {
      throw new Unanswered("making topic %s failed: %s".formatted(name, Calls.oneLine(e)), e);
    }
  }

  /** The broker that answers may not know it yet. */
  private Optional<TopicDescription> afterMaking(Deadline deadline) throws Unanswered {
    while (true) {
      Optional<TopicDescription> found = describe(deadline);
      if (found.isPresent()) {
        return found;
      }
      if (deadline.remaining().compareTo(UNTIL_KNOWN) <= 0) {
        throw new Unanswered("topic %s was made, and isn't known yet".formatted(name));
      }
      Pause.of(UNTIL_KNOWN);
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
