package dev.kafkapod.rendering;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.settings.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the names in {@code ${name}} stand for in this pod. */
final class Names {

  private static final String ENVIRONMENT = "env.";

  private final Map<String, Name> names = new LinkedHashMap<>();
  private final Map<String, String> environment;

  /**
   * A name's meaning.
   *
   * @param remedy how to give it a value, where it has none
   */
  private record Name(Optional<String> value, String remedy) {}

  private Names(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The names of a pod.
   *
   * @param nodeId the node id, where the settings name one outright
   * @param stretch whether the rack names the Kubernetes cluster, too
   * @param bind where clients are served where nobody has written a listener
   */
  static Names of(
      PodIdentity pod,
      Optional<String> nodeId,
      boolean stretch,
      BindAddress bind,
      Map<String, String> environment) {
    Names names = new Names(environment);
    String ordinalRemedy =
        pod.podName().isEmpty()
            ? "set POD_NAME to the pod's metadata.name"
            : "the pod's name '%s' doesn't end in one; set POD_NAME to the metadata.name of a StatefulSet's pod"
                .formatted(pod.podName().get());
    Optional<String> ordinal = pod.ordinal().map(String::valueOf);
    names.put("ordinal", ordinal, ordinalRemedy);
    names.put(
        "node.id",
        nodeId.or(() -> pod.nodeId().map(String::valueOf)),
        "it is KAFKA_POD_NODE_ID_BASE plus the pod's ordinal: "
            + ordinalRemedy
            + ", or set KAFKA_NODE_ID");
    names.put("pod.name", pod.podName(), "set POD_NAME to the pod's metadata.name");
    names.put("statefulset", pod.statefulSet(), ordinalRemedy);
    names.put(
        "pod.namespace", pod.namespace(), "set POD_NAMESPACE to the pod's metadata.namespace");
    names.put("pod.ip", pod.ip(), "set POD_IP to the pod's status.podIP");
    names.put("service", pod.service(), "set KAFKA_POD_SERVICE to the headless Service's name");
    names.put("zone", pod.zone(), "set KAFKA_POD_ZONE to the availability zone");
    names.put("cluster", pod.cluster(), "set KAFKA_POD_CLUSTER to the Kubernetes cluster's name");
    names.put(
        "rack",
        pod.rack().or(() -> rack(pod, stretch)),
        stretch
            ? "it is the zone and the cluster; set KAFKA_POD_ZONE and KAFKA_POD_CLUSTER, or KAFKA_POD_RACK"
            : "it is the zone; set KAFKA_POD_ZONE, or KAFKA_POD_RACK");
    names.put("bind", Optional.of(bind.host()), "set KAFKA_POD_BIND to an address");
    return names;
  }

  private static Optional<String> rack(PodIdentity pod, boolean stretch) {
    return stretch
        ? pod.zone().flatMap(zone -> pod.cluster().map(cluster -> zone + "/" + cluster))
        : pod.zone();
  }

  private void put(String name, Optional<String> value, String remedy) {
    names.put(name, new Name(value, remedy));
  }

  boolean exists(String name) {
    return names.containsKey(name) || isVariable(name);
  }

  /** The value of a name; empty if it has none in this pod. */
  Optional<String> value(String name) {
    return isVariable(name)
        ? Optional.ofNullable(environment.get(name.substring(ENVIRONMENT.length())))
            .filter(it -> !it.isEmpty())
        : Optional.ofNullable(names.get(name)).flatMap(Name::value);
  }

  /** Whether nobody may see the name's value. */
  boolean isSecret(String name) {
    return isVariable(name)
        && (Secrets.isSecretVariable(name.substring(ENVIRONMENT.length()))
            || value(name).filter(Secrets::isSecretText).isPresent());
  }

  /** How to give the name a value. */
  String remedy(String name) {
    return isVariable(name)
        ? "set the variable " + name.substring(ENVIRONMENT.length())
        : names.get(name).remedy();
  }

  /** For a name that doesn't exist: what was probably meant, or what there is. */
  Object suggestion(String name) {
    return Nearest.to(name, names.keySet())
        .<Object>map(it -> Nearest.question("${" + it + "}"))
        .orElse(
            new Problems.Harmless(
                "choose from "
                    + String.join(", ", names.keySet())
                    + ", env.VARIABLE, or write $${ for a literal ${"));
  }

  private static boolean isVariable(String name) {
    return name.startsWith(ENVIRONMENT) && name.length() > ENVIRONMENT.length();
  }
}
