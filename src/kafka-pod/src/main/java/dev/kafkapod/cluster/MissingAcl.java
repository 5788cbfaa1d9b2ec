package dev.kafkapod.cluster;

/** The permissions that the probe's principal needs, and what it can't tell without each. */
enum MissingAcl {
  CLUSTER_ACTION("ClusterAction", "Cluster 'kafka-cluster'", "--cluster", "which controller leads"),
  DESCRIBE_CLUSTER(
      "Describe", "Cluster 'kafka-cluster'", "--cluster", "whether the answers are fresh"),
  DESCRIBE_TOPIC("Describe", "Topic '*'", "--topic '*'", "which topics are hidden from it"),
  DESCRIBE_CONFIGS_TOPIC(
      "DescribeConfigs", "Topic '*'", "--topic '*'", "topics' min.insync.replicas");

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

  /** The problem and its remedy in one line. */
  String describe() {
    return "the probe's principal lacks the ACL %s on %s, without which it can't tell %s; grant it with kafka-acls.sh --add --operation %s %s"
        .formatted(operation, resource, blindness, operation, option);
  }
}
