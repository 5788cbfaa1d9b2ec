package dev.kafkapod.diagnosis;

import dev.kafkapod.diagnosis.Sight.SightKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A look at who listens at an address: a connection or two, and some fifty bytes. For where a
 * client has got nothing: Kafka's clients don't say why.
 */
public final class AddressLook {

  /** A connection that isn't made by then isn't going to be soon. */
  private static final Duration TO_CONNECT = Duration.ofSeconds(2);

  /** Whoever is well answers these questions in a millisecond. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  /** What is read of an answer, and what of it is enough to know it by. */
  private static final int MOST = 64;

  private static final int ENOUGH = 8;

  private AddressLook() {}

  /** Who listens at an address, greeted as Kafka. May block for some seconds, or for DNS. */
  public static List<SeenAddress> kafka(String address) {
    return at(address, Greeting.KAFKA);
  }

  /** Who listens at an address, greeted as a JMX port. */
  public static List<SeenAddress> rmi(String address) {
    return at(address, Greeting.RMI);
  }

  private static List<SeenAddress> at(String address, Greeting greeting) {
    List<InetAddress> ips = resolve(address);
    if (ips.isEmpty()) {
      return List.of(
          new SeenAddress(address, "", Optional.empty(), Sight.of(SightKind.UNRESOLVED)));
    }
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    List<SeenAddress> seen = new ArrayList<>();
    for (InetAddress ip : ips) {
      InetSocketAddress where = new InetSocketAddress(ip, port);
      seen.add(
          new SeenAddress(
              address,
              ips.size() > 1 ? ip.getHostAddress() : "",
              Optional.of(where),
              at(where, greeting)));
    }
    return seen;
  }

  /** What the host of host:port stands for; nothing if nobody knows it. */
  private static List<InetAddress> resolve(String address) {
    String host = address.substring(0, address.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static Sight at(InetSocketAddress where, Greeting greeting) {
    Sight sight = greet(where, greeting);
    if (sight.kind() != SightKind.CLOSED) {
      return sight;
    }
    // some who speak TLS say nothing to those who don't
    return greet(where, Greeting.TLS).kind() == SightKind.TLS ? Sight.of(SightKind.TLS) : sight;
  }

  private static Sight greet(InetSocketAddress where, Greeting greeting) {
    boolean connected = false;
    try (Socket socket = new Socket()) {
      socket.connect(where, (int) TO_CONNECT.toMillis());
      connected = true;
      socket.setSoTimeout((int) TO_ANSWER.toMillis());
      socket.getOutputStream().write(greeting.words());
      byte[] answer = read(socket.getInputStream());
      return answer.length == 0 ? Sight.of(SightKind.CLOSED) : greeting.isAnswered(answer);
    } catch (SocketTimeoutException e) {
      return Sight.of(connected ? SightKind.SILENT : SightKind.NO_CONNECTION);
    } catch (IOException e) {
      return connected ? Sight.of(SightKind.CLOSED) : unconnected(e);
    }
  }

  /** The first bytes of an answer, as many as there are. */
  private static byte[] read(InputStream in) throws IOException {
    byte[] answer = new byte[MOST];
    int length = 0;
    try {
      while (length < ENOUGH) {
        int more = in.read(answer, length, MOST - length);
        if (more < 0) {
          break;
        }
        length += more;
      }
    } catch (IOException e) {
      if (length == 0) {
        throw e;
      }
    }
    return Arrays.copyOf(answer, length);
  }

  private static Sight unconnected(IOException e) {
    String why = String.valueOf(e.getMessage());
    String lower = why.toLowerCase(Locale.ROOT);
    if (lower.contains("timed out")) {
      return Sight.of(SightKind.NO_CONNECTION);
    }
    if (lower.contains("reset")) {
      return Sight.of(SightKind.CLOSED);
    }
    boolean refused = e instanceof ConnectException && !(e instanceof NoRouteToHostException);
    return refused && lower.contains("refused")
        ? Sight.of(SightKind.REFUSED)
        : new Sight(SightKind.UNREACHABLE, why.lines().findFirst().orElse(""));
  }
}
