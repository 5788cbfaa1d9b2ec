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
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/**
 * Reads the partition of turns from its beginning, once, and then what is new. What has been read
 * and not been taken stays, so that a read that didn't come to its end loses nothing.
 */
final class TurnsReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int SHORT_WAIT_MS = 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final List<Placed> read = new ArrayList<>();
  private boolean begun;
  private long next;

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
    consuming.put(ConsumerConfig.CLIENT_ID_CONFIG, ClientSettings.OF_TURNS);
    consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // a request that waits at the broker holds up the next one
    consuming.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_WAIT_MS);
    this.consumer = NewClient.of(settings, () -> new KafkaConsumer<>(consuming));
    consumer.assign(List.of(partition));
  }

  /** Reads to the end that the leader tells now. */
  void toEnd(Deadline deadline) throws Unanswered {
    orLost(
        () -> {
          begin(deadline);
          long end = told(consumer.endOffsets(List.of(partition), deadline.remaining()));
          if (end < next) { // a leader tells no end before one that was told
            throw lost(null);
          }
          // under a leader who is new to this client, it asks whether what was read stands there
          keep(consumer.poll(Duration.ZERO));
          to(end, deadline);
        });
  }

  /**
   * Reads to beyond the offset of a record that was written just now. Whatever stands before it, of
   * those records that were acknowledged before it was, is read then, whoever leads: a record is
   * acknowledged when all before it are.
   */
  void beyond(long offset, Deadline deadline) throws Unanswered {
    orLost(
        () -> {
          begin(deadline);
          if (offset < next) { // it stands where something else was read
            throw lost(null);
          }
          to(offset + 1, deadline);
        });
  }

  private interface Reading {
    void run() throws Unanswered;
  }

  private void orLost(Reading reading) throws Unanswered {
    try {
      reading.run();
    } catch (InvalidOffsetException e) {
      throw lost(e);
    }
  }

  private Lost lost(Throwable cause) {
    return new Lost(
        "topic %s has lost records, or was made anew: what stood there isn't known any more; asking once more"
            .formatted(partition.topic()),
        cause);
  }

  /** The offset that a broker told; with no time left, Kafka's client asks nobody. */
  private long told(Map<TopicPartition, Long> offsets) throws Unanswered {
    Long offset = offsets.get(partition);
    if (offset == null) {
      throw new Unanswered("reading topic %s got no answer in time".formatted(partition.topic()));
    }
    return offset;
  }

  private void begin(Deadline deadline) throws Unanswered {
    if (!begun) {
      long first = told(consumer.beginningOffsets(List.of(partition), deadline.remaining()));
      consumer.seek(partition, first);
      begun = true;
    }
  }

  private void to(long end, Deadline deadline) throws Unanswered {
    while (consumer.position(partition, deadline.remaining()) < end) {
      if (deadline.hasPassed()) {
        throw new Unanswered(
            "reading topic %s got to offset %d of %d in time"
                .formatted(partition.topic(), next, end));
      }
      Duration wait = deadline.remaining();
      keep(consumer.poll(wait.compareTo(POLL) < 0 ? wait : POLL));
    }
  }

  private void keep(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read.add(placed(record));
      next = record.offset() + 1;
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

  /** Whether anything has been read since the last time. */
  boolean hasRead() {
    return !read.isEmpty();
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
    try {
      consumer.close(AdminClusterProbe.NO_TIME);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt(); // it is closed all the same
    }
  }
}
