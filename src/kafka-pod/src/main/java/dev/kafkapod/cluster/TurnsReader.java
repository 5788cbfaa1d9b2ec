package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.turnformat.TurnRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads the partition of turns from its beginning, once, and then what is new. What has been read
 * and not been taken stays, so that a read that didn't come to its end loses nothing.
 */
final class TurnsReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final List<Placed> read = new ArrayList<>();

  /** The topic has lost records that were read, or is another one of the same name. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    Lost(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A record and where it stands. */
  record Placed(long offset, Instant timestamp, TurnRecord record) {}

  TurnsReader(ClientSettings settings, TopicPartition partition, Duration timeout)
      throws Unanswered {
    this.partition = partition;
    Map<String, Object> consuming = settings.forConsumer(settings.bootstrap(), timeout);
    consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consuming.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
    this.consumer = NewClient.of(settings, () -> new KafkaConsumer<>(consuming));
    consumer.assign(List.of(partition));
  }

  /** Reads to the end that the leader tells now. */
  void toEnd(Deadline deadline) throws Unanswered {
    begin(deadline);
    long end = consumer.endOffsets(List.of(partition), deadline.remaining()).get(partition);
    to(end, deadline);
  }

  /**
   * Reads to beyond an offset. Whatever stands before it, of those records that were acknowledged
   * before it was, is read then, whoever leads: a record is acknowledged when all before it are.
   */
  void beyond(long offset, Deadline deadline) throws Unanswered {
    begin(deadline);
    to(offset + 1, deadline);
  }

  private boolean begun;

  private void begin(Deadline deadline) {
    if (!begun) {
      long first =
          consumer.beginningOffsets(List.of(partition), deadline.remaining()).get(partition);
      consumer.seek(partition, first);
      begun = true;
    }
  }

  private void to(long end, Deadline deadline) throws Unanswered {
    try {
      while (consumer.position(partition, deadline.remaining()) < end) {
        if (deadline.hasPassed()) {
          throw new Unanswered(
              "reading topic %s got to offset %d of %d in time"
                  .formatted(
                      partition.topic(), consumer.position(partition, deadline.remaining()), end));
        }
        Duration wait = deadline.remaining();
        consumer
            .poll(wait.compareTo(POLL) < 0 ? wait : POLL)
            .forEach(record -> read.add(placed(record)));
      }
    } catch (InvalidOffsetException e) {
      throw new Lost(
          "topic %s has lost records, or was made anew: what stood there isn't known any more; asking once more"
              .formatted(partition.topic()),
          e);
    }
  }

  private static Placed placed(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return new Placed(
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        new TurnRecord(
            text(record.key()),
            Optional.ofNullable(record.value()).map(TurnsReader::text),
            headers));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** What has been read since the last time. */
  List<Placed> take() {
    List<Placed> taken = List.copyOf(read);
    read.clear();
    return taken;
  }

  @Override
  @SuppressWarnings(
      "deprecation") // its successor takes CloseOptions, which kafka-clients has only from 4.1 on
  public void close() {
    consumer.close(AdminClusterProbe.NO_TIME);
  }
}
