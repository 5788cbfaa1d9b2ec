package dev.kafkapod.broker;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects to the broker's own listener: a broker says RUNNING some milliseconds before it accepts
 * connections.
 */
public final class ListenerCheck {

  /** A connection that isn't made by then won't be: one lost packet is sent again after 1 s. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

  private ListenerCheck() {}

  /**
   * Connects and hangs up again. Blocks until the deadline at the latest, name resolution excepted.
   *
   * @throws Unanswered if the host name doesn't resolve, which says nothing of the broker
   */
  public static ListenerSnapshot connect(String host, int port, Deadline deadline)
      throws Unanswered {
    return connect(host + ":" + port, new InetSocketAddress(host, port), deadline);
  }

  /**
   * The same for an address that was resolved before.
   *
   * @param address its name in messages and in the answer
   */
  public static ListenerSnapshot connect(
      String address, InetSocketAddress resolved, Deadline deadline) throws Unanswered {
    int limit = deadline.remainingMillis();
    try (Socket socket = new Socket()) {
      socket.connect(resolved, limit);
      return new ListenerSnapshot(address, Optional.empty());
    } catch (UnknownHostException e) {
      throw new Unanswered(
          "the broker's listener " + address + " can't be checked: its host name doesn't resolve",
          e);
    } catch (SocketTimeoutException e) {
      if (limit < LONG_ENOUGH.toMillis()) {
        throw new Unanswered(
            "the broker's listener " + address + " gave no answer in the time that was left", e);
      }
      return new ListenerSnapshot(address, Optional.of("connecting timed out"));
    } catch (IOException e) {
      return new ListenerSnapshot(address, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
