package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.common.Address;
import dev.kafkapod.diagnosis.AddressLook;
import dev.kafkapod.diagnosis.Diagnosis;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.storage.BrokerRegistration;
import dev.kafkapod.storage.ControllerReply;
import dev.kafkapod.storage.ControllerReply.Absent;
import dev.kafkapod.storage.ControllerReply.Following;
import dev.kafkapod.storage.ControllerReply.Leaderless;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.ControllerReply.OtherCluster;
import dev.kafkapod.storage.ControllerReply.Outcome;
import dev.kafkapod.storage.ControllerReply.Refused;
import dev.kafkapod.storage.QuorumState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.protocol.Errors;

/**
 * Asks one controller who leads, and the leader who has caught up. Tells apart a controller that
 * isn't there, one that knows no leader, one that knows a leader whom we can't reach, and one that
 * doesn't talk to us: Kafka's Admin just waits for all four.
 */
public final class ControllerProbe {

  private static final String CALL = "asking controller ";
  private static final SettingsOrigin ORIGIN =
      new SettingsOrigin(
          "controller.quorum.voters or controller.quorum.bootstrap.servers",
          "the broker's configuration",
          true);

  private final Address address;
  private final Map<String, String> security;
  private final String credentials;
  private final Optional<String> clusterId;
  private final Duration limit;
  private Optional<InetSocketAddress> leader = Optional.empty();

  /**
   * A probe that connects whenever it is asked.
   *
   * @param security settings for Kafka's clients
   * @param credentials what has their credentials, for messages
   * @param clusterId the cluster that the controller should belong to
   * @param limit how long connecting, and each question, may take
   */
  public ControllerProbe(
      Address address,
      Map<String, String> security,
      String credentials,
      Optional<String> clusterId,
      Duration limit) {
    this.address = address;
    this.security = Map.copyOf(security);
    this.credentials = credentials;
    this.clusterId = clusterId;
    this.limit = limit;
  }

  /** Where it asks. */
  public Address address() {
    return address;
  }

  /**
   * Asks it.
   *
   * @throws Misconfigured if Kafka's client refuses the settings
   */
  public ControllerReply ask() {
    return new ControllerReply(address.toString(), reply(address, true));
  }

  /**
   * The reply of whoever listens at an address. A name may stand for several controllers, perhaps
   * this node among them; of their replies, the one that says most counts.
   *
   * @param follows whether to ask the leader that it names
   */
  private Outcome reply(Address who, boolean follows) {
    Deadline enough = Deadline.in(limit);
    Outcome strongest = new Absent("the name isn't known");
    for (InetAddress ip : resolve(who)) {
      Outcome reply = reply(who, new InetSocketAddress(ip, who.port()), follows);
      if (strength(reply) >= strength(strongest)) {
        strongest = reply;
      }
      if (reply instanceof Led || enough.hasPassed()) {
        break;
      }
    }
    return strongest;
  }

