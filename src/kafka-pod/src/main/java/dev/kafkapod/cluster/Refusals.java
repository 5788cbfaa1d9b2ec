package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.diagnosis.SettingsOrigin;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Why two sides didn't come together by TLS or SASL. Kafka says "SSL handshake failed" of most of
 * it; what it was, Java says further down.
 */
enum Refusals {
  EXPIRED(
      "a certificate that is shown there has expired (%s)",
      "renew it: the brokers' ssl.keystore.location, or the CA's certificate in ssl.truststore.location of {security}"),
  NOT_YET_VALID(
      "a certificate that is shown there isn't valid yet (%s)",
      "compare the clocks of both machines, or wait"),
  OTHER_NAME(
      "the certificate that is shown there is for another name (%s)",
      "name the brokers in {addresses} as their certificate does, or give them one with this name"),
  UNTRUSTED(
      "the certificate that is shown there isn't trusted (%s)",
      "add the CA that has signed it to ssl.truststore.location in {security}"),
  CERTIFICATE_WANTED(
      "the other side refuses this client's certificate, or wants one and got none (%s)",
      "name one that it trusts by ssl.keystore.location in {security}"),
  NOTHING_IN_COMMON(
      "both sides have no version or cipher of TLS in common (%s)",
      "check ssl.enabled.protocols and ssl.cipher.suites in {security}"),
  NO_TLS(
      "the other side doesn't speak TLS (%s)", "{plaintext}, or check the address in {addresses}"),
  OTHER_TLS("TLS failed (%s)", "check ssl.… in {security}"),
  NO_SASL(
      "the listener lets clients in without SASL, which was tried (%s)",
      "{withoutSasl}, or name another listener in {addresses}"),
  NO_LOGIN(
      "this side can't begin to log in (%s)",
      "let {mechanism} and the login module fit each other in {credentials}"),
  OTHER_MECHANISM("another SASL mechanism is wanted (%s)", "correct {mechanism} in {security}"),
  CREDENTIALS("authentication was refused (%s)", "check the credentials in {credentials}");

  /** What TLS says of certificates; Java's servers say bad_certificate of one that is missing. */
  private static final List<String> ALERTS_OF_CERTIFICATES =
      List.of(
          "bad_certificate",
          "certificate_required",
          "certificate_unknown",
          "certificate_expired",
          "certificate_revoked",
          "unsupported_certificate",
          "unknown_ca",
          "access_denied");

  private final String seen;
  private final String lookAt;

  Refusals(String seen, String lookAt) {
    this.seen = seen;
    this.lookAt = lookAt;
  }

  /** Which of them it is. */
  static Refusals of(AuthenticationException refusal) {
    if (refusal instanceof NoLogin) {
      return NO_LOGIN;
    }
    if (refusal instanceof UnsupportedSaslMechanismException) {
      return OTHER_MECHANISM;
    }
    if (refusal instanceof IllegalSaslStateException) {
      return NO_SASL;
    }
    return refusal instanceof SslAuthenticationException ? ofTls(refusal) : CREDENTIALS;
  }

  private static Refusals ofTls(Throwable refusal) {
    List<Throwable> chain = Causes.chain(refusal);
    if (chain.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
      return EXPIRED;
    }
    if (chain.stream().anyMatch(CertificateNotYetValidException.class::isInstance)) {
      return NOT_YET_VALID;
    }
    String all =
        chain.stream()
            .map(it -> String.valueOf(it.getMessage()))
            .reduce("", (one, other) -> one + "\n" + other)
            .toLowerCase(Locale.ROOT);
    if (all.contains("no subject alternative") || all.contains("no name matching")) {
      return OTHER_NAME;
    }
    if (all.contains("received fatal alert")) {
      return ALERTS_OF_CERTIFICATES.stream().anyMatch(all::contains)
          ? CERTIFICATE_WANTED
          : all.contains("handshake_failure") || all.contains("protocol_version")
              ? NOTHING_IN_COMMON
              : OTHER_TLS;
    }
    if (all.contains("certification path") || all.contains("path building")) {
      return UNTRUSTED;
    }
    if (all.contains("not an ssl") || all.contains("unrecognized ssl message")) {
      return NO_TLS;
    }
    return all.contains("no appropriate protocol") ? NOTHING_IN_COMMON : OTHER_TLS;
  }

  /** What was seen, with the words of whoever saw it. */
  static String seen(AuthenticationException refusal) {
    Refusals kind = of(refusal);
    List<Throwable> chain = Causes.chain(refusal);
    Throwable teller = chain.get(chain.size() - 1);
    if (kind == CREDENTIALS || refusal.getCause() == null) {
      teller = refusal;
    }
    return kind.seen.formatted(Calls.oneLine(teller));
  }

  /**
   * What to look at.
   *
   * @param mechanism the setting that names the SASL mechanism
   * @param credentials what has the credentials
   */
  static String lookAt(
      AuthenticationException refusal,
      SettingsOrigin origin,
      String mechanism,
      String credentials) {
    return of(refusal)
        .lookAt
        .replace("{plaintext}", origin.set("PLAINTEXT or SASL_PLAINTEXT"))
        .replace("{withoutSasl}", origin.setWithoutSasl())
        .replace("{mechanism}", mechanism)
        .replace("{security}", origin.security())
        .replace("{addresses}", origin.addresses())
        .replace("{credentials}", credentials);
  }

  /** The refusal that an exception is about, if it is about one. */
  static Optional<AuthenticationException> in(Throwable thrown) {
    return Stream.of(thrown)
        .map(Throwable::getCause)
        .filter(AuthenticationException.class::isInstance)
        .map(AuthenticationException.class::cast)
        .findFirst();
  }
}
