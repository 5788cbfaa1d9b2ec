package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Topics' min.insync.replicas, as the answering broker resolves it: topic, then broker, then
 * cluster, then default.
 *
 * @param values by topic
 * @param unknownTopics those of which the answering broker knows nothing: deleted since they were
 *     listed, or too new for it
 * @param otherProblem why some other topic's value is missing
 * @param observers where observers are, of the topics that have some
 */
record MinIsrLookup(
    Map<String, Integer> values,
    Set<String> unknownTopics,
    Optional<String> otherProblem,
    Map<String, ObserverPlacement> observers) {

  MinIsrLookup {
    values = Map.copyOf(values);
    observers = Map.copyOf(observers);
    unknownTopics = Set.copyOf(unknownTopics);
  }

  /** Of topics without observers. */
  MinIsrLookup(
      Map<String, Integer> values, Set<String> unknownTopics, Optional<String> otherProblem) {
    this(values, unknownTopics, otherProblem, Map.of());
  }

  /** Why some topic's value is missing. */
  Optional<String> problem() {
    return otherProblem.or(
        () ->
            unknownTopics.stream()
                .min(Comparator.naturalOrder())
                .map(
                    topic ->
                        "min.insync.replicas of "
                            + topic
                            + " couldn't be had: the broker that answered doesn't know the topic"));
  }

  /** The same, after more was found out of topics that were unknown. */
  MinIsrLookup completedBy(Map<String, Integer> found, Set<String> gone) {
    Map<String, Integer> all = new HashMap<>(values);
    all.putAll(found);
    Set<String> open = new HashSet<>(unknownTopics);
    open.removeAll(found.keySet());
    open.removeAll(gone);
    return new MinIsrLookup(all, open, otherProblem, observers);
  }

  /**
   * The answer carries all of a topic's settings, about 1.2 KB: asked for in parts, so that it
   * isn't held at once.
   */
  private static final int TOPICS_A_CALL = 500;

  static MinIsrLookup of(Admin admin, Collection<String> topics, Deadline deadline) {
    Map<String, Integer> values = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    Map<String, ObserverPlacement> observers = new HashMap<>();
    Optional<String> problem = Optional.empty();
    List<String> all = new ArrayList<>(topics);
    for (int from = 0; from < all.size(); from += TOPICS_A_CALL) {
      List<String> part = all.subList(from, Math.min(all.size(), from + TOPICS_A_CALL));
      Optional<String> wrong = ask(admin, part, deadline, values, unknown, observers);
      problem = problem.or(() -> wrong);
    }
    return new MinIsrLookup(values, unknown, problem, observers);
  }

  private static Optional<String> ask(
      Admin admin,
      List<String> topics,
      Deadline deadline,
      Map<String, Integer> values,
      Set<String> unknown,
      Map<String, ObserverPlacement> observers) {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Optional<String> problem = Optional.empty();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer :
        admin.describeConfigs(resources).values().entrySet()) {
      String topic = answer.getKey().name();
      try {
        Config config =
            Calls.await(answer.getValue(), "asking for min.insync.replicas of " + topic, deadline);
        values.put(
            topic, Integer.parseInt(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value()));
        ConfigEntry placement = config.get(ObserverPlacement.SETTING);
        if (placement != null) {
          ObserverPlacement.of(placement.value()).ifPresent(it -> observers.put(topic, it));
        }
      } catch (UnknownTopicOrPartitionException e) {
        unknown.add(topic);
      } catch (AuthorizationException e) {
        problem = Optional.of(MissingAcl.DESCRIBE_CONFIGS_TOPIC.describe());
      } catch (KafkaException e) {
        problem =
            Optional.of(
                "min.insync.replicas of " + topic + " couldn't be had: " + Calls.oneLine(e));
      } catch (Unanswered e) {
        problem = Optional.of(e.getMessage());
      }
    }
    return problem;
  }
}
