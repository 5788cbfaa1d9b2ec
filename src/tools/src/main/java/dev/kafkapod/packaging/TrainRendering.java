package dev.kafkapod.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the archive of loaded classes for those commands of the image that work with Kafka's own
 * classes, {@code render} and {@code storage}: each broker's start waits for them.
 */
public final class TrainRendering {

  private TrainRendering() {}

  /**
   * Leaves {@code lib/kafka-pod-with-kafka.aot} in the image's {@code /opt/kafka-pod}.
   *
   * @param args the directory that will be the image's {@code /}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ImageTree image = new ImageTree(Path.of(args[0]));
    Path archive = image.pod().resolve("lib/kafka-pod-with-kafka.aot");
    Path scratch = Files.createTempDirectory("kafka-pod-training");
    Map<String, String> environment = new HashMap<>(image.environment(scratch));
    environment.putAll(ImageTree.singleNode(scratch, 9092, 9093));
    environment.put("KAFKA_POD_JVM_OPTIONS", "-XX:AOTCacheOutput=" + archive);
    Training.start(List.of(image.pod().resolve("bin/kafka-pod").toString(), "render"), environment)
        .await(0, archive);
  }
}
