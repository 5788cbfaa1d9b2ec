package dev.kafkapod.report;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.report.PublishedSchema.objectsIn;
import static dev.kafkapod.report.PublishedSchema.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.PartitionSizes;
import dev.kafkapod.placement.PlacementAssessment;
import dev.kafkapod.placement.PlacementPlanner;
import dev.kafkapod.placement.PlacementPolicy;
import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.placement.PlacementVerdict;
import dev.kafkapod.placement.PlanOutcome;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kafka-pod placement} prints, and that the schemas promise that. */
class PlacementReportsTest {

  private static final String CHECK = "placement-check";
  private static final String PLAN = "placement-plan";

  private static ClusterBuilder racks() {
    return aCluster().rack(1, "a/x").rack(2, "a/x").rack(3, "b/y").rack(4, "a/x");
  }

  private static ClusterBuilder mixed() {
    return racks()
        .notListing(2)
        .rack(5, "a/x")
        .with(
            aPartition("limited", 0).withReplicas(1, 3, 4, 5),
            aPartition("unknown", 0).withReplicas(1, 2),
            aPartition("uneven", 0).withReplicas(1, 4))
        .withoutMinIsrOf("limited");
  }

  private static PlacementReport check(ClusterBuilder cluster, List<Dimension> order) {
    ClusterSnapshot seen = cluster.build();
    PlacementAssessment assessment = PlacementPolicy.assess(seen, seen.partitions(), order);
    return new PlacementReport(
        PlacementVerdict.of(assessment, false, Optional.empty(), Set.of()),
        Optional.of("own"),
        order,
        Optional.of(assessment),
        List.of("a note"));
  }

  private static PlacementPlanReport plan(ClusterBuilder cluster, PartitionSizes sizes) {
    ClusterSnapshot seen = cluster.build();
    PlanOutcome outcome =
        PlacementPlanner.plan(
            PlacementTarget.ALL, seen, sizes, Optional.of(seen.partitions().get(0).name()));
    return PlacementPlanReport.of("own", ((PlanOutcome.Planned) outcome).plan(), Dimension.DEFAULT);
  }

  static Stream<Arguments> reports() {
    ClusterBuilder uneven = racks().with(aPartition("orders", 0).withReplicas(1, 2));
    return Stream.of(
            check(mixed(), Dimension.DEFAULT),
            check(racks().with(aPartition("orders", 0).withReplicas(1, 3)), Dimension.DEFAULT),
            check(racks(), List.of(Dimension.ZONE)),
            PlacementReport.unknown("no answer in time", Dimension.DEFAULT),
            plan(uneven, new PartitionSizes(Map.of("orders", Map.of(0, 7L)), List.of("a note"))),
            plan(uneven, PartitionSizes.NONE).with(List.of("plan.json")),
            PlacementPlanReport.unknown(List.of("no answer in time"), Dimension.DEFAULT))
        .map(
            it ->
                it instanceof PlacementReport report
                    ? Arguments.of(CHECK, (Json.Fields) report::writeFields)
                    : Arguments.of(PLAN, (Json.Fields) ((PlacementPlanReport) it)::writeFields));
  }

  @Test
  void listsTheWorstFirst() {
    assertThat(check(mixed(), Dimension.DEFAULT).lines())
        .containsExactly(
            "not well placed: violated 1 (uneven-0)",
            "  uneven-0: violated, on 1, 4; zones 2+0 where 1+1 is possible, clusters 2+0 where 1+1 is possible",
            "  unknown-0: unknown, on 1, 2; where broker 2 runs isn't known",
            "  limited-0: limited, on 1, 3, 4, 5; zones 3+1, clusters 3+1",
            "if any one zone is lost: at worst 0 replicas are left (uneven-0 without zone a, min ISR 2); 1 partition under min ISR",
            "if any one cluster is lost: at worst 0 replicas are left (uneven-0 without cluster x, min ISR 2); 1 partition under min ISR",
            "note: a note");
  }

  @Test
  void saysThatSizesAreNotKnown() {
    PlacementPlanReport report =
        plan(racks().with(aPartition("orders", 0).withReplicas(1, 2)), PartitionSizes.NONE);

    assertThat(report.line())
        .isEqualTo(
            "plan: 1 replica of 1 partition to move (0 B and 1 partition of unknown size); at least 1 would have to (0 B and 1 partition of unknown size): gap 0");
    assertThat(report.lines()).contains("  has     1 (a/x), 2 (a/x)");
  }

  @Test
  void writesBytesForPeople() {
    assertThat(SpreadWords.bytes(0)).isEqualTo("0 B");
    assertThat(SpreadWords.bytes(1023)).isEqualTo("1023 B");
    assertThat(SpreadWords.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(SpreadWords.bytes(Long.MAX_VALUE)).isEqualTo("8192.0 PiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECK, PLAN})
  void haveASchema(String name) throws IOException {
    assertThat(new PublishedSchema(name).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void theSchemaDescribesEveryReportAndAllowsNoOtherFields(String name, Json.Fields report)
      throws IOException {
    JsonNode json = tree(report);
    assertThat(new PublishedSchema(name).validate(json)).isEmpty();

    for (JsonNode object : objectsIn(json)) {
      ((ObjectNode) object).put("other", true);
      assertThat(new PublishedSchema(name).validate(json))
          .as("with another field in %s", object)
          .isNotEmpty();
      ((ObjectNode) object).remove("other");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECK, PLAN})
  void theSchemaPromisesNoFieldThatIsNeverWrittenAndExplainsAll(String name) throws IOException {
    Set<String> written = new TreeSet<>();
    for (Arguments report : reports().filter(it -> it.get()[0].equals(name)).toList()) {
      objectsIn(tree((Json.Fields) report.get()[1]))
          .forEach(it -> it.fieldNames().forEachRemaining(written::add));
    }
    Set<String> promised = new TreeSet<>();
    for (JsonNode properties : new PublishedSchema(name).properties()) {
      properties
          .fields()
          .forEachRemaining(
              field -> {
                promised.add(field.getKey());
                assertThat(field.getValue().path("description").asText())
                    .as("description of %s", field.getKey())
                    .isNotEmpty();
              });
    }

    assertThat(promised).isEqualTo(written);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void theSchemaDoesNotLetTheExitCodeDiffer(String name, Json.Fields report) throws IOException {
    ObjectNode json = (ObjectNode) tree(report);
    json.put("exitCode", json.get("exitCode").asInt() == 3 ? 0 : 3);

    assertThat(new PublishedSchema(name).validate(json)).isNotEmpty();
  }
}
