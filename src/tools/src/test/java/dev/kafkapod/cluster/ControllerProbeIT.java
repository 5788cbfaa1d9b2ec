package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import dev.kafkapod.storage.ControllerReply.Absent;
import dev.kafkapod.storage.ControllerReply.Outcome;
import dev.kafkapod.storage.ControllerReply.Refused;
import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What is no controller, and mustn't be taken for a silent cluster, or must. */
class ControllerProbeIT {

  private static final String HOST = "127.0.0.1";

  private interface Server {
    void serve(Socket connection) throws Exception;
  }

  private static Outcome reply(int port) {
    return reply(new Address(HOST, port));
  }

  private static Outcome reply(Address address) {
    return new ControllerProbe(
            address, Map.of(), "the settings", Optional.empty(), Duration.ofSeconds(2))
        .ask()
        .reply();
  }

  private static Outcome replyOf(Server server) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                while (!listener.isClosed()) {
                  try {
                    server.serve(listener.accept());
                  } catch (Exception e) {
                    // the other side has gone
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      return reply(listener.getLocalPort());
    }
  }

  private static void assertRefused(Outcome reply, String because) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Refused.class,
            it ->
                assertThat(it.why())
                    .matches("controller 127\\.0\\.0\\.1:\\d+: " + Pattern.quote(because) + ".*"));
  }

  @Test
  void nobodyIsAbsent() {
    assertThat(reply(FreePorts.find(HOST))).isEqualTo(new Absent("Connection refused"));
    assertThat(reply(new Address("no-such-controller.invalid", 1)))
        .isEqualTo(new Absent("the name isn't known"));
  }

  @Test
  void aSidecarWithNobodyBehindItIsAbsent() throws IOException {
    assertThat(replyOf(Socket::close)).isEqualTo(new Absent("hangs up at once"));
    assertThat(
            replyOf(
                socket -> {
                  socket.setSoLinger(true, 0); // a reset
                  socket.close();
                }))
        .isEqualTo(new Absent("hangs up at once"));
  }

  @Test
  void aProcessThatHangsIsNotAbsent() throws IOException {
    assertRefused(
        replyOf(socket -> {}),
        "accepts connections and says nothing: the process hangs, or it is no Kafka listener; ");
  }

  /** Kafka's client would take the first bytes of an alert for a length of 350 MB. */
  @Test
  void aListenerWithTlsThatIsAskedInPlainTextIsNotAbsent() throws IOException {
    assertRefused(
        replyOf(
            socket -> {
              SSLSocket tls =
                  (SSLSocket)
                      SSLContext.getDefault()
                          .getSocketFactory()
                          .createSocket(socket, HOST, socket.getPort(), true);
              tls.setUseClientMode(false);
              tls.startHandshake();
            }),
        "a listener with TLS, but asked by PLAINTEXT; let listener.security.protocol.map in ");
  }
}
