package dev.kafkapod.agent;

import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.ConditionResult;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every {@link Figure} for JMX, and the words that belong to them. */
final class ReadinessBean implements ReadinessMXBean {

  static final String NAME = "dev.kafkapod:type=Readiness";

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);

  private final Supplier<AgentState> known;
  private final LongSupplier nanoTime;

  /**
   * A bean that isn't registered yet.
   *
   * @param known what the agent knows now
   * @param nanoTime the monotonic clock
   */
  ReadinessBean(Supplier<AgentState> known, LongSupplier nanoTime) {
    this.known = known;
    this.nanoTime = nanoTime;
  }

  /** Registers it with the platform's MBean server. */
  static void register(Judge judge) {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(
              new ReadinessBean(judge::agentState, System::nanoTime), new ObjectName(NAME));
    } catch (JMException e) {
      LOG.warn("the MBean {} can't be registered: {}", NAME, e.toString());
    }
  }

  @Override
  public boolean isReady() {
    return is(Figure.READY);
  }

  @Override
  public int getExitCode() {
    return (int) number(Figure.EXIT_CODE);
  }

  @Override
  public String getLine() {
    return agentState().readyReply().line();
  }

  @Override
  public boolean isLatched() {
    return is(Figure.LATCHED);
  }

  @Override
  public boolean isOverrideInForce() {
    return is(Figure.OVERRIDE_IN_FORCE);
  }

  @Override
  public String getOverride() {
    return overrides().inForce().map(it -> it.wording() + " (" + it.place() + ")").orElse("");
  }

  @Override
  public double getOverrideRemainingSeconds() {
    return number(Figure.OVERRIDE_REMAINING);
  }

  @Override
  public List<String> getOverrideWarnings() {
    return overrides().problems().stream().map(Overrides.Warning::text).toList();
  }

  @Override
  public boolean isReadyWithoutOverride() {
    return is(Figure.READY_WITHOUT_OVERRIDE);
  }

  private Overrides overrides() {
    return agentState().effective().overrides();
  }

  @Override
  public double getBlockedSeconds() {
    return number(Figure.BLOCKED);
  }

  @Override
  public double getClusterAgeSeconds() {
    return number(Figure.CLUSTER_AGE);
  }

  @Override
  public double getEvaluationSeconds() {
    return number(Figure.EVALUATION);
  }

  @Override
  public double getEvaluationCpuSeconds() {
    return number(Figure.EVALUATION_CPU);
  }

  @Override
  public double getEvaluationIntervalSeconds() {
    return number(Figure.EVALUATION_INTERVAL);
  }

  @Override
  public Map<String, Integer> getConditionCounts() {
    return conditions(Figure.CONDITION_COUNT::value);
  }

  @Override
  public Map<String, String> getConditionGates() {
    return conditions(result -> result.gate().optionName());
  }

  @Override
  public Map<String, Boolean> getConditionBlocks() {
    return conditions(it -> Figure.CONDITION_BLOCKS.value(it) == 1);
  }

  @Override
  public boolean isLive() {
    return is(Figure.LIVE);
  }

  @Override
  public boolean isStarted() {
    return is(Figure.STARTED);
  }

  @Override
  public double getHeartbeatAgeSeconds() {
    return number(Figure.HEARTBEAT_AGE);
  }

  @Override
  public boolean isOverrideInvalid() {
    return is(Figure.OVERRIDE_INVALID);
  }

  @Override
  public boolean isClusterTrusted() {
    return is(Figure.CLUSTER_TRUSTED);
  }

  @Override
  public Long getBrokerState() {
    return count(Figure.BROKER_STATE);
  }

  @Override
  public Long getRecoveryRemainingLogs() {
    return count(Figure.RECOVERY_LOGS);
  }

  @Override
  public Long getRecoveryRemainingSegments() {
    return count(Figure.RECOVERY_SEGMENTS);
  }

  @Override
  public Long getTurnsWaiting() {
    return count(Figure.TURNS_WAITING);
  }

  @Override
  public Long getTurnsGoing() {
    return count(Figure.TURNS_GOING);
  }

  @Override
  public Double getTurnsLongestWaitSeconds() {
    double value = number(Figure.TURNS_LONGEST_WAIT);
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  @Override
  public Boolean getTurnsTearDown() {
    Long value = count(Figure.TEAR_DOWN);
    return value == null ? null : Boolean.valueOf(value == 1);
  }

  @Override
  public Map<String, Boolean> getConditionUnknown() {
    return conditions(it -> Figure.CONDITION_UNKNOWN.value(it) == 1);
  }

  @Override
  public Map<String, Boolean> getConditionInForce() {
    return conditions(it -> Figure.CONDITION_GATE.value(it) == 1);
  }

  private boolean is(Figure figure) {
    return number(figure) == 1;
  }

  private double number(Figure figure) {
    long now = nanoTime.getAsLong();
    return figure.value(known.get().at(now), now);
  }

  /** Nothing where there is no such number. */
  private Long count(Figure figure) {
    double value = number(figure);
    return Double.isNaN(value) ? null : Long.valueOf((long) value);
  }

  private AgentState agentState() {
    return known.get().at(nanoTime.getAsLong());
  }

  private <T> Map<String, T> conditions(Function<ConditionResult, T> figure) {
    Map<String, T> figures = new LinkedHashMap<>();
    for (ConditionResult result : agentState().assessment().results()) {
      figures.put(result.condition().optionName(), figure.apply(result));
    }
    return figures;
  }
}
