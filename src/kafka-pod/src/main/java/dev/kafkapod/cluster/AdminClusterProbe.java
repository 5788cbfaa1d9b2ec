package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.diagnosis.Diagnosis;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Grace;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.MismatchedEndpointTypeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedEndpointTypeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Asks through Kafka's own clients. Not safe for use by several threads at once.
 *
 * <p>In a healthy cluster a snapshot costs one metadata response (42 bytes a partition) and four
 * answers of a few dozen bytes: nodes, quorum, reassignments, and whether topics may be hidden. In
 * ZooKeeper mode every broker is asked for a sign of life besides.
 */
public final class AdminClusterProbe implements ClusterProbe {

  /** Not zero, which to Thread.join, in Kafka's client, means for ever. */
  static final Duration NO_TIME = Duration.ofMillis(1);

  private final ClientSettings settings;
  private final Duration timeout;
  private final boolean guest;
  private final Respondents adminRespondents = new Respondents();
  private final TimeoutsLookup timeoutsLookup = new TimeoutsLookup();
  private final PartitionsClient partitions;
  private volatile boolean making;
  private Admin admin;
  private QuorumLooks quorumLooks;

  /**
   * A probe that connects when it is first asked.
   *
   * @param timeout how long a snapshot may usually take: the time-outs of single requests follow
   *     from it
   */
  public AdminClusterProbe(ClientSettings settings, Duration timeout) {
    this(settings, timeout, false);
  }

  private AdminClusterProbe(ClientSettings settings, Duration timeout, boolean guest) {
    this.settings = Objects.requireNonNull(settings);
    this.timeout = Objects.requireNonNull(timeout);
    this.guest = guest;
    this.partitions = new PartitionsClient(settings, timeout);
  }

  /**
   * The same in a process whose memory is somebody else's: no client is made for addresses that it
   * would misread.
   */
  public static AdminClusterProbe asGuest(ClientSettings settings, Duration timeout) {
    return new AdminClusterProbe(settings, timeout, true);
  }

  @Override
  public ClusterSnapshot snapshot(Detail detail, Deadline deadline) throws Unanswered {
    try {
      return look(detail, deadline);
    } catch (Unanswered e) {
      throw settings.withRemedy(e);
    }
  }

  private ClusterSnapshot look(Detail detail, Deadline deadline) throws Unanswered {
    if (admin == null) {
      List<String> addresses =
          guest || Misread.isPossible()
              ? silence(() -> false).harmless(askingForNodes())
              : settings.bootstrap();
      admin = newAdmin(addresses);
      quorumLooks = new QuorumLooks(() -> admin.describeMetadataQuorum().quorumInfo());
    }
    boolean askFenced = settings.asked() == Asked.BROKERS && FencedBrokersApi.canBeAskedFor();
    DescribeClusterResult cluster = describeCluster(askFenced, deadline);
    if (settings.asked() == Asked.CONTROLLERS) {
      return ofControllers(cluster, detail, deadline);
    }
    // the random part first: an ACL for a prefix must not grant this name and hide all others
    String absent = UUID.randomUUID() + "-kafka-pod";
    KafkaFuture<?> absentTopic =
        admin.describeTopics(List.of(absent)).topicNameValues().get(absent);

    ListedNodes nodes = nodes(cluster, askFenced, deadline);
    PartitionTable listed = partitions.ask(nodes, detail, deadline);
    VanishedTopics.Settled minimums =
        minimums(PartitionFilters.topicsToLookUp(listed, nodes, detail), nodes, deadline);
    PartitionTable table = listed.without(minimums.gone());
    MinIsrLookup minIsr = minimums.lookup();
    ReplicaKinds kinds = kinds(table, minIsr, nodes, detail, deadline);
    // last the controller, who vouches for all that was said before; where there is none, that
    // takes the rest of the time
    QuorumLooks.Look quorum = quorumLooks.begin();
    KafkaFuture<Map<TopicPartition, PartitionReassignment>> reassignments =
        admin.listPartitionReassignments().reassignments();
    Set<Integer> silent =
        quorum.isUnheardOf(deadline)
            ? SignsOfLife.missing(
                admin, nodes.liveIdList(), absent, ClientSettings.oneTry(timeout), deadline)
            : Set.of();
    // one of the silent may be the controller: it isn't waited for, because enough is known
    Moves moves =
        silent.isEmpty()
            ? Moves.await(reassignments, deadline)
            : new Moves(Map.of(), Optional.of(new ControlPlane.ZooKeeper(silent)));
    ControlPlane controlPlane =
        moves.controlPlane().orElseGet(() -> quorum.controlPlane(true, deadline));
    Set<Integer> respondents = respondents();
    if (detail != Detail.VERDICT && !guest) {
      new BootstrapClusters(settings, timeout).require(nodes, deadline);
    }
    return new ClusterSnapshot(
        nodes.clusterId(),
        Asked.BROKERS,
        nodes.all(),
        nodes.listsFenced(),
        respondents,
        controlPlane,
        table.topics(),
        table.partitionCount(),
        table.those(PartitionFilters.wanted(minIsr, nodes, detail), moves.reassignments(), kinds),
        minIsr.values(),
        minIsr.problem(),
        hiddenTopics(absentTopic, deadline),
        timeouts(respondents, controlPlane, detail, deadline));
  }

  private Admin newAdmin(List<String> addresses) throws Unanswered {
    making = true;
    try {
      return NewClient.of(settings, () -> Admin.create(settings.forAdmin(addresses, timeout)));
    } finally {
      making = false;
    }
  }

