package dev.kafkapod.packaging;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the image has on top of its base, laid out in a directory.
 *
 * @param root what will be {@code /}
 */
record ImageTree(Path root) {

  ImageTree {
    root = root.toAbsolutePath().normalize();
  }

  /** {@code /opt/kafka-pod}. */
  Path pod() {
    return root.resolve("opt/kafka-pod");
  }

  /**
   * The environment in which its programs run from where they lie: its own Java and Kafka, and a
   * directory for everything that they write.
   */
  Map<String, String> environment(Path scratch) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", root.resolve("opt/java").toString());
    environment.put("KAFKA_HOME", root.resolve("opt/kafka").toString());
    environment.put("KAFKA_POD_RUN_DIR", scratch.resolve("run").toString());
    environment.put("KAFKA_POD_RENDER_TO", scratch.resolve("config").toString());
    environment.put("KAFKA_POD_MOUNTED_DIR", scratch.resolve("mounted").toString());
    environment.put("LOG_DIR", scratch.resolve("logs").toString());
    return environment;
  }

  /** A node that is its own controller, on loopback ports, as the apache/kafka image is told. */
  static Map<String, String> singleNode(Path scratch, int clientPort, int controllerPort) {
    return Map.of(
        "KAFKA_NODE_ID",
        "1",
        "KAFKA_PROCESS_ROLES",
        "broker,controller",
        "KAFKA_LISTENERS",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clientPort, controllerPort),
        "KAFKA_ADVERTISED_LISTENERS",
        "PLAINTEXT://127.0.0.1:" + clientPort,
        "KAFKA_CONTROLLER_LISTENER_NAMES",
        "CONTROLLER",
        "KAFKA_CONTROLLER_QUORUM_VOTERS",
        "1@127.0.0.1:" + controllerPort,
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR",
        "1",
        "KAFKA_LOG_DIRS",
        scratch.resolve("data").toString());
  }
}
