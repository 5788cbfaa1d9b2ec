package dev.kafkapod.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.diagnosis.Sight;
import dev.kafkapod.diagnosis.Sight.SightKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import javax.naming.NameNotFoundException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JmxTroubleTest {

  private static final String AT = "127.0.0.1:9999";

  private static IOException failure(Throwable cause) {
    return new IOException("Failed to retrieve RMIServer stub: ", cause);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            failure(new ConnectException("Connection refused")),
            Sight.of(SightKind.REFUSED),
            "Connection refused, so nothing listens there; check that the broker runs, and --jmx-url"),
        Arguments.of(
            failure(new EOFException()),
            Sight.of(SightKind.KAFKA),
            "it is a Kafka listener and no JMX port; check --jmx-url"),
        Arguments.of(
            failure(new EOFException()),
            Sight.of(SightKind.CLOSED),
            "it closes connections at once, so it is no JMX port; check --jmx-url"),
        Arguments.of(
            failure(new java.rmi.ConnectIOException("non-JRMP server at remote endpoint")),
            Sight.of(SightKind.HTTP),
            "it speaks HTTP, so it is no JMX port; check --jmx-url"),
        Arguments.of(
            failure(new java.rmi.ConnectIOException("non-JRMP server at remote endpoint")),
            new Sight(SightKind.OTHER, "SSH-2.0"),
            "it answers 'SSH-2.0', so it is no JMX port; check --jmx-url"),
        Arguments.of(
            failure(new java.rmi.ConnectIOException("non-JRMP server at remote endpoint")),
            Sight.of(SightKind.TLS),
            "its RMI registry speaks TLS (com.sun.management.jmxremote.registry.ssl), which kafka-pod can't;"
                + " use --pid or the agent, which need no JMX port"),
        Arguments.of(
            failure(new SSLHandshakeException("unable to find valid certification path")),
            Sight.of(SightKind.RMI),
            "it speaks TLS, which failed (unable to find valid certification path); give this Java the port's CA, for"
                + " example by KAFKA_POD_JVM_OPTIONS=-Djavax.net.ssl.trustStore=FILE, and where clients need a"
                + " certificate -Djavax.net.ssl.keyStore=FILE, or use --pid or the agent, which need no JMX port"),
        Arguments.of(
            failure(new NameNotFoundException("jmxrmi")),
            Sight.of(SightKind.RMI),
            "it is an RMI registry that knows no JMX by this name (jmxrmi); check --jmx-url"),
        Arguments.of(
            failure(new java.net.UnknownHostException("nobody.invalid")),
            Sight.of(SightKind.UNRESOLVED),
            "its host name isn't known (nobody.invalid); check --jmx-url"),
        Arguments.of(
            failure(
                new java.rmi.ConnectException(
                    "Connection refused to host: 10.0.0.9; nested exception is: ",
                    new ConnectException("Connection refused"))),
            Sight.of(SightKind.RMI),
            "its registry sends clients on to 10.0.0.9, which can't be reached (Connection refused); set"
                + " -Djava.rmi.server.hostname of the broker's JVM to where clients reach it"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatFailedAndWhatToLookAt(IOException failure, Sight sight, String words) {
    assertThat(JmxTrouble.failed(failure, AT, sight)).isEqualTo(words);
  }

  @Test
  void aSilentPortIsNamed() {
    assertThat(JmxTrouble.silent(Sight.of(SightKind.SILENT)))
        .isEqualTo(
            "accepts connections and says nothing: the broker hangs or is stopped, or it is no JMX port; check its"
                + " process, and --jmx-url");
    assertThat(JmxTrouble.silent(Sight.of(SightKind.NO_CONNECTION)))
        .startsWith("doesn't respond to connection requests: ");
    assertThat(JmxTrouble.silent(Sight.of(SightKind.HTTP)))
        .isEqualTo("speaks HTTP, so it is no JMX port; check --jmx-url");
    assertThat(JmxTrouble.silent(Sight.of(SightKind.RMI))).isEmpty();
  }

  @Test
  void aPasswordIsNothingThatItCouldGive() {
    assertThat(
            JmxTrouble.locked(new SecurityException("Authentication failed! Credentials required")))
        .isEqualTo(
            "its JMX port wants a user and a password (Authentication failed! Credentials required), which kafka-pod"
                + " doesn't take; use --pid or the agent, which need no JMX port");
  }
}
