package dev.kafkapod.rendering;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who this pod is, as Kubernetes' downward API and the manifest say it; every part may be unknown.
 *
 * @param podName for example kafka-2
 * @param service the name of the headless Service that gives the pod its DNS name
 * @param zone the availability zone
 * @param cluster the Kubernetes cluster's name
 * @param rack what Kafka calls the rack, in place of what follows from zone and cluster
 * @param nodeIdBase what is added to the ordinal, so that two Kubernetes clusters, or virtual
 *     machines beside one, get ids of their own; from 0
 */
public record PodIdentity(
    Optional<String> podName,
    Optional<String> namespace,
    Optional<String> ip,
    Optional<String> service,
    Optional<String> zone,
    Optional<String> cluster,
    Optional<String> rack,
    int nodeIdBase) {

  /** A StatefulSet's pod: its name, and the ordinal, which counts from spec.ordinals.start. */
  private static final Pattern STATEFUL = Pattern.compile("(.+)-(\\d{1,9})");

  public PodIdentity {
    Objects.requireNonNull(podName);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(service);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(cluster);
    Objects.requireNonNull(rack);
    // an IPv6 address stands in brackets wherever a port follows, and a port always does
    ip = ip.map(it -> it.contains(":") && !it.startsWith("[") ? "[" + it + "]" : it);
    if (nodeIdBase < 0) {
      throw new IllegalArgumentException("a node id base is at least 0, got " + nodeIdBase);
    }
  }

  /** The number at the end of the pod's name. */
  Optional<Integer> ordinal() {
    return stateful().map(it -> Integer.valueOf(it.group(2)));
  }

  /** The pod's name without its ordinal. */
  Optional<String> statefulSet() {
    return stateful().map(it -> it.group(1));
  }

  /** The node id; empty without an ordinal, or beyond Kafka's range (a signed 32-bit number). */
  Optional<Integer> nodeId() {
    Optional<Integer> ordinal = ordinal();
    if (ordinal.isEmpty()) {
      return ordinal;
    }
    long id = (long) ordinal.get() + nodeIdBase;
    return id <= Integer.MAX_VALUE ? Optional.of((int) id) : Optional.empty();
  }

  private Optional<Matcher> stateful() {
    return podName.map(STATEFUL::matcher).filter(Matcher::matches);
  }
}
