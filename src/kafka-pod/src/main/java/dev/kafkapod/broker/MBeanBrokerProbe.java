package dev.kafkapod.broker;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.RecoveryProgress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Reads a Kafka process's MBeans. The same for a process of its own and for the one that it runs
 * in, and for KRaft (3.9 and 4.x) and ZooKeeper mode (3.9).
 */
public final class MBeanBrokerProbe implements BrokerProbe {

  private static final String BROKER_STATE = "kafka.server:type=KafkaServer,name=BrokerState";
  private static final String BROKER_CLUSTER_ID = "kafka.server:type=KafkaServer,name=ClusterId";
  private static final String CONTROLLER_CLUSTER_ID =
      "kafka.server:type=ControllerServer,name=ClusterId";
  private static final String APP_INFO = "kafka.server:type=app-info,id=*";
  private static final String OFFLINE_LOG_DIRS =
      "kafka.log:type=LogManager,name=OfflineLogDirectoryCount";
  private static final String LOGS_TO_RECOVER =
      "kafka.log:type=LogManager,name=remainingLogsToRecover,*";
  private static final String SEGMENTS_TO_RECOVER =
      "kafka.log:type=LogManager,name=remainingSegmentsToRecover,*";
  private static final String METADATA = "kafka.server:type=broker-metadata-metrics";
  private static final String RAFT = "kafka.server:type=raft-metrics";
  private static final String ZOOKEEPER_SESSION =
      "kafka.server:type=SessionExpireListener,name=SessionState";
  private static final int NO_LEADER = -1;

  private final MBeanServerConnection connection;
  private final String subject;

  /** Kept, once it has been found among all MBeans of Kafka's server: it never changes. */
  private Optional<ObjectName> appInfo = Optional.empty();

  /**
   * A probe over a connection.
   *
   * @param subject how messages name the process
   */
  public MBeanBrokerProbe(MBeanServerConnection connection, String subject) {
    this.connection = Objects.requireNonNull(connection);
    this.subject = Objects.requireNonNull(subject);
  }

  @Override
  public BrokerSnapshot snapshot() throws Unanswered {
    try {
      return read(new MBeanReader(connection));
    } catch (IOException e) {
      throw new Unanswered(subject + " stopped answering over JMX: " + e.getMessage(), e);
    }
  }

  private BrokerSnapshot read(MBeanReader beans) throws IOException, Unanswered {
    Optional<BrokerState> state =
        toOptional(beans.number(BROKER_STATE, "Value")).map(BrokerState::of);
    Optional<String> controllerClusterId = beans.text(CONTROLLER_CLUSTER_ID, "Value");
    if (state.isEmpty()
        && controllerClusterId.isEmpty()
        && beans.names("kafka.server:*").isEmpty()) {
      throw new Unanswered(
          subject + " has no MBeans of a Kafka server: not a broker, or only just started");
    }
    if (appInfo.isEmpty()) {
      appInfo = beans.names(APP_INFO).stream().findFirst();
    }
    Optional<Object> version =
        appInfo.isEmpty() ? Optional.empty() : beans.attribute(appInfo.get(), "Version");
    return new BrokerSnapshot(
        nodeId(),
        beans.text(BROKER_CLUSTER_ID, "Value").or(() -> controllerClusterId),
        version.map(Object::toString),
        state,
        // a search through an MBean or more for each partition, so only where it may find something
        state.filter(it -> it == BrokerState.RUNNING).isPresent()
            ? Optional.empty()
            : recovery(beans),
        beans.number(OFFLINE_LOG_DIRS, "Value"),
        toOptional(beans.number(METADATA, "last-applied-record-lag-ms")).map(Duration::ofMillis),
        raft(beans),
        controllerClusterId.isPresent(),
        beans.text(ZOOKEEPER_SESSION, "Value"),
        uptime(beans),
        deadlockedThreads());
  }

  private static Optional<Integer> toOptional(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  /** Kafka names its app-info MBean after the node id (AppInfoParser.registerAppInfo). */
  private OptionalInt nodeId() {
    try {
      return appInfo.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(appInfo.get().getKeyProperty("id")));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static Optional<RecoveryProgress> recovery(MBeanReader beans) throws IOException {
    Set<ObjectName> directories = beans.names(LOGS_TO_RECOVER);
    return directories.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecoveryProgress(
                sum(beans, directories), sum(beans, beans.names(SEGMENTS_TO_RECOVER))));
  }

  private static long sum(MBeanReader beans, Set<ObjectName> names) throws IOException {
    long sum = 0;
    for (ObjectName name : names) {
      Object value = beans.attribute(name, "Value").orElse(0);
      sum += value instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }
    return sum;
  }

  private static Optional<BrokerSnapshot.Raft> raft(MBeanReader beans) throws IOException {
    Optional<String> role = beans.text(RAFT, "current-state");
    if (role.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt leader = beans.number(RAFT, "current-leader");
    return Optional.of(
        new BrokerSnapshot.Raft(
            role.get(),
            leader.isPresent() && leader.getAsInt() != NO_LEADER ? leader : OptionalInt.empty()));
  }

  private static Duration uptime(MBeanReader beans) throws IOException {
    return beans
        .attribute(ManagementFactory.RUNTIME_MXBEAN_NAME, "Uptime")
        .map(uptime -> Duration.ofMillis((Long) uptime))
        .orElse(Duration.ZERO);
  }

  private List<String> deadlockedThreads() throws IOException {
    ObjectName threads = MBeanReader.name(ManagementFactory.THREAD_MXBEAN_NAME);
    try {
      long[] ids =
          (long[])
              connection.invoke(threads, "findDeadlockedThreads", new Object[0], new String[0]);
      if (ids == null) {
        return List.of();
      }
      CompositeData[] infos =
          (CompositeData[])
              connection.invoke(
                  threads,
                  "getThreadInfo",
                  new Object[] {ids},
                  new String[] {long[].class.getName()});
      return Arrays.stream(infos)
          .filter(Objects::nonNull)
          .map(info -> (String) info.get("threadName"))
          .toList();
    } catch (JMException e) {
      throw new IOException("looking for deadlocked threads failed: " + e.getMessage(), e);
    }
  }
}
