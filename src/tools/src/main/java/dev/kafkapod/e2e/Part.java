package dev.kafkapod.e2e;

/** One of the things to try, on a Kafka cluster that is up and ready, and that it leaves so. */
interface Part {
  void run(Stage stage);
}
