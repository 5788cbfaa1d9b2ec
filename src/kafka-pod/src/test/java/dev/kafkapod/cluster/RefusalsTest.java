package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.cluster.ClientSettings.Source;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {

  private static AuthenticationException tls(Throwable cause) {
    SSLHandshakeException handshake = new SSLHandshakeException(cause.getMessage());
    handshake.initCause(cause);
    return new SslAuthenticationException("SSL handshake failed", handshake);
  }

  private static AuthenticationException tls(String message) {
    return new SslAuthenticationException(
        "SSL handshake failed", new SSLHandshakeException(message));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            tls(
                new CertPathValidatorException(
                    "validity check failed",
                    new CertificateExpiredException("NotAfter: Sun Nov 22 2026"))),
            "a certificate that is shown there has expired (NotAfter: Sun Nov 22 2026)",
            "renew it: the brokers' ssl.keystore.location, or the CA's certificate in ssl.truststore.location of FILE"),
        Arguments.of(
            tls(
                new CertPathValidatorException(
                    "validity check failed",
                    new CertificateNotYetValidException("NotBefore: Sun Nov 22 2036"))),
            "a certificate that is shown there isn't valid yet (NotBefore: Sun Nov 22 2036)",
            "compare the clocks of both machines, or wait"),
        Arguments.of(
            tls(new CertificateException("No name matching kafka found")),
            "the certificate that is shown there is for another name (No name matching kafka found)",
            "name the brokers in OPTION as their certificate does, or give them one with this name"),
        Arguments.of(
            tls(new CertificateException("No subject alternative DNS name matching a found.")),
            "the certificate that is shown there is for another name (No subject alternative DNS name matching a found.)",
            "name the brokers in OPTION as their certificate does, or give them one with this name"),
        Arguments.of(
            tls("unable to find valid certification path to requested target"),
            "the certificate that is shown there isn't trusted (unable to find valid certification path to requested target)",
            "add the CA that has signed it to ssl.truststore.location in FILE"),
        Arguments.of(
            tls("Received fatal alert: certificate_required"),
            "the other side refuses this client's certificate, or wants one and got none (Received fatal alert: certificate_required)",
            "name one that it trusts by ssl.keystore.location in FILE"),
        Arguments.of(
            tls("Received fatal alert: handshake_failure"),
            "both sides have no version or cipher of TLS in common (Received fatal alert: handshake_failure)",
            "check ssl.enabled.protocols and ssl.cipher.suites in FILE"),
        Arguments.of(
            tls(new SSLException("Unsupported or unrecognized SSL message")),
            "the other side doesn't speak TLS (Unsupported or unrecognized SSL message)",
            "set security.protocol=PLAINTEXT or SASL_PLAINTEXT in FILE, or check the address in OPTION"),
        Arguments.of(tls("something else"), "TLS failed (something else)", "check ssl.… in FILE"),
        Arguments.of(
            new IllegalSaslStateException("Unexpected handshake request"),
            "the listener lets clients in without SASL, which was tried (Unexpected handshake request)",
            "set security.protocol to the same without SASL_ in FILE, or name another listener in OPTION"),
        Arguments.of(
            NoLogin.in(
                    new IOException(
                        "Channel could not be created",
                        new KafkaException(
                            new SaslAuthenticationException(
                                "Failed to configure SaslClientAuthenticator",
                                new SaslAuthenticationException("Failed to create SaslClient")))))
                .orElseThrow(),
            "this side can't begin to log in (Failed to create SaslClient)",
            "let sasl.mechanism and the login module fit each other in LOGIN"),
        Arguments.of(
            new UnsupportedSaslMechanismException("enabled mechanisms are [PLAIN]"),
            "another SASL mechanism is wanted (enabled mechanisms are [PLAIN])",
            "correct sasl.mechanism in FILE"),
        Arguments.of(
            new SaslAuthenticationException("Invalid username or password"),
            "authentication was refused (Invalid username or password)",
            "check the credentials in LOGIN"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhatWasSeenAndWhatToLookAt(AuthenticationException refusal, String seen, String lookAt) {
    assertThat(Refusals.seen(refusal)).isEqualTo(seen);
    assertThat(
            Refusals.lookAt(
                refusal,
                new SettingsOrigin("OPTION", "FILE", false),
                SaslConfigs.SASL_MECHANISM,
                "LOGIN"))
        .isEqualTo(lookAt);
  }

  /** A broker's file has other settings than a client's. */
  @Test
  void namesTheSettingsThatABrokersConfigurationHas() {
    assertThat(ofBroker(Asked.BROKERS, new UnsupportedSaslMechanismException("not enabled")))
        .endsWith("; correct sasl.mechanism.inter.broker.protocol in FILE");
    assertThat(ofBroker(Asked.CONTROLLERS, new UnsupportedSaslMechanismException("not enabled")))
        .endsWith("; correct sasl.mechanism.controller.protocol in FILE");
    assertThat(ofBroker(Asked.BROKERS, new IllegalSaslStateException("Unexpected request")))
        .endsWith(
            "; let listener.security.protocol.map in FILE say the same without SASL_ for this listener, or name another listener in ADDRESSES");
    assertThat(ofBroker(Asked.BROKERS, tls("Unsupported or unrecognized SSL message")))
        .endsWith(
            "; let listener.security.protocol.map in FILE say PLAINTEXT or SASL_PLAINTEXT for this listener, or check the address in ADDRESSES");
  }

  private static String ofBroker(Asked asked, AuthenticationException refusal) {
    ClientSettings settings =
        new ClientSettings(
            asked,
            List.of("a:1"),
            Map.of(),
            Optional.empty(),
            new Source(new SettingsOrigin("ADDRESSES", "FILE", true), "LOGIN"));
    return settings.withRemedy(Calls.refused(refusal, "asking a:1")).getMessage();
  }
}