  private static List<InetAddress> resolve(Address who) {
    try {
      return List.of(InetAddress.getAllByName(who.host().replaceAll("[\\[\\]]", "")));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static int strength(Outcome reply) {
    if (reply instanceof Absent) {
      return 0;
    }
    if (reply instanceof Leaderless leaderless) {
      return leaderless.hasMetadata() ? 3 : 1;
    }
    return reply instanceof Refused ? 2 : reply instanceof Led ? 5 : 4;
  }

  private Outcome reply(Address who, InetSocketAddress where, boolean follows) {
    FirstSight sight = FirstSight.of(where, protocol().endsWith("SSL"));
    if (sight instanceof FirstSight.Nobody nobody) {
      return nobody.absent();
    }
    if (sight instanceof FirstSight.OtherProtocol) {
      return otherProtocol(who);
    }
    try (ControllerConnection connection = connect(who, where)) {
      return reply(who, where, follows, new ControllerTalk(connection));
    } catch (Unanswered e) {
      return e.getCause() instanceof AuthenticationException
          ? new Refused(withRemedy(e, who))
          : otherProtocol(who);
    } catch (KafkaException e) {
      return new Refused("controller %s answers: %s".formatted(who, Calls.oneLine(e)));
    }
  }

  private Outcome reply(Address who, InetSocketAddress where, boolean follows, ControllerTalk talk)
      throws Unanswered {
    if (!talk.isController()) {
      return new Refused("%s is no controller of Kafka 3.3 or later".formatted(who));
    }
    ControllerTalk.Leader named = talk.leader(clusterId);
    if (named.error() == Errors.INCONSISTENT_CLUSTER_ID) {
      return new OtherCluster(talk.hasMetadata() ? talk.clusterId() : Optional.empty());
    }
    if (named.error() != Errors.NONE) {
      return refused(who, named.error(), MissingAcl.CLUSTER_ACTION);
    }
    if (named.id().isEmpty()) {
      return new Leaderless(talk.hasMetadata());
    }
    DescribeQuorumResponseData answer = talk.quorum();
    Errors error = Errors.forCode(answer.errorCode());
    if (error != Errors.NONE) {
      return refused(who, error, MissingAcl.DESCRIBE_CLUSTER);
    }
    PartitionData quorum = answer.topics().get(0).partitions().get(0);
    if (quorum.errorCode() == Errors.NONE.code()) {
      leader = Optional.of(where);
      return new Led(state(clusterId.orElse(""), quorum));
    }
    int id = named.id().orElseThrow();
    return follows && named.address().isPresent()
        ? ofLeader(id, named.epoch(), named.address().get())
        : new Following(id, named.epoch(), "it isn't said where that one is");
  }

  /** The leader's own reply, if it is one. */
  private Outcome ofLeader(int id, int epoch, Address where) {
    Outcome reply = reply(where, false);
    if (reply instanceof Led) {
      return reply;
    }
    String why =
        reply instanceof Absent absent
            ? absent.why()
            : reply instanceof Refused refused ? refused.why() : "it doesn't lead any more";
    return new Following(id, epoch, "%s: %s".formatted(where, why));
  }

  private static Refused refused(Address who, Errors error, MissingAcl acl) {
    return new Refused(
        error == Errors.CLUSTER_AUTHORIZATION_FAILED
            ? who + ": " + acl.describe()
            : "controller %s answers: %s".formatted(who, error.message()));
  }

  private Refused otherProtocol(Address who) {
    Diagnosis.Client client = new Diagnosis.Client(protocol(), true, ORIGIN);
    return new Refused(
        "controller "
            + Diagnosis.of(client, AddressLook.kafka(who.toString()))
                .words()
                .orElse(
                    "%s accepts connections but doesn't answer by %s; it hangs, or the security settings of its listener differ"
                        .formatted(who, protocol())));
  }

  private String withRemedy(Unanswered e, Address who) {
    return settings(who).withRemedy(e).getMessage();
  }

  private ClientSettings settings(Address who) {
    return new ClientSettings(
        Asked.CONTROLLERS,
        List.of(who.toString()),
        security,
        Optional.empty(),
        new ClientSettings.Source(ORIGIN, credentials));
  }

  private String protocol() {
    return security.getOrDefault("security.protocol", "PLAINTEXT");
  }

  private ControllerConnection connect(Address who, InetSocketAddress where) throws Unanswered {
    try {
      return ControllerConnection.open(where, CALL + who, settings(who).forAdmin(limit), limit);
    } catch (KafkaException e) {
      throw new Misconfigured(
          "the settings for connecting to controllers are refused by Kafka's client: "
              + Redaction.of(security).applyToKafkas(Calls.oneLine(Causes.root(e)))
              + "; correct "
              + credentials,
          e);
    }
  }

  private static QuorumState state(String clusterId, PartitionData quorum) {
    return new QuorumState(
        clusterId,
        quorum.leaderId(),
        quorum.leaderEpoch(),
        quorum.highWatermark(),
        quorum.currentVoters().stream().map(ControllerProbe::voter).toList());
  }

  private static QuorumState.Voter voter(ReplicaState replica) {
    Uuid directory = replica.replicaDirectoryId();
    long caughtUp = replica.lastCaughtUpTimestamp();
    return new QuorumState.Voter(
        replica.replicaId(),
        Uuid.ZERO_UUID.equals(directory) ? Optional.empty() : Optional.of(directory.toString()),
        replica.logEndOffset(),
        caughtUp < 0 ? OptionalLong.empty() : OptionalLong.of(caughtUp));
  }

  /**
   * Whether the cluster knows a broker, fenced ones included, by the leader that was found.
   * Controllers list no brokers, but they refuse to change the settings of one that isn't
   * registered, and validating an empty change changes nothing.
   */
  public BrokerRegistration registration(int brokerId) {
    if (leader.isEmpty()) {
      return BrokerRegistration.UNKNOWN;
    }
    try (ControllerConnection connection = connect(address, leader.get())) {
      return switch (new ControllerTalk(connection).unchangedBroker(brokerId)) {
        case NONE -> BrokerRegistration.KNOWN;
        case BROKER_ID_NOT_REGISTERED -> BrokerRegistration.UNREGISTERED;
        default -> BrokerRegistration.UNKNOWN;
      };
    } catch (Unanswered | KafkaException e) {
      return BrokerRegistration.UNKNOWN;
    }
  }
}
