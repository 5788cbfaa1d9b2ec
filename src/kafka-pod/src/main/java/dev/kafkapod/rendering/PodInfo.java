package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the pod: options, then the variables that manifests commonly set, then the files
 * of a downward API volume.
 */
public final class PodInfo {

  /** {@code key="value"}, as the kubelet writes metadata.labels. */
  private static final Pattern ZONE_LABEL =
      Pattern.compile("(?m)^topology\\.kubernetes\\.io/zone=\"([^\"]*)\"$");

  private final Map<String, String> environment;
  private final Path files;

  /**
   * A pod.
   *
   * @param files the folder of a downward API volume, with a file for each of name, namespace, ip,
   *     service, zone, cluster and rack, or labels; need not exist
   */
  public PodInfo(Map<String, String> environment, Path files) {
    this.environment = Map.copyOf(environment);
    this.files = Objects.requireNonNull(files);
  }

  /** The pod's name: unless a manifest says it, the host's name is the pod's. */
  public Optional<String> name() {
    return variable("POD_NAME").or(() -> file("name")).or(() -> variable("HOSTNAME"));
  }

  public Optional<String> namespace() {
    return variable("POD_NAMESPACE").or(() -> file("namespace"));
  }

  public Optional<String> ip() {
    return variable("POD_IP").or(() -> file("ip"));
  }

  /** The zone: a file of that name, or the label that newer Kubernetes copies from the node. */
  public Optional<String> zone() {
    return file("zone")
        .or(
            () ->
                TextFile.read(files.resolve("labels"))
                    .map(labels -> ZONE_LABEL.matcher(labels.text()))
                    .filter(Matcher::find)
                    .map(label -> label.group(1))
                    .filter(it -> !it.isBlank()));
  }

  /** What a file of this name says: service, cluster or rack. */
  public Optional<String> file(String name) {
    return TextFile.read(files.resolve(name))
        .map(it -> it.text().strip())
        .filter(it -> !it.isEmpty());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }

  /** The Kafka cluster's id, by the name that the apache/kafka image has given it. */
  public Optional<String> clusterId() {
    return variable("CLUSTER_ID");
  }

  /** Names separated by commas. */
  public static List<String> names(String value) {
    return KafkaList.of(value);
  }
}
