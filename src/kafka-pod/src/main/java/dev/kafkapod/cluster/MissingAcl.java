package dev.kafkapod.cluster;

/** The permissions that the probe's principal needs, and what it can't tell without each. */
enum MissingAcl {
  CLUSTER_ACTION("ClusterAction", "Cluster 'kafka-cluster'", "--cluster", "which controller leads"),
  DESCRIBE_CLUSTER(
      "Describe", "Cluster 'kafka-cluster'", "--cluster", "whether the answers are fresh"),
  DESCRIBE_LOG_DIRS(
      "Describe", "Cluster 'kafka-cluster'", "--cluster", "how many bytes replicas have"),
  DESCRIBE_TOPIC("Describe", "Topic '*'", "--topic '*'", "which topics are hidden from it"),
  DESCRIBE_CONFIGS_TOPIC(
      "DescribeConfigs", "Topic '*'", "--topic '*'", "topics' min.insync.replicas"),
  DESCRIBE_TURNS("Describe", "Topic '%s'", "--topic '%s'", "whose turn it is"),
  DESCRIBE_CONFIGS_TURNS(
      "DescribeConfigs", "Topic '%s'", "--topic '%s'", "whether that topic's order is a lock"),
  READ_TURNS("Read", "Topic '%s'", "--topic '%s'", "whose turn it is"),
  WRITE_TURNS("Write", "Topic '%s'", "--topic '%s'", "whether its turn has come"),
  CREATE_TURNS(
      "Create",
      "Topic '%s'",
      "--topic '%s'",
      "whose turn it is, because there is no such topic yet");

  private final String operation;
  private final String resource;
  private final String option;
  private final String blindness;

  MissingAcl(String operation, String resource, String option, String blindness) {
    this.operation = operation;
    this.resource = resource;
    this.option = option;
    this.blindness = blindness;
  }

  /** The same of one topic. */
  String describe(String topic) {
    return describe().replace("%s", topic);
  }

  /** The problem and its remedy in one line. */
  String describe() {
    return "the probe's principal lacks the ACL %s on %s, without which it can't tell %s; grant it with kafka-acls.sh --add --operation %s %s"
        .formatted(operation, resource, blindness, operation, option);
  }
}