  @Override
  public Optional<String> silence() {
    Diagnosis.Client client = settings.client(settings.origin());
    return making && (client.speaksTls() || client.logsIn())
        ? Optional.of(
            "no request was sent to %s in time, because Kafka's client first reads the files that %s names%s; check them, and the CPU that this process gets"
                .formatted(
                    settings.addresses(),
                    settings.origin().security(),
                    client.logsIn() ? ", and logs in by " + settings.credentials() : ""))
        : Optional.empty();
  }

  private ClusterSnapshot ofControllers(
      DescribeClusterResult cluster, Detail detail, Deadline deadline) throws Unanswered {
    ListedNodes nodes = nodes(cluster, false, deadline);
    ControlPlane controlPlane = quorumLooks.begin().controlPlane(false, deadline);
    return new ClusterSnapshot(
        nodes.clusterId(),
        Asked.CONTROLLERS,
        nodes.all(),
        false,
        Set.of(),
        controlPlane,
        Set.of(),
        0,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        timeouts(leader(controlPlane), controlPlane, detail, deadline));
  }

  private static Set<Integer> leader(ControlPlane controlPlane) {
    return controlPlane instanceof ControlPlane.Quorum quorum
        ? Set.of(quorum.leaderId())
        : Set.of();
  }

  /**
   * The time-outs, by one of those who have just answered: somebody who doesn't would take the rest
   * of the time.
   */
  private ClusterTimeouts timeouts(
      Set<Integer> witnesses, ControlPlane controlPlane, Detail detail, Deadline deadline) {
    return settings
        .timeouts()
        .orElseGet(() -> timeoutsLookup.of(admin, witnesses, controlPlane, detail, deadline));
  }

  private DescribeClusterResult describeCluster(boolean fenced, Deadline deadline) {
    DescribeClusterOptions options =
        new DescribeClusterOptions().timeoutMs(deadline.remainingMillis());
    if (fenced) {
      FencedBrokersApi.include(options);
    }
    return admin.describeCluster(options);
  }

  private ListedNodes nodes(DescribeClusterResult cluster, boolean askedFenced, Deadline deadline)
      throws Unanswered {
    String call = askingForNodes();
    Silence silence = silence(() -> Talks.of(admin.metrics()));
    try {
      List<ClusterNode> nodes =
          silence.await(cluster.nodes(), call, deadline).stream().map(ListedNodes::node).toList();
      return new ListedNodes(Calls.await(cluster.clusterId(), call, deadline), nodes, askedFenced);
    } catch (UnsupportedVersionException e) {
      if (!askedFenced) {
        throw silence.otherKind(call, e); // a controller lists no brokers
      }
      return nodes(describeCluster(false, deadline), false, deadline); // brokers before 4.0
    } catch (MismatchedEndpointTypeException | UnsupportedEndpointTypeException e) {
      throw silence.otherKind(call, e);
    } catch (KafkaException e) {
      throw new Unanswered(call + " failed: " + Calls.oneLine(e), e);
    }
  }

  private Silence silence(BooleanSupplier talks) {
    return new Silence(settings, settings.bootstrap(), settings.origin(), talks);
  }

  private String askingForNodes() {
    return "asking " + settings.addresses() + " for the cluster's nodes";
  }

  private VanishedTopics.Settled minimums(
      Collection<String> topics, ListedNodes nodes, Deadline deadline) {
    MinIsrLookup first = MinIsrLookup.of(admin, topics, deadline);
    return first.unknownTopics().isEmpty()
        ? new VanishedTopics.Settled(Set.of(), first)
        : VanishedTopics.settle(
            first,
            nodes.all().stream().filter(node -> !node.fenced()).map(ClusterNode::id).toList(),
            new AskedAgain(admin, deadline));
  }

  /** Eligible leaders only where a stop is judged, and an ISR is smaller than its minimum. */
  private ReplicaKinds kinds(
      PartitionTable table,
      MinIsrLookup minIsr,
      ListedNodes nodes,
      Detail detail,
      Deadline deadline) {
    Predicate<PartitionInfo> under =
        it ->
            it.inSyncReplicas().length < it.replicas().length
                && it.inSyncReplicas().length < minIsr.values().getOrDefault(it.topic(), 0);
    return new ReplicaKinds(
        detail == Detail.EVERY_PARTITION
            ? EligibleLeaders.of(admin, table.topicsOf(under), deadline)
            : Map.of(),
        minIsr.observers(),
        minIsr.observers().isEmpty() ? Map.of() : nodes.racks());
  }

  private Set<Integer> respondents() {
    Set<Integer> ids = new HashSet<>(adminRespondents.since(admin.metrics()));
    ids.addAll(partitions.respondents());
    return ids;
  }

  /** An answer, and no silence: it stays until somebody grants it. */
  static ControlPlane missingAcl() {
    return new ControlPlane.Silent(MissingAcl.DESCRIBE_CLUSTER.describe(), Grace.NONE);
  }

  /**
   * Unauthorized topics are left out of lists silently; asked for by name, an absent one shows
   * which it is.
   */
  private static Optional<String> hiddenTopics(KafkaFuture<?> absentTopic, Deadline deadline) {
    try {
      Calls.await(absentTopic, "asking whether topics are hidden", deadline);
      return Optional.empty();
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (AuthorizationException e) {
      return Optional.of(MissingAcl.DESCRIBE_TOPIC.describe());
    } catch (KafkaException e) {
      return Optional.of("whether topics are hidden couldn't be found out: " + Calls.oneLine(e));
    } catch (Unanswered e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public void close() {
    partitions.close();
    if (admin != null) {
      admin.close(NO_TIME);
    }
  }
}
