package dev.kafkapod.rendering;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people need to know of certificates, none of which is secret; and what belongs together. */
final class Certificates {

  /** More names than that tell nobody anything. */
  private static final int SHOWN = 8;

  private static final int LONGEST = 200;
  private static final int DNS = 2;
  private static final int IP = 7;
  private static final byte[] TRIAL = {1, 2, 3, 4};
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA", "SHA256withRSA",
          "EC", "SHA256withECDSA",
          "DSA", "SHA256withDSA");

  private Certificates() {}

  /** Subjects. */
  static String names(Collection<X509Certificate> certificates) {
    return shown(certificates.stream().map(Certificates::name).distinct().toList());
  }

  /** The subject. */
  static String name(X509Certificate certificate) {
    String name = certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "?");
    if (name.isEmpty()) {
      name = "without a subject";
    }
    return name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
  }

  /** The subject with dates. */
  static String described(X509Certificate certificate) {
    return "%s (valid from %s to %s)"
        .formatted(name(certificate), from(certificate), until(certificate));
  }

  static Instant from(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  static Instant until(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Whether each certificate is followed by its issuer's. */
  static boolean isInOrder(List<X509Certificate> chain) {
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        return false;
      }
    }
    return true;
  }

  /** DNS names and addresses that it is made out to, and otherwise its common name. */
  static List<String> hosts(X509Certificate certificate) {
    List<String> dns = alternatives(certificate, DNS).toList();
    List<String> hosts = Stream.concat(dns.stream(), alternatives(certificate, IP)).toList();
    return dns.isEmpty()
        ? Stream.concat(hosts.stream(), commonName(certificate).stream()).toList()
        : hosts;
  }

  /** A few of many. */
  static String shown(List<String> names) {
    String some =
        names.stream()
            .limit(SHOWN)
            .map(it -> it.replaceAll("\\p{Cntrl}", "?"))
            .collect(Collectors.joining(", "));
    return names.size() > SHOWN
        ? some + " and %d more".formatted(names.size() - SHOWN)
        : names.isEmpty() ? "no name" : some;
  }

  private static Stream<String> alternatives(X509Certificate certificate, int kind) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream()
              .filter(it -> it.get(0).equals(kind) && it.get(1) instanceof String)
              .map(it -> (String) it.get(1));
    } catch (CertificateParsingException e) {
      return Stream.empty();
    }
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    return Stream.of(certificate.getSubjectX500Principal().getName().split("(?<!\\\\),", -1))
        .filter(it -> it.startsWith("CN="))
        .map(it -> it.substring("CN=".length()))
        .findFirst();
  }

  /** Whether a key is a certificate's; true where this Java can't tell. */
  static boolean belong(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(TRIAL);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(TRIAL);
      return signature.verify(signed);
    } catch (java.security.SignatureException e) {
      return false; // of another size
    } catch (GeneralSecurityException e) {
      return true;
    }
  }
}
