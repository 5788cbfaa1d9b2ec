package dev.kafkapod.report;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.report.PublishedSchema.objectsIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.StopAssessment;
import dev.kafkapod.stopping.StopPolicy;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.fixtures.RequestBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/can-stop.schema.json} promises people's programs what a report on a stop says. */
class StopSchemaTest {

  private static final PublishedSchema SCHEMA = new PublishedSchema("can-stop");

  static Stream<StopReport> reports() {
    ClusterBuilder broken =
        aCluster()
            .with(aPartition("orders", 0).isr(1, 3), aPartition("solo", 0).withReplicas(3))
            .voters(1, 2, 3)
            .lag(2, Duration.ofSeconds(3));
    StopAssessment blind = stop(aCluster().askedThroughControllers(), 101);
    Verdict.CannotTell unknown = new Verdict.CannotTell(List.of("silence"));
    return Stream.of(
        StopReport.together("can-stop", stop(aCluster(), 1), List.of()),
        StopReport.together("await-safe-stop", stop(broken, 3), List.of("a blind spot")),
        StopReport.each("can-stop", List.of(stop(broken, 1), stop(broken, 3)), List.of()),
        StopReport.each("can-stop", List.of(blind), List.of()),
        StopReport.unknown("can-stop", unknown),
        StopReport.unknown("can-stop", unknown).with(TurnsReport.unknown("no answer in time")),
        StopReport.together("can-stop", stop(aCluster(), 1), List.of()).with(queue()),
        StopReport.unknown("await-safe-stop", unknown).with(new Verdict.Yes("not waited for")));
  }

  private static TurnsReport queue() {
    return TurnsReport.of(
        TurnQueue.EMPTY,
        new QueueClock(RequestBuilder.NOW, RequestBuilder.NOW, Map.of()),
        Optional.empty(),
        List.of("there is no topic kafka-pod-stops yet"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void describesEveryReport(StopReport report) throws IOException {
    assertThat(SCHEMA.validate(tree(report))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void allowsNoOtherFields(StopReport report) throws IOException {
    JsonNode json = tree(report);

    for (JsonNode object : objectsIn(json)) {
      ((ObjectNode) object).put("other", true);
      assertThat(SCHEMA.validate(json)).as("with another field in %s", object).isNotEmpty();
      ((ObjectNode) object).remove("other");
    }
  }

  @Test
  void promisesNoFieldThatIsNeverWrittenAndExplainsAll() throws IOException {
    Set<String> written = new TreeSet<>();
    for (StopReport report : reports().toList()) {
      objectsIn(tree(report)).forEach(it -> it.fieldNames().forEachRemaining(written::add));
    }
    Set<String> promised = new TreeSet<>();
    for (JsonNode properties : SCHEMA.properties()) {
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

    written.add("tearDown"); // TurnsListingTest has one
    assertThat(promised).isEqualTo(written);
  }

  @Test
  void doesNotLetAnswerAndExitCodeDiffer() throws IOException {
    ObjectNode json = (ObjectNode) tree(reports().findFirst().orElseThrow());
    json.put("exitCode", 1);

    assertThat(SCHEMA.validate(json)).isNotEmpty();
  }

  private static StopAssessment stop(ClusterBuilder cluster, Integer... nodes) {
    return new StopPolicy(Allowance.SINGLE).assessOthers(cluster.build(), Set.of(nodes));
  }

  private static JsonNode tree(StopReport report) throws IOException {
    return PublishedSchema.tree(report::writeFields);
  }
}
