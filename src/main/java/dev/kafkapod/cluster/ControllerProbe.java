package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.settings.Address;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.storage.Acquaintance;
import dev.kafkapod.storage.ControllerReply;
import dev.kafkapod.storage.ControllerReply.Absent;
import dev.kafkapod.storage.ControllerReply.Leaderless;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.ControllerReply.Refused;
import dev.kafkapod.storage.ControllerReply.Reply;
import dev.kafkapod.storage.QuorumState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks one controller who leads, and who has caught up. Tells apart a controller that isn't there,
 * one that knows no leader, and one that doesn't talk to us: Kafka's clients just wait for all
 * three.
 */
public final class ControllerProbe implements AutoCloseable {

  /** How long a proxy without anybody behind it may take to hang up. */
  private static final Duration TO_HANG_UP = Duration.ofMillis(300);

  /** The length of a request, 32, and the first byte of it. */
  private static final byte[] BEGINNING_OF_A_REQUEST = {0, 0, 0, 32, 0};

  private static final Absent HUNG_UP = new Absent("hangs up at once");

  private static final Duration TO_CONNECT = Duration.ofSeconds(2);

  private final Address address;
  private final Map<String, String> security;
  private final Duration limit;
  private Admin admin;

  /**
   * A probe that connects when it is first asked.
   *
   * @param security settings for Kafka's clients
   * @param limit how long one question may take
   */
  public ControllerProbe(Address address, Map<String, String> security, Duration limit) {
    this.address = address;
    this.security = Map.copyOf(security);
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
    return new ControllerReply(address.toString(), reply());
  }

  private Reply reply() {
    Deadline deadline = Deadline.in(limit);
    Optional<Reply> absence = atFirstSight();
    if (absence.isPresent()) {
      return absence.get();
    }
    try {
      Admin client = client();
      String call = "asking controller " + address;
      String clusterId = Calls.await(client.describeCluster().clusterId(), call, deadline);
      QuorumInfo info = Calls.await(client.describeMetadataQuorum().quorumInfo(), call, deadline);
      return new Led(state(clusterId, info));
    } catch (AuthorizationException e) {
      return new Refused(address + ": " + MissingAcl.DESCRIBE_CLUSTER.describe());
    } catch (KafkaException e) {
      return new Refused("controller %s answers: %s".formatted(address, Calls.oneLine(e)));
    } catch (Unanswered e) {
      return isSilence(e) ? ofSilence() : new Refused(e.getMessage());
    }
  }

  private static boolean isSilence(Unanswered e) {
    return e.getCause() instanceof java.util.concurrent.TimeoutException
        || e.getCause() instanceof TimeoutException;
  }

  /**
   * Kafka's client goes on asking until it is told a leader. A controller that has answered at all
   * speaks our protocol, and knows none.
   */
  private Reply ofSilence() {
    boolean hasAnswered =
        admin.metrics().entrySet().stream()
            .filter(metric -> metric.getKey().name().equals("response-total"))
            .anyMatch(
                metric ->
                    metric.getValue().metricValue() instanceof Number n && n.doubleValue() > 0);
    return hasAnswered ? new Leaderless() : otherProtocol();
  }

  /**
   * What can be told without Kafka's client, which would only say that nobody has answered in time;
   * or, where it takes the first bytes of TLS for a length, run out of memory.
   */
  private Optional<Reply> atFirstSight() {
    boolean connected = false;
    try (Socket socket = new Socket()) {
      String host = address.host().replaceAll("[\\[\\]]", "");
      InetAddress resolved = InetAddress.getByName(host);
      socket.connect(new InetSocketAddress(resolved, address.port()), (int) TO_CONNECT.toMillis());
      connected = true;
      socket.setSoTimeout((int) TO_HANG_UP.toMillis());
      return isReplied(socket)
          ? Optional.of(HUNG_UP)
          : Optional.ofNullable(refusesPlaintext(socket) ? otherProtocol() : null);
    } catch (UnknownHostException e) {
      return Optional.of(new Absent("the name isn't known"));
    } catch (SocketTimeoutException e) {
      return Optional.of(new Absent("no connection in time"));
    } catch (IOException e) {
      return Optional.of(connected ? otherProtocol() : absent(e));
    }
  }

  /** A reset may arrive before the connection is reported to be there. */
  private static Absent absent(IOException e) {
    String why = Calls.oneLine(e);
    return why.startsWith("Connection reset") ? HUNG_UP : new Absent(why);
  }

  /** Begins a request, of which Kafka waits for the rest, and TLS knows that it is none of its. */
  private boolean refusesPlaintext(Socket socket) throws IOException {
    if (protocol().endsWith("SSL")) {
      return false;
    }
    socket.getOutputStream().write(BEGINNING_OF_A_REQUEST);
    return isReplied(socket);
  }

  /** Whether there is anything to read, be it the end or a reset. */
  private static boolean isReplied(Socket socket) throws IOException {
    try {
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }

  private Refused otherProtocol() {
    return new Refused(
        "controller %s accepts connections but doesn't answer by %s; it hangs, or the security settings of its listener differ"
            .formatted(address, protocol()));
  }

  private String protocol() {
    return security.getOrDefault("security.protocol", "PLAINTEXT");
  }

  private Admin client() {
    if (admin == null) {
      ClientSettings settings =
          new ClientSettings(Asked.CONTROLLERS, List.of(address.toString()), security);
      try {
        admin = Admin.create(settings.forAdmin(limit));
      } catch (KafkaException e) {
        Throwable root = e;
        while (root.getCause() != null) {
          root = root.getCause();
        }
        throw new Misconfigured(
            "the settings for connecting to controllers are refused by Kafka's client: "
                + Redaction.of(security).apply(Calls.oneLine(root))
                + "; correct those of the controller listener",
            e);
      }
    }
    return admin;
  }

  private static QuorumState state(String clusterId, QuorumInfo info) {
    return new QuorumState(
        clusterId,
        info.leaderId(),
        info.leaderEpoch(),
        info.highWatermark(),
        info.voters().stream().map(ControllerProbe::voter).toList());
  }

  private static QuorumState.Voter voter(ReplicaState replica) {
    return new QuorumState.Voter(
        replica.replicaId(),
        DirectoryId.of(replica),
        replica.logEndOffset(),
        replica.lastCaughtUpTimestamp());
  }

  /**
   * Whether the cluster knows a broker, fenced ones included. Controllers list no brokers, but they
   * refuse to change the settings of one that isn't registered, and validating an empty change
   * changes nothing.
   */
  public Acquaintance acquaintance(int brokerId) {
    ConfigResource broker =
        new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(brokerId));
    try {
      Calls.await(
          client()
              .incrementalAlterConfigs(
                  Map.of(broker, List.of()), new AlterConfigsOptions().validateOnly(true))
              .all(),
          "asking controller " + address,
          Deadline.in(limit));
      return Acquaintance.KNOWN;
    } catch (KafkaException e) {
      return e.getClass().getSimpleName().equals("BrokerIdNotRegisteredException")
          ? Acquaintance.STRANGER
          : Acquaintance.UNKNOWN;
    } catch (Unanswered e) {
      return Acquaintance.UNKNOWN;
    }
  }

  @Override
  @SuppressWarnings(
      "deprecation") // its successor takes CloseOptions, which only newer clients have
  public void close() {
    if (admin != null) {
      admin.close(Duration.ofMillis(1));
    }
  }
}
