package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.StatusJson;
import dev.kafkapod.report.TurnsReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** Metrics, MBean, status and documentation have every figure, and the same one. */
class FigureTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(kafka_pod_\\w+)` \\| `(\\w+)` \\| `([\\w.]+)` \\| .+ \\|");

  /** What of the MBean is text, and no figure. */
  private static final List<String> WORDS =
      List.of("Line", "Override", "OverrideWarnings", "ConditionGates");

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED);

  /** Name, attribute and field of one figure, as the documentation has them. */
  private record Row(String metric, String attribute, String field) {}

  private static Map<String, Row> documented() throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("docs/agent.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), new Row(row.group(1), row.group(2), row.group(3)));
      }
    }
    return rows;
  }

  private List<AgentState> states() {
    List<AgentState> states = new ArrayList<>();
    states.add(seen.now());
    states.add(seen.latched().now());
    seen.cluster(
        20,
        aCluster()
            .with(aPartition("orders", 0).leaderless(), aPartition("clicks", 0).isr(1, 2))
            .withoutMinIsrOf("clicks"));
    states.add(seen.broker(21, aBroker(1).recovering(12, 3)));
    states.add(
        seen.overrides(21, JudgeOverrideTest.evaluation(21, Readiness.READY, Duration.ofHours(2))));
    states.add(seen.cluster(21, aCluster().controllerSilent("no controller answers")));
    states.add(seen.broker(21, aController(101)));
    seen.turns(21, TurnsWatchTest.report());
    states.add(seen.now());
    seen.turns(21, TurnsReport.unknown("silence"));
    states.add(seen.now());
    states.add(seen.brokerUnknown(21, "the broker gave no answer in time"));
    return states;
  }

  @Test
  void theDocumentationHasEachWithItsMetricAndAttribute() throws IOException {
    assertThat(documented().values().stream().map(it -> it.metric() + " " + it.attribute()))
        .containsExactlyInAnyOrderElementsOf(
            Figure.ALL.stream().map(it -> it.metric() + " " + it.attribute()).toList());
  }

  @Test
  void theMetricsHaveEachWithItsHelp() throws IOException {
    seen.latched();
    seen.broker(21, aBroker(1).recovering(12, 3));
    seen.turns(21, TurnsWatchTest.report());

    assertThat(metrics(seen.now(), at(22)).lines().filter(it -> it.startsWith("# HELP ")))
        .containsExactlyInAnyOrderElementsOf(
            Figure.ALL.stream().map(it -> "# HELP " + it.metric() + " " + it.help()).toList());
  }

  @Test
  void theMBeanHasEachAndNothingElseButWords() throws Exception {
    List<String> expected = new ArrayList<>(WORDS);
    Figure.ALL.forEach(it -> expected.add(it.attribute()));

    assertThat(bean(seen.now()).getMBeanInfo(new ObjectName(ReadinessBean.NAME)).getAttributes())
        .extracting(MBeanAttributeInfo::getName)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theMetricsHaveTheTablesValues() throws IOException {
    for (AgentState state : states()) {
      String metrics = "\n" + metrics(state, at(23));
      for (Figure figure : Figure.ALL) {
        if (figure.kind() == Figure.FigureKind.CONDITION) {
          for (ConditionResult result : state.assessment().results()) {
            String labels = "{condition=\"" + result.condition().optionName() + "\"";
            assertThat(metrics)
                .containsPattern(
                    "\n"
                        + Pattern.quote(figure.metric() + labels)
                        + "[^}]*} "
                        + figure.value(result)
                        + "\\.0\n");
          }
        } else if (Double.isNaN(figure.value(state, at(23)))) {
          assertThat(metrics).doesNotContain("\n" + figure.metric() + " ");
        } else {
          assertThat(metrics)
              .contains("\n" + figure.metric() + " " + figure.value(state, at(23)) + "\n");
        }
      }
    }
  }

  @Test
  void theStatusHasTheTablesValues() throws IOException {
    Map<String, Row> rows = documented();
    for (AgentState state : states()) {
      JsonNode status = status(state, at(23));
      for (Figure figure : Figure.ALL) {
        String field = rows.get(figure.metric()).field();
        if (figure.kind() == Figure.FigureKind.CONDITION) {
          String name = field.substring("conditions.".length());
          Map<String, Integer> values = new TreeMap<>();
          status
              .get("conditions")
              .forEach(
                  it ->
                      values.put(
                          it.get("name").asText(),
                          it.get(name).asInt(it.get(name).asBoolean() ? 1 : 0)));
          assertThat(values).as(field).isEqualTo(conditions(figure, state));
        } else {
          JsonNode node = status.at("/" + field.replace('.', '/'));
          double value = figure.value(state, at(23));
          assertThat(number(figure, node, status))
              .as("%s in %s", field, status)
              .isCloseTo(Double.isNaN(value) ? 0 : value, within(0.001));
        }
      }
    }
  }

  /** A field that is left out is 0, and without an override the answer is the one without it. */
  private static double number(Figure figure, JsonNode node, JsonNode status) {
    return switch (figure) {
      case READY -> node.asText().equals("yes") ? 1 : 0;
      case OVERRIDE_INVALID -> node.isEmpty() ? 0 : 1;
      case READY_WITHOUT_OVERRIDE ->
          (node.isMissingNode() ? status.get("exitCode") : node).asInt() == 0 ? 1 : 0;
      case BROKER_STATE -> node.isMissingNode() ? 0 : BrokerState.valueOf(node.asText()).value();
      default ->
          node.isBoolean()
              ? (node.asBoolean() ? 1 : 0)
              : figure.kind() == Figure.FigureKind.SECONDS
                  ? node.asDouble() / 1000
                  : node.asDouble();
    };
  }

  private static Map<String, Integer> conditions(Figure figure, AgentState state) {
    Map<String, Integer> values = new TreeMap<>();
    for (ConditionResult result : state.assessment().results()) {
      values.put(result.condition().optionName(), figure.value(result));
    }
    return values;
  }

  @Test
  void theMBeanHasTheTablesValues() throws Exception {
    for (AgentState state : states()) {
      MBeanServer server = bean(state);
      AgentState told = state.at(at(23));
      for (Figure figure : Figure.ALL) {
        Object attribute =
            server.getAttribute(new ObjectName(ReadinessBean.NAME), figure.attribute());
        if (attribute instanceof TabularData table) {
          Map<String, Integer> values = new TreeMap<>();
          for (Object row : table.values()) {
            CompositeData pair = (CompositeData) row;
            values.put((String) pair.get("key"), number(pair.get("value")).intValue());
          }
          assertThat(values).as(figure.attribute()).isEqualTo(conditions(figure, told));
        } else {
          assertThat(attribute == null ? Double.NaN : number(attribute).doubleValue())
              .as(figure.attribute())
              .isEqualTo(Double.valueOf(figure.value(told, at(23))));
        }
      }
    }
  }

  private static Number number(Object attribute) {
    return attribute instanceof Boolean is ? Integer.valueOf(is ? 1 : 0) : (Number) attribute;
  }

  private static MBeanServer bean(AgentState state) throws JMException {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    server.registerMBean(
        new ReadinessBean(() -> state, () -> at(23)), new ObjectName(ReadinessBean.NAME));
    return server;
  }

  private static String metrics(AgentState state, long nowNanos) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Metrics.write(out, state, nowNanos);
    return out.toString(UTF_8);
  }

  private static JsonNode status(AgentState state, long nowNanos) throws IOException {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), new StatusJson(state.status(nowNanos))::writeFields);
    return new ObjectMapper().readTree(out.toString());
  }
}
