package dev.kafkapod.cluster;

import dev.kafkapod.storage.ControllerReply.Absent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What can be told of an address without Kafka's client, which would only say that nobody has
 * answered in time; or, where it takes the first bytes of TLS for a length, run out of memory.
 */
sealed interface FirstSight {

  /** Nobody is there. */
  record Nobody(Absent absent) implements FirstSight {}

  /** Somebody is there, and speaks another protocol than we. */
  record OtherProtocol() implements FirstSight {}

  /** It may be a controller. */
  record Promising() implements FirstSight {}

  /** How long a connection may take: a Kubernetes node that is gone doesn't even refuse. */
  Duration TO_CONNECT = Duration.ofSeconds(2);

  /** How long a proxy without anybody behind it may take to hang up. */
  Duration TO_HANG_UP = Duration.ofMillis(300);

  /**
   * Looks.
   *
   * @param tls whether we are going to speak TLS
   */
  static FirstSight of(InetSocketAddress where, boolean tls) {
    boolean connected = false;
    try (Socket socket = new Socket()) {
      socket.connect(where, (int) TO_CONNECT.toMillis());
      connected = true;
      socket.setSoTimeout((int) TO_HANG_UP.toMillis());
      if (isReplied(socket)) {
        return HUNG_UP;
      }
      return !tls && refusesPlaintext(socket) ? new OtherProtocol() : new Promising();
    } catch (SocketTimeoutException e) {
      return new Nobody(new Absent("no connection in time"));
    } catch (IOException e) {
      return connected ? new OtherProtocol() : absent(e);
    }
  }

  /** Of a proxy with nobody behind it. */
  Nobody HUNG_UP = new Nobody(new Absent("hangs up at once"));

  /** A reset may arrive before the connection is reported to be there. */
  private static Nobody absent(IOException e) {
    String why = Calls.oneLine(e);
    return why.startsWith("Connection reset") ? HUNG_UP : new Nobody(new Absent(why));
  }

  /** Begins a request, of which Kafka waits for the rest, and TLS knows that it is none of its. */
  private static boolean refusesPlaintext(Socket socket) throws IOException {
    byte[] lengthAndFirstByte = {0, 0, 0, 32, 0};
    socket.getOutputStream().write(lengthAndFirstByte);
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
}
