package dev.kafkapod.e2e;

/**
 * One Kubernetes cluster's part of a Kafka cluster, played by a namespace.
 *
 * @param namespace made for it, and removed with it
 * @param overlay in {@code deploy/overlays}
 * @param brokers how many the StatefulSet kafka has; 0 if there is none
 */
record Site(String namespace, String overlay, int brokers) {

  /** The brokers' StatefulSet, as pods' events name it. */
  String set() {
    return namespace + "/kafka";
  }
}
