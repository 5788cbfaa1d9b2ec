package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.rendering.LoadedStore.KeyEntry;
import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.rendering.Problems.Harmless;
import dev.kafkapod.rendering.TlsRules.Use;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whether those who connect will take a listener's certificate. Kafka looks at the one among
 * brokers only, by a handshake with itself before it starts (SslFactory.configure); the others it
 * serves whatever they are, and so these are warnings.
 */
final class CertificateRules {

  private static final Duration SOON = Duration.ofDays(14);
  private static final String NAMES_VERIFIED = "ssl.endpoint.identification.algorithm";
  private static final String TRUST_MANAGER = "ssl.trustmanager.algorithm";

  private final Severity severity;
  private final Instant now;
  private final Problems problems;

  CertificateRules(Severity severity, Instant now, Problems problems) {
    this.severity = severity;
    this.now = now;
    this.problems = problems;
  }

  /**
   * Checks what a listener shows to those who connect.
   *
   * @param trustIsKnown whether the trust store could be loaded, or is Java's own
   */
  void check(Use use, LoadedStore keys, boolean trustIsKnown, Optional<LoadedStore> trust) {
    List<KeyEntry> entries = keys.keys().stream().filter(it -> !it.chain().isEmpty()).toList();
    for (KeyEntry entry : entries) {
      X509Certificate own = entry.chain().get(0);
      if (entry.key().filter(it -> !Certificates.belong(it, own.getPublicKey())).isPresent()) {
        problems.report(
            severity,
            keys.where(),
            "the private key in %s isn't that of the certificate %s, so no client could connect; set a key and a certificate that belong together",
            keys.named(),
            new Harmless(Certificates.described(own)));
        continue;
      }
      order(keys, entry);
      Optional<String> refusal =
          use.trustsItself() && entries.size() == 1 && trustIsKnown
              ? refusal(use, entry.chain(), trust).map(it -> dated(entry.chain()).orElse(it))
              : Optional.empty();
      if (refusal.isPresent()) {
        distrusted(use, keys, own, trust, refusal.get());
        continue;
      }
      for (X509Certificate certificate : entry.chain()) {
        // a root is nobody's business but the one's who trusts it
        if (certificate.equals(own) || !Certificates.isSelfSigned(certificate)) {
          dates(keys, certificate);
        }
      }
    }
    use.host().ifPresent(it -> names(use, keys, entries, it));
  }

  private void order(LoadedStore keys, KeyEntry entry) {
    if (!Certificates.isInOrder(entry.chain())) {
      problems.warning(
          keys.where(),
          "in %s each certificate must be followed by its issuer's, but the order is %s; many clients refuse that; sort them",
          keys.named(),
          new Harmless(Certificates.names(entry.chain())));
    }
  }

  private void distrusted(
      Use use, LoadedStore keys, X509Certificate own, Optional<LoadedStore> trust, String refusal) {
    // which CAs are Java's own, the broker's JVM may have been told otherwise
    problems.report(
        trust.isPresent() ? severity : Severity.WARNING,
        keys.where(),
        "brokers use listener '%s' among each other, and Kafka doesn't start unless its own certificate is trusted there, but %s doesn't trust %s, issued by %s: %s; add its issuer to the trust store, or renew it",
        new Harmless(use.name()),
        trust.map(LoadedStore::named).orElse(new Harmless("Java's own trust store")),
        new Harmless(Certificates.described(own)),
        new Harmless(own.getIssuerX500Principal().getName()),
        new Harmless(refusal));
  }

  /** Java says the same with a date in this machine's own time. */
  private Optional<String> dated(List<X509Certificate> chain) {
    return chain.stream()
        .filter(it -> now.isAfter(Certificates.until(it)) || now.isBefore(Certificates.from(it)))
        .map(
            it ->
                Certificates.described(it)
                    + (now.isAfter(Certificates.until(it)) ? " has expired" : " isn't valid yet"))
        .findFirst();
  }

  private void dates(LoadedStore keys, X509Certificate certificate) {
    Harmless described = new Harmless(Certificates.described(certificate));
    if (now.isAfter(Certificates.until(certificate))) {
      problems.warning(
          keys.where(),
          "in %s the certificate %s has expired, and clients that verify it refuse to connect; renew it",
          keys.named(),
          described);
    } else if (now.isBefore(Certificates.from(certificate))) {
      problems.warning(
          keys.where(),
          "in %s the certificate %s isn't valid yet, and clients that verify it refuse to connect; take one that is, or correct this machine's clock",
          keys.named(),
          described);
    } else if (now.plus(SOON).isAfter(Certificates.until(certificate))) {
      problems.warning(
          keys.where(),
          "in %s the certificate %s expires within %d days; renew it",
          keys.named(),
          described,
          SOON.toDays());
    }
  }

  private void names(Use use, LoadedStore keys, List<KeyEntry> entries, String host) {
    boolean verified =
        use.tls().text(NAMES_VERIFIED).map(it -> !it.isEmpty()).orElse(true)
            && !use.tls().isUnknown(NAMES_VERIFIED);
    if (!verified || entries.isEmpty()) {
      return;
    }
    boolean named =
        entries.stream()
            .anyMatch(it -> HostNames.match(host, Certificates.hosts(it.chain().get(0))));
    if (!named) {
      X509Certificate own = entries.get(0).chain().get(0);
      problems.warning(
          keys.where(),
          "clients are told '%s' for listener '%s', but in %s the certificate %s is made out to %s, and those that verify it refuse to connect; add the name to its subject alternative names",
          new Harmless(host),
          new Harmless(use.name()),
          keys.named(),
          new Harmless(Certificates.described(own)),
          new Harmless(Certificates.shown(Certificates.hosts(own))));
    }
  }

  /** Why Kafka's clients wouldn't trust a chain; empty if they would, or nobody can tell. */
  private static Optional<String> refusal(
      Use use, List<X509Certificate> chain, Optional<LoadedStore> trust) {
    if (use.tls().get(TRUST_MANAGER).isPresent()) {
      return Optional.empty();
    }
    try {
      KeyStore trusted = null;
      if (trust.isPresent()) {
        trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (X509Certificate certificate : trust.get().trusted()) {
          trusted.setCertificateEntry("trusted" + trusted.size(), certificate);
        }
        if (trusted.size() == 0) {
          return Optional.empty(); // which has been said
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return refusal(x509, chain);
        }
      }
      return Optional.empty();
    } catch (GeneralSecurityException | java.io.IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> refusal(X509TrustManager manager, List<X509Certificate> chain) {
    try {
      manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
      return Optional.empty();
    } catch (java.security.cert.CertificateException e) {
      Throwable cause = Causes.root(e);
      return Optional.of(
          Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
    }
  }
}
