package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Edits of where pods run, how they are found, and what they are told. */
final class PodEdits {

  private static final String SET = "single: StatefulSet kafka: ";

  private PodEdits() {}

  static List<Edit> all() {
    return Stream.of(placement(), network(), environment()).flatMap(List::stream).toList();
  }

  private static List<Edit> placement() {
    String labels = "{app.kubernetes.io/component=broker, app.kubernetes.io/name=kafka}";
    String apart =
        SET
            + "podAntiAffinity must require another kubernetes.io/hostname than that of pods with its own labels %s, because a node's loss would cost several, and doesn't; set it"
                .formatted(labels);
    String spread =
        SET
            + "topologySpreadConstraints must spread pods with its own labels %s over topology.kubernetes.io/zone with maxSkew 1 and DoNotSchedule, because a zone's loss would cost more than its share, and don't; set them"
                .formatted(labels);
    return List.of(
        Edit.ofBrokers("no two on one Kubernetes node", it -> it.pod().setAffinity(null), apart),
        Edit.ofBrokers(
            "no two on one Kubernetes node",
            it ->
                it.pod()
                    .getAffinity()
                    .getPodAntiAffinity()
                    .getRequiredDuringSchedulingIgnoredDuringExecution()
                    .get(0)
                    .getLabelSelector()
                    .setMatchLabels(Map.of("app.kubernetes.io/component", "controller")),
            apart),
        Edit.ofBrokers(
            "zones have even shares",
            it -> it.pod().getTopologySpreadConstraints().get(0).setMaxSkew(2),
            spread),
        Edit.ofBrokers(
            "zones have even shares",
            it ->
                it.pod()
                    .getTopologySpreadConstraints()
                    .get(0)
                    .getLabelSelector()
                    .setMatchLabels(Map.of("app.kubernetes.io/name", "kafka")),
            spread));
  }

  private static List<Edit> network() {
    return List.of(
        Edit.of(
            "pods that aren't ready are found",
            it -> it.service("kafka").getSpec().setPublishNotReadyAddresses(null),
            "single: Service kafka: publishNotReadyAddresses must be true, because brokers that can't be spared aren't ready, and clients would lose them all at once, got null; set it"),
        Edit.of(
            "a Service leads to ports that its pods have",
            it -> it.service("kafka").getSpec().getPorts().get(0).setPort(9092),
            "single: Service kafka: each port must be one of the pods' ([19090, 19092]), got 9092; correct one of the two"),
        Edit.of(
            "a Service leads to ports that its pods have",
            it ->
                it.service("kafka")
                    .getSpec()
                    .getPorts()
                    .get(0)
                    .setTargetPort(new IntOrString("tcp-clients")),
            "single: Service kafka: each port must be one of the pods' ([19090, 19092]), got tcp-clients; correct one of the two"),
        Edit.of(
            "a Service leads to ports that its pods have",
            it -> it.service("kafka").getSpec().setSelector(Map.of("app", "kafka")),
            "single: Service kafka: its selector must select the pods of one StatefulSet, got {app=kafka} (those of none); correct it",
            SET
                + "serviceName must be that of a headless Service which selects its pods, because they would have no names, got kafka; correct it"),
        Edit.of(
            "pods have names of their own",
            it -> it.service("kafka").getSpec().setClusterIP(null),
            SET
                + "serviceName must be that of a headless Service which selects its pods, because they would have no names, got kafka; correct it"),
        Edit.ofBrokers(
            "pods have names of their own",
            it -> it.kafka().getEnv().removeIf(is("KAFKA_POD_SERVICE")),
            SET
                + "KAFKA_POD_SERVICE must be serviceName (kafka), because it is part of what brokers advertise, got none; correct it"),
        Edit.ofBrokers(
            "Services leave no variables",
            it -> it.pod().setEnableServiceLinks(null),
            SET
                + "enableServiceLinks must be false, because a Service called kafka makes variables that look like settings, got null; set it"));
  }

  private static Predicate<EnvVar> is(String variable) {
    return it -> it.getName().equals(variable);
  }

  /** Sets a variable in place of what it was. */
  static void set(Nodes nodes, String variable, String value) {
    nodes.kafka().getEnv().removeIf(is(variable));
    nodes.kafka().getEnv().add(new EnvVar(variable, value, null));
  }

  private static List<Edit> environment() {
    return List.of(
        Edit.ofBrokers(
            "variables are known",
            it -> it.kafka().getEnv().add(new EnvVar("KAFKA_POD_MESH_PORT", "9091-9093", null)),
            SET
                + "a variable KAFKA_POD_… must be one that kafka-pod reads, got KAFKA_POD_MESH_PORT; did you mean KAFKA_POD_MESH_PORTS?"),
        Edit.ofBrokers(
            "commands understand their variables",
            it -> it.kafka().getEnv().add(new EnvVar("KAFKA_POD_GATE", "none", null)),
            SET
                + "probes must understand their variables, got: Invalid value for option '--gate': there is no preset 'none'; choose from startup, balanced, strict (set by KAFKA_POD_GATE); see kafka-pod ready --help"),
        Edit.ofBrokers(
            "time-outs are long enough for the fallback",
            it -> set(it, "KAFKA_POD_PROBE_TIMEOUT", "soon"),
            SET
                + "KAFKA_POD_PROBE_TIMEOUT: must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got 'soon'; write for example 8s"),
        Edit.ofBrokers(
            "no two nodes have one id",
            it -> set(it, "KAFKA_POD_NODE_ID_BASE", "98"),
            "single: StatefulSet kafka-controller: KAFKA_POD_NODE_ID_BASE: its node ids must be its own, got those from 100, and kafka has those from 98, too; change it"),
        Edit.ofBrokers(
            "no two nodes have one id",
            it -> set(it, "POD_NAME", "kafka-0"),
            SET
                + "POD_NAME must be the pod's own name, because its node id follows from it, and isn't; take it from fieldRef metadata.name"),
        Edit.ofBrokers(
            "the image's entrypoint starts the broker",
            it -> it.kafka().setArgs(List.of("kafka-server-start.sh", "/server.properties")),
            SET
                + "the container must run its image's entrypoint, because nothing else guards its disk and starts the agent, got [kafka-server-start.sh, /server.properties]; leave command and args out"),
        Edit.ofBrokers(
            "memory is limited, and reserved",
            it -> it.kafka().getResources().getRequests().put("memory", new Quantity("1Gi")),
            SET
                + "memory must be limited, because the heap follows from the limit, and requested in full, because others would get it, got a limit of 4Gi and a request of 1Gi; set both"),
        Edit.ofBrokers(
            "memory is limited, and reserved",
            it -> it.kafka().setResources(null),
            SET
                + "memory must be limited, because the heap follows from the limit, and requested in full, because others would get it, got a limit of none and a request of none; set both"));
  }
}
