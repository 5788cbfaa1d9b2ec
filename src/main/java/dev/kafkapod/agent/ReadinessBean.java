package dev.kafkapod.agent;

import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.ConditionResult;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same numbers as the metrics, for JMX. */
final class ReadinessBean implements ReadinessMXBean {

  static final String NAME = "dev.kafkapod:type=Readiness";

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);
  private static final double NANOS = 1e9;

  private final Judge judge;

  private ReadinessBean(Judge judge) {
    this.judge = judge;
  }

  /** Registers it with the platform's MBean server. */
  static void register(Judge judge) {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new ReadinessBean(judge), new ObjectName(NAME));
    } catch (JMException e) {
      LOG.warn("the MBean {} can't be registered: {}", NAME, e.toString());
    }
  }

  @Override
  public boolean isReady() {
    return agentState().ready().isYes();
  }

  @Override
  public int getExitCode() {
    return agentState().readyReply().exitCode();
  }

  @Override
  public String getLine() {
    return agentState().readyReply().line();
  }

  @Override
  public boolean isLatched() {
    return agentState().latched();
  }

  @Override
  public boolean isOverrideInForce() {
    return overrides().inForce().isPresent();
  }

  @Override
  public String getOverride() {
    return overrides().inForce().map(it -> it.wording() + " (" + it.place() + ")").orElse("");
  }

  @Override
  public double getOverrideRemainingSeconds() {
    return seconds(agentState().overrides().left(System.nanoTime()));
  }

  @Override
  public List<String> getOverrideWarnings() {
    return overrides().problems().stream().map(Overrides.Warning::text).toList();
  }

  @Override
  public boolean isReadyWithoutOverride() {
    return agentState().effective().without().isYes();
  }

  private Overrides overrides() {
    return agentState().effective().overrides();
  }

  @Override
  public double getBlockedSeconds() {
    return seconds(agentState().blocked(System.nanoTime()));
  }

  @Override
  public double getClusterAgeSeconds() {
    return seconds(agentState().cluster().age(System.nanoTime()));
  }

  @Override
  public double getEvaluationSeconds() {
    return seconds(agentState().cluster().took());
  }

  @Override
  public double getEvaluationCpuSeconds() {
    return seconds(agentState().cluster().cpu());
  }

  @Override
  public double getEvaluationIntervalSeconds() {
    return seconds(agentState().cluster().next());
  }

  @Override
  public Map<String, Integer> getConditionCounts() {
    return conditions(ConditionResult::count);
  }

  @Override
  public Map<String, String> getConditionGates() {
    return conditions(result -> result.gate().optionName());
  }

  @Override
  public Map<String, Boolean> getConditionBlocks() {
    return conditions(ConditionResult::blocks);
  }

  private AgentState agentState() {
    return judge.agentState().at(System.nanoTime());
  }

  private <T> Map<String, T> conditions(Function<ConditionResult, T> figure) {
    Map<String, T> figures = new LinkedHashMap<>();
    for (ConditionResult result : agentState().assessment().results()) {
      figures.put(result.condition().optionName(), figure.apply(result));
    }
    return figures;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
