package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.ChannelState;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Time;

/**
 * A connection to one controller, with Kafka's own TLS and SASL. Kafka's Admin can't ask a
 * controller that knows neither a leader nor the cluster's metadata.version: before anything else
 * it wants DESCRIBE_CLUSTER, which such a controller refuses.
 */
final class ControllerConnection implements AutoCloseable {

  private static final String CHANNEL = "controller";
  private static final long NEVER = -1; // Selector.NO_IDLE_TIMEOUT_MS
  private static final Duration ONE_POLL = Duration.ofMillis(100);

  /** In bytes. Somebody who doesn't speak Kafka may seem to announce much more. */
  private static final int LONGEST_ANSWER = 16 << 20;

  private static final int DEFAULT_BUFFERS = -1; // Selectable.USE_DEFAULT_BUFFER_SIZE

  private final String call;
  private final Metrics metrics;
  private final Selector selector;
  private final Duration limit;
  private int requests;

  private ControllerConnection(String call, Metrics metrics, Selector selector, Duration limit) {
    this.call = call;
    this.metrics = metrics;
    this.selector = selector;
    this.limit = limit;
  }

  /**
   * Connects and logs in. What this process needs for that, such as loading classes, doesn't count
   * against the limit: where the CPU is short it takes seconds.
   *
   * @param call what is being done, for messages
   * @param settings for Kafka's clients
   * @param limit for this, and for each question
   * @throws KafkaException if the settings are refused
   * @throws Unanswered if it can't be reached, or doesn't let us in
   */
  static ControllerConnection open(
      InetSocketAddress where, String call, Map<String, Object> settings, Duration limit)
      throws Unanswered {
    Metrics metrics = new Metrics();
    Selector selector = selector(new AdminClientConfig(settings), metrics);
    ControllerConnection connection = new ControllerConnection(call, metrics, selector, limit);
    try {
      Deadline deadline = Deadline.in(limit);
      selector.connect(CHANNEL, where, DEFAULT_BUFFERS, DEFAULT_BUFFERS);
      while (!selector.isChannelReady(CHANNEL)) {
        connection.poll(deadline);
      }
      return connection;
    } catch (IOException e) {
      connection.close();
      throw unconnected(e, call);
    } catch (Unanswered | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Unanswered unconnected(IOException problem, String call) {
    return NoLogin.in(problem)
        .map(it -> Calls.refused(it, call))
        .orElseGet(() -> new Unanswered(call + " failed: " + Calls.oneLine(problem), problem));
  }

  /**
   * Why a login can't even begin with these settings; empty if it can. Nothing is sent.
   *
   * @param settings for Kafka's clients
   */
  static Optional<NoLogin> noLogin(InetSocketAddress where, Map<String, Object> settings) {
    try (Metrics metrics = new Metrics();
        Selector selector = selector(new AdminClientConfig(settings), metrics)) {
      selector.connect(CHANNEL, where, DEFAULT_BUFFERS, DEFAULT_BUFFERS);
      return Optional.empty();
    } catch (IOException e) {
      return NoLogin.in(e);
    }
  }

  /** The answer to a request. */
  AbstractResponse ask(AbstractRequest request) throws Unanswered {
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), "kafka-pod", ++requests);
    selector.send(new NetworkSend(CHANNEL, request.toSend(header)));
    Deadline deadline = Deadline.in(limit);
    while (true) {
      poll(deadline);
      for (NetworkReceive received : selector.completedReceives()) {
        return AbstractResponse.parseResponse(received.payload(), header);
      }
    }
  }

  private void poll(Deadline deadline) throws Unanswered {
    if (deadline.hasPassed()) {
      throw new Unanswered(call + " got no answer in time", new TimeoutException());
    }
    try {
      selector.poll(Math.min(deadline.remainingMillis(), ONE_POLL.toMillis()));
    } catch (IOException e) {
      throw new Unanswered(call + " failed: " + Calls.oneLine(e), e);
    }
    ChannelState end = selector.disconnected().get(CHANNEL);
    if (end != null) {
      AuthenticationException refusal = end.exception();
      throw refusal == null
          ? new Unanswered(call + " was hung up on", new TimeoutException())
          : Calls.refused(refusal, call);
    }
  }

  /** LogContext, which nobody here needs, lies in another package from Kafka 4.4 on. */
  private static Selector selector(AdminClientConfig config, Metrics metrics) {
    try {
      Method builder = method("createChannelBuilder");
      Object logContext =
          builder.getParameterTypes()[2].getConstructor(String.class).newInstance("");
      Object channels = builder.invoke(null, config, Time.SYSTEM, logContext);
      Constructor<?> constructor =
          Selector.class.getConstructor(
              int.class,
              long.class,
              int.class,
              Metrics.class,
              Time.class,
              String.class,
              Map.class,
              boolean.class,
              ChannelBuilder.class,
              logContext.getClass());
      return (Selector)
          constructor.newInstance(
              LONGEST_ANSWER,
              NEVER,
              0, // a refusal is told without delay
              metrics,
              Time.SYSTEM,
              "kafka-pod",
              Map.of(),
              false, // no metrics for each connection
              channels,
              logContext);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof KafkaException refusal
          ? refusal
          : new KafkaException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Kafka's clients connect in another way", e);
    }
  }

  private static Method method(String name) throws NoSuchMethodException {
    return Arrays.stream(ClientUtils.class.getMethods())
        .filter(it -> it.getName().equals(name) && it.getParameterCount() == 3)
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(name));
  }

  @Override
  public void close() {
    selector.close();
    metrics.close();
  }
}
