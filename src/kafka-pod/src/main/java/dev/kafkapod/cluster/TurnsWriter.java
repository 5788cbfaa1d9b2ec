package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.turnformat.TurnRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Appends to the partition of turns: acks=all, idempotent, one record at a time. A record's fate
 * may stay unknown: what it may yet write is told by its sequence.
 *
 * <p>It is for one record, and closed then. A producer always lets brokers make a topic that it
 * asks for, and asks again every few minutes: one that is kept would make the topic with the
 * brokers' own settings some time after somebody has deleted it.
 */
final class TurnsWriter implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicPartition partition;

  TurnsWriter(
      ClientSettings settings, TopicPartition partition, Duration timeout, Deadline deadline)
      throws Unanswered {
    this.partition = partition;
    Map<String, Object> producing = settings.forProducer(timeout);
    producing.put(ProducerConfig.CLIENT_ID_CONFIG, ClientSettings.OF_TURNS);
    producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) deadline.remainingMillis());
    this.producer = NewClient.of(settings, () -> new KafkaProducer<>(producing));
  }

  /** Appends a record; returns its offset once all in-sync replicas have it. */
  long append(TurnRecord record, Deadline deadline) throws Unanswered {
    String call = "writing to topic " + partition.topic();
    List<Header> headers =
        record.headers().entrySet().stream()
            .map(it -> (Header) new RecordHeader(it.getKey(), bytes(it.getValue())))
            .toList();
    Future<RecordMetadata> written =
        producer.send(
            new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                bytes(record.key()),
                record.value().map(TurnsWriter::bytes).orElse(null),
                headers));
    try {
      RecordMetadata metadata = written.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      if (!metadata.hasOffset()) {
        throw new Unanswered(call + " succeeded, but where the record stands wasn't told", null);
      }
      return metadata.offset();
    } catch (TimeoutException e) {
      throw new Unanswered(call + " got no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered(call + " was interrupted", e);
    } catch (ExecutionException e) {
      KafkaException refusal = Calls.refusal(e.getCause(), call);
      throw refusal;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Its thread may hang on a broker that does: nobody waits for that. */
  @Override
  public void close() {
    Thread closing = new Thread(() -> producer.close(Duration.ZERO), "kafka-pod-closes-producer");
    closing.setDaemon(true);
    closing.start();
  }
}
