package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each pod's environment comes to, once {@code kafka-pod render} has filled in a template. */
class DeployedPodsTest {

  private static final List<String> STRETCH = List.of("stretch-a", "stretch-b", "stretch-witness");

  static KafkaCluster build(List<String> overlays) {
    return new KafkaCluster(overlays.stream().map(Overlay::build).toList());
  }

  static Stream<List<String>> clusters() {
    return Stream.of(List.of("single"), List.of("dev"), STRETCH);
  }

  @Test
  void everyOverlayBelongsToOneOfTheseClusters() {
    assertThat(clusters().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(Overlay.shipped());
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void nodesHaveIdsAndAddressesOfTheirOwnAndValidSettings(List<String> overlays) {
    KafkaCluster cluster = build(overlays);

    assertThat(cluster.problems()).isEmpty();
    cluster.pods().forEach(pod -> RenderedPod.render(pod).isValid());
  }

  private static List<String> summaries(String... overlays) {
    return build(List.of(overlays)).pods().stream()
        .map(RenderedPod::render)
        .map(
            it ->
                "%s: %s %s, rack %s, %s, %s"
                    .formatted(
                        it.pod().name(),
                        it.get("process.roles"),
                        it.get("node.id"),
                        it.get("broker.rack"),
                        it.reachedAt(),
                        it.advertised("MESH")))
        .toList();
  }

  @Test
  void aClusterInOneKubernetesClusterHasThreeBrokersAndThreeControllers() {
    assertThat(summaries("single"))
        .containsExactly(
            "kafka-0: broker 0, rack zone-a, kafka-0.kafka.kafka.svc:19090, 127.0.0.5:9091",
            "kafka-1: broker 1, rack zone-b, kafka-1.kafka.kafka.svc:19090, 127.0.0.5:9092",
            "kafka-2: broker 2, rack zone-c, kafka-2.kafka.kafka.svc:19090, 127.0.0.5:9093",
            "kafka-controller-0: controller 100, rack , kafka-controller-0.kafka-controller.kafka.svc:19093, none",
            "kafka-controller-1: controller 101, rack , kafka-controller-1.kafka-controller.kafka.svc:19093, none",
            "kafka-controller-2: controller 102, rack , kafka-controller-2.kafka-controller.kafka.svc:19093, none");
  }

  @Test
  void aStretchedClusterHasSixRacksAndAControllerAtEachOfThreeSites() {
    assertThat(summaries("stretch-a", "stretch-b", "stretch-witness"))
        .containsExactly(
            "kafka-0: broker 0, rack zone-a/a, kafka-0.kafka.example.com:19090, 127.0.0.5:9091",
            "kafka-1: broker 1, rack zone-b/a, kafka-1.kafka.example.com:19090, 127.0.0.5:9092",
            "kafka-2: broker 2, rack zone-c/a, kafka-2.kafka.example.com:19090, 127.0.0.5:9093",
            "kafka-controller-0: controller 100, rack , controller-100.kafka.example.com:19093, none",
            "kafka-0: broker 3, rack zone-a/b, kafka-3.kafka.example.com:19090, 127.0.0.5:9094",
            "kafka-1: broker 4, rack zone-b/b, kafka-4.kafka.example.com:19090, 127.0.0.5:9095",
            "kafka-2: broker 5, rack zone-c/b, kafka-5.kafka.example.com:19090, 127.0.0.5:9096",
            "kafka-controller-0: controller 101, rack , controller-101.kafka.example.com:19093, none",
            "kafka-controller-0: controller 102, rack , controller-102.kafka.example.com:19093, none");
  }

  @Test
  void allNodesTakeTurnsAndControllersFindThemWithBrokers() {
    assertThat(turns("single"))
        .containsExactly("kafka: on, none", "kafka-controller: on, kafka:19090");
    String both =
        IntStream.range(0, 6)
            .mapToObj("kafka-%d.kafka.example.com:19090"::formatted)
            .collect(Collectors.joining(","));
    assertThat(turns("stretch-a", "stretch-b", "stretch-witness"))
        .containsExactly(
            "kafka: on, none",
            "kafka-controller: on, " + both,
            "kafka: on, none",
            "kafka-controller: on, " + both,
            "kafka-controller: on, " + both);
    assertThat(turns("dev"))
        .as("one node has nobody to wait for")
        .containsExactly("kafka: off, none");
  }

  /** The addresses are those that brokers advertise to each other: see the summaries above. */
  @Test
  void controllersOfAStretchedClusterFindTheTurnsWithBothSidesBrokers() {
    List<RenderedPod> pods = build(STRETCH).pods().stream().map(RenderedPod::render).toList();
    List<String> brokers =
        pods.stream().filter(it -> !it.isController()).map(RenderedPod::reachedAt).toList();

    assertThat(pods)
        .filteredOn(RenderedPod::isController)
        .hasSize(3)
        .allSatisfy(
            it ->
                assertThat(
                        it.pod().environment().get("KAFKA_POD_TURNS_BOOTSTRAP_SERVER").split(","))
                    .containsExactlyElementsOf(brokers));
  }

  private static List<String> turns(String... overlays) {
    return build(List.of(overlays)).nodes().stream()
        .map(
            it ->
                "%s: %s, %s"
                    .formatted(
                        it.set().getMetadata().getName(),
                        it.variable("KAFKA_POD_TURNS").orElse("none"),
                        it.variable("KAFKA_POD_TURNS_BOOTSTRAP_SERVER").orElse("none")))
        .toList();
  }

  @Test
  void theOneToTryIsBrokerAndController() {
    assertThat(summaries("dev"))
        .containsExactly(
            "kafka-0: broker,controller 0, rack zone-a, kafka-0.kafka.kafka.svc:19093, 127.0.0.5:9091");
  }

  @Test
  void withoutAZoneASingleClusterHasNoRacksAndAStretchedOneDoesNotStart() {
    Overlay single = withZone("single", "");
    Overlay stretched = withZone("stretch-a", "");

    RenderedPod broker = RenderedPod.render(single.nodes("kafka").pods().get(0));
    RenderedPod half = RenderedPod.render(stretched.nodes("kafka").pods().get(0));

    broker.isValid();
    assertThat(broker.get("broker.rack")).isEmpty();
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.said()).anyMatch(it -> it.contains("set KAFKA_POD_ZONE and KAFKA_POD_CLUSTER"));
  }

  private static Overlay withZone(String name, String zone) {
    Overlay overlay = Overlay.build(name);
    PodEdits.set(overlay.nodes("kafka"), "KAFKA_POD_ZONE", zone);
    return overlay;
  }

  @Test
  void twoHalvesWithTheSameIdsAreNamed() {
    KafkaCluster cluster = build(STRETCH);
    PodEdits.set(cluster.overlays().get(1).nodes("kafka"), "KAFKA_POD_NODE_ID_BASE", "2");

    assertThat(cluster.problems())
        .containsExactly(
            "stretch-b: kafka-0: its node id must be its own, got 2, which is that of stretch-a: kafka-2, too; change KAFKA_POD_NODE_ID_BASE",
            "stretch-b: kafka-0: must have an address of its own, got kafka-2.kafka.example.com:19090, which is that of stretch-a: kafka-2, too; correct one of the two",
            "stretch-b: kafka-0: kafka-2.kafka.example.com:19090 must lead to it, by its headless Service or a Service with that hostname, got none; correct the Service",
            "stretch-b: kafka-1: kafka-3.kafka.example.com:19090 must lead to it, by its headless Service or a Service with that hostname, got none; correct the Service",
            "stretch-b: kafka-2: kafka-4.kafka.example.com:19090 must lead to it, by its headless Service or a Service with that hostname, got none; correct the Service");
  }

  @Test
  void halvesThatAreToldDifferentThingsAreNamed() {
    KafkaCluster cluster = build(STRETCH);
    Overlay other = cluster.overlays().get(1);
    other
        .configMap(other.nodes("kafka").kafka().getEnvFrom().get(0).getConfigMapRef().getName())
        .getData()
        .put("KAFKA_POD_BOOTSTRAP", "false");

    assertThat(cluster.problems())
        .containsExactly(
            "stretch-b: KAFKA_POD_BOOTSTRAP must be that of stretch-a (true), got false; say it once, for all sites");
  }

  @Test
  void twoControllersInOneZoneAreNamed() {
    KafkaCluster cluster = build(STRETCH);
    cluster
        .overlays()
        .get(1)
        .nodes("kafka-controller")
        .pod()
        .setNodeSelector(Map.of(Placement.ZONE, "zone-a"));

    assertThat(cluster.problems())
        .containsExactly(
            "stretch-b: kafka-controller-0: its nodeSelector must be the zone that KAFKA_POD_CONTROLLER_SITES names for it (zone-b), got zone-a; correct one of the two");
  }

  @Test
  void aPortThatNobodyBindsIsNamed() {
    KafkaCluster cluster = build(List.of("single"));
    cluster.nodes().get(0).kafka().getPorts().get(1).setContainerPort(9092);

    assertThat(cluster.problems())
        .contains(
            "single: kafka-0: its container's ports must be those that it binds ([19090, 19092]), got [9092, 19090]; correct them");
  }

  @Test
  void aBrokerOnASidecarsPortIsNamed() {
    KafkaCluster cluster = build(List.of("single"));
    PodEdits.set(cluster.nodes().get(0), "KAFKA_LISTENERS", "INTERNAL://:19090,MESH://:9092");

    assertThat(cluster.problems())
        .anyMatch(
            it ->
                it.startsWith(
                    "single: kafka-0: kafka-pod render: KAFKA_LISTENERS: listeners: 'MESH://:9092' binds a port that the sidecar needs on 127.0.0.5"));
  }
}
