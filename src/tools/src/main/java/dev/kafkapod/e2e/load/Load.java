package dev.kafkapod.e2e.load;

import dev.kafkapod.e2e.load.LoadLine.Look;
import dev.kafkapod.e2e.load.LoadLine.Result;
import dev.kafkapod.e2e.load.LoadLine.Sends;
import dev.kafkapod.e2e.load.LoadLine.Trouble;
import dev.kafkapod.tryout.IsrWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes a topic, sends numbered messages to it with acks=all, reads them all back, and looks at the
 * topic's ISRs, until a file says stop. What it sees it prints, as lines of {@link LoadLine}.
 */
public final class Load {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final int BYTES = 500;

  private final String bootstrap;
  private final String topic;
  private final int partitions;
  private final Ledger ledger = new Ledger();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean sending = true;
  private volatile boolean reading = true;
  private int shown;

  private Load(String bootstrap, String topic, int partitions) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.partitions = partitions;
  }

  /**
   * Runs until the file is there, at most for an hour.
   *
   * @param args bootstrap servers, topic, partitions, replicas, min ISR, milliseconds from one
   *     message to the next, and the file that says stop
   */
  public static void main(String[] args) throws Exception {
    Load load = new Load(args[0], args[1], Integer.parseInt(args[2]));
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            args[0],
            "request.timeout.ms",
            3000,
            "default.api.timeout.ms",
            10_000,
            "enable.metrics.push",
            false);
    try (Admin admin = Admin.create(client)) {
      load.createTopic(admin, Short.parseShort(args[3]), args[4]);
      load.run(
          admin, Integer.parseInt(args[4]), Duration.ofMillis(Long.parseLong(args[5])), args[6]);
    }
  }

  private void createTopic(Admin admin, short replicas, String minIsr) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, partitions, replicas).configs(Map.of("min.insync.replicas", minIsr));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        admin.createTopics(List.of(wanted)).all().get();
        return;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicExistsException) {
          return;
        }
        if (System.nanoTime() > end) {
          throw new IllegalStateException("can't make the topic " + topic, e.getCause());
        }
        Thread.sleep(1000);
      }
    }
  }

  private void run(Admin admin, int minIsr, Duration pause, String stop) throws Exception {
    long begun = System.currentTimeMillis();
    Thread sender = thread("sender", () -> send(pause));
    Thread reader = thread("reader", this::read);
    IsrWatch watch = new IsrWatch(() -> admin, Map.of(topic, minIsr));
    try (watch) {
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int round = 0; !Files.exists(Path.of(stop)) && System.nanoTime() < end; round++) {
        show(watch, begun);
        if (round % 10 == 0) {
          print(new Sends(now(), ledger.acknowledgedCount(), failed.get(), ledger.readCount()));
        }
        Thread.sleep(200);
      }
      sending = false;
      sender.join();
      long until = System.nanoTime() + CATCH_UP.toNanos();
      while (ledger.missing() > 0 && System.nanoTime() < until) {
        Thread.sleep(100);
      }
      reading = false;
      reader.join();
    }
    show(watch, begun);
    List<IsrWatch.Look> looks = watch.looks();
    long longest =
        IntStream.range(1, looks.size())
            .mapToLong(i -> looks.get(i).atMillis() - looks.get(i - 1).atMillis())
            .max()
            .orElse(now() - begun);
    print(
        new Result(
            now(),
            ledger.acknowledgedCount(),
            failed.get(),
            ledger.missing(),
            ledger.duplicates(),
            looks.size(),
            longest));
  }

  /** Prints the looks since the last time that differ from the one before. */
  private void show(IsrWatch watch, long begun) {
    List<IsrWatch.Look> looks = watch.looks();
    for (; shown < looks.size(); shown++) {
      Look look = look(looks.get(shown), begun);
      if (shown == 0 || !numbers(look).equals(numbers(look(looks.get(shown - 1), begun)))) {
        print(look);
      }
    }
  }

  private static Look look(IsrWatch.Look seen, long begun) {
    return new Look(
        begun + seen.atMillis(),
        seen.underReplicated(),
        seen.atMinIsr(),
        seen.underMinIsr(),
        seen.offline());
  }

  private static List<Integer> numbers(Look look) {
    return List.of(look.underReplicated(), look.atMinIsr(), look.underMinIsr(), look.offline());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback gets what the future would have
  private void send(Duration pause) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "acks",
            "all",
            "delivery.timeout.ms",
            (int) PATIENCE.toMillis(),
            "max.block.ms",
            PATIENCE.toMillis(),
            "request.timeout.ms",
            10_000,
            "linger.ms",
            5,
            "enable.metrics.push",
            false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int number = 0; sending; number++) {
        int sent = number;
        byte[] value =
            Arrays.copyOf(Integer.toString(sent).getBytes(StandardCharsets.UTF_8), BYTES);
        producer.send(
            new ProducerRecord<>(topic, sent % partitions, null, value),
            (metadata, failure) -> {
              if (failure == null) {
                ledger.acknowledged(sent);
              } else {
                failed(failure);
              }
            });
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception failure) {
    if (failed.getAndIncrement() == 0) {
      print(new Trouble(now(), failure.toString()));
    }
  }

  private void read() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "enable.metrics.push", false);
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(it -> new TopicPartition(topic, it)).toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (reading) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          ledger.read(Integer.parseInt(new String(message.value(), StandardCharsets.UTF_8).trim()));
        }
      }
    } catch (RuntimeException e) {
      print(new Trouble(now(), "the consumer gave up: " + e));
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static synchronized void print(LoadLine line) {
    System.out.println(line.text());
  }
}
