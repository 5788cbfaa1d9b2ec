package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import java.util.List;
import java.util.function.Consumer;

/** Edits after which some nodes take no turns with their stops, or can't. */
final class TurnsEdits {

  private static final String AGREE = "stops take turns, or none does";
  private static final String FIND = "controllers find the turns";
  private static final String BROKERS = "single: StatefulSet kafka: ";
  private static final String CONTROLLERS = "single: StatefulSet kafka-controller: ";
  private static final String SERVERS = "KAFKA_POD_TURNS_BOOTSTRAP_SERVER";

  private TurnsEdits() {}

  static List<Edit> all() {
    return List.of(
        ofControllers(
            AGREE,
            it -> PodEdits.set(it, "KAFKA_POD_TURNS", "off"),
            "KAFKA_POD_TURNS must be that of StatefulSet kafka (on), because stops that take no turns don't wait for those that do, got off; write it once, in ConfigMap kafka-cluster"),
        ofControllers(
            AGREE,
            it -> PodEdits.set(it, "KAFKA_POD_TURNS", ""),
            "KAFKA_POD_TURNS must be that of StatefulSet kafka (on), because stops that take no turns don't wait for those that do, got off; write it once, in ConfigMap kafka-cluster"),
        ofControllers(
            AGREE,
            it -> PodEdits.set(it, "KAFKA_POD_TURNS_TOPIC", "stops"),
            "KAFKA_POD_TURNS_TOPIC must be that of StatefulSet kafka (kafka-pod-stops), because stops that take no turns don't wait for those that do, got stops; write it once, in ConfigMap kafka-cluster"),
        ofControllers(
            AGREE,
            it ->
                it.kafka()
                    .getEnv()
                    .add(
                        new EnvVar(
                            "KAFKA_POD_TURNS",
                            null,
                            new EnvVarSourceBuilder()
                                .withNewConfigMapKeyRef("turns", "other", false)
                                .build())),
            "KAFKA_POD_TURNS must be written as a value, because all StatefulSets must have the same, got a reference; write it in ConfigMap kafka-cluster"),
        Edit.ofBrokers(
            AGREE,
            it -> HookEdits.hook(it, HookEdits.command("--max-wait=10m", "--turns=off")),
            BROKERS
                + "lifecycle.preStop: --turns must be that of KAFKA_POD_TURNS (on), which the agent reads, too, got off; leave the option out"),
        ofControllers(
            FIND,
            it -> it.kafka().getEnv().removeIf(variable -> variable.getName().equals(SERVERS)),
            "KAFKA_POD_TURNS_BOOTSTRAP_SERVER must name brokers, because they keep the turns, and a controller knows none, got none; set it, for example to kafka:19090"),
        ofControllers(
            FIND,
            it -> PodEdits.set(it, SERVERS, " "),
            "KAFKA_POD_TURNS_BOOTSTRAP_SERVER must name brokers, because they keep the turns, and a controller knows none, got none; set it, for example to kafka:19090"),
        ofControllers(
            FIND,
            it -> PodEdits.set(it, SERVERS, "kafka-controller.kafka.svc:19093"),
            "KAFKA_POD_TURNS_BOOTSTRAP_SERVER must name brokers and a port of theirs, got kafka-controller.kafka.svc:19093, which leads to none; correct it, for example to kafka:19090"),
        ofControllers(
            FIND,
            it -> PodEdits.set(it, SERVERS, "kafka-controller-0.kafka-controller:19093"),
            "KAFKA_POD_TURNS_BOOTSTRAP_SERVER must name brokers and a port of theirs, got kafka-controller-0.kafka-controller:19093, which leads to none; correct it, for example to kafka:19090"),
        ofControllers(
            FIND,
            it -> PodEdits.set(it, SERVERS, "kafka.kafka:9092,kafka:19090"),
            "KAFKA_POD_TURNS_BOOTSTRAP_SERVER must name brokers and a port of theirs, got kafka.kafka:9092, which leads to none; correct it, for example to kafka:19090"));
  }

  private static Edit ofControllers(String rule, Consumer<Nodes> edit, String message) {
    return Edit.of(
        rule, overlay -> edit.accept(overlay.nodes("kafka-controller")), CONTROLLERS + message);
  }
}
