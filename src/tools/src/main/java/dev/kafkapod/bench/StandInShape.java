package dev.kafkapod.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How big a stand-in cluster is, and what lies where: topics of equal size, three replicas on
 * consecutive brokers, leaders spread evenly.
 *
 * @param brokers at least {@link #REPLICATION_FACTOR}; their node ids start at 0
 * @param topics 1 to 2,000
 * @param partitionsPerTopic at least 1
 * @param shrunken partitions whose last replica isn't in sync, spread evenly over up to {@link
 *     #SHRUNKEN_TOPICS} topics
 */
record StandInShape(int brokers, int topics, int partitionsPerTopic, int shrunken) {

  static final int REPLICATION_FACTOR = 3;
  static final int SHRUNKEN_TOPICS = 100;

  private static final List<String> DOMAINS =
      words(
          """
          billing catalog fraud identity inventory loyalty marketing orders
          payments pricing reporting returns search sessions shipping support
          telemetry wallet warehouse web
          """);
  private static final List<String> ENTITIES =
      words(
          """
          account address basket campaign card claim coupon customer device
          invoice item ledger message offer order parcel price product refund
          review shipment stock supplier ticket visit
          """);
  private static final List<String> KINDS = words("created.v1 updated.v2 deleted.v1 snapshot.v3");

  StandInShape {
    if (brokers < REPLICATION_FACTOR || topics < 1 || partitionsPerTopic < 1 || shrunken < 0) {
      throw new IllegalArgumentException(
          "a stand-in needs %d brokers or more and a partition, got %d brokers, %d topics, %d partitions a topic, %d shrunken"
              .formatted(REPLICATION_FACTOR, brokers, topics, partitionsPerTopic, shrunken));
    }
    if (topics > DOMAINS.size() * ENTITIES.size() * KINDS.size()) {
      throw new IllegalArgumentException("there are no names for " + topics + " topics");
    }
    int places = Math.min(topics, SHRUNKEN_TOPICS);
    if (shrunken % places != 0 || shrunken / places > partitionsPerTopic) {
      throw new IllegalArgumentException(
          "%d shrunken partitions can't be spread evenly over %d topics of %d partitions"
              .formatted(shrunken, places, partitionsPerTopic));
    }
  }

  /**
   * A cluster of six brokers, with topics as big as clusters of that size have them: a few
   * partitions each in small ones, 100 in big ones.
   */
  static StandInShape of(int partitions, int shrunken) {
    int each = partitions >= 100_000 ? 100 : partitions >= 10_000 ? 25 : 10;
    return new StandInShape(6, partitions / each, each, shrunken);
  }

  int partitions() {
    return topics * partitionsPerTopic;
  }

  /**
   * Words rather than numbers: names that differ in a few digits have hash codes so close that the
   * client's map of partitions degenerates, which isn't what is measured.
   */
  String topic(int number) {
    int kind = number / (DOMAINS.size() * ENTITIES.size());
    return "%s.%s.%s"
        .formatted(
            DOMAINS.get(number % DOMAINS.size()),
            ENTITIES.get(number / DOMAINS.size() % ENTITIES.size()),
            KINDS.get(kind));
  }

  /** The node ids that hold a partition, its leader first. */
  List<Integer> replicas(int topic, int partition) {
    List<Integer> replicas = new ArrayList<>();
    for (int i = 0; i < REPLICATION_FACTOR; i++) {
      replicas.add((topic + partition + i) % brokers);
    }
    return replicas;
  }

  /** Those of the replicas that are in sync. */
  List<Integer> isr(int topic, int partition) {
    List<Integer> replicas = replicas(topic, partition);
    return isShrunken(topic, partition) ? replicas.subList(0, replicas.size() - 1) : replicas;
  }

  /** How many topics have a shrunken partition. */
  int shrunkenTopics() {
    return shrunken == 0 ? 0 : Math.min(topics, SHRUNKEN_TOPICS);
  }

  private boolean isShrunken(int topic, int partition) {
    int places = Math.min(topics, SHRUNKEN_TOPICS);
    int stride = topics / places;
    return topic % stride == 0 && topic / stride < places && partition < shrunken / places;
  }

  /** As arguments of the stand-in's process. */
  List<String> arguments() {
    return List.of(
        String.valueOf(brokers),
        String.valueOf(topics),
        String.valueOf(partitionsPerTopic),
        String.valueOf(shrunken));
  }

  static StandInShape parse(String... arguments) {
    return new StandInShape(
        Integer.parseInt(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
  }

  private static List<String> words(String text) {
    return text.lines().flatMap(Pattern.compile(" ")::splitAsStream).toList();
  }
}
