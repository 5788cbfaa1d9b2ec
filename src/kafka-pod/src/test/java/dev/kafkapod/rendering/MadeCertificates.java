package dev.kafkapod.rendering;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** Keys and certificates of any names and dates, which keytool and openssl make only slowly. */
final class MadeCertificates {

  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant FAR_AWAY = Instant.parse("2120-01-01T00:00:00Z");

  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] SAN = {0x06, 0x03, 0x55, 0x1d, 0x11};
  private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
  private static final int SEQUENCE = 0x30;
  private static final AtomicLong SERIAL = new AtomicLong(1000);

  private MadeCertificates() {}

  /**
   * Somebody with a key and a certificate.
   *
   * @param chain the own certificate first
   */
  record Party(KeyPair keys, List<X509Certificate> chain) {
    X509Certificate own() {
      return chain.get(0);
    }
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A CA that trusts itself. */
  static Party authority(String name) {
    KeyPair keys = keys();
    return new Party(keys, List.of(certificate(name, keys, name, keys, LONG_AGO, FAR_AWAY, true)));
  }

  /** A CA below another. */
  static Party authority(String name, Party issuer, Instant from, Instant until) {
    return issued(name, issuer, from, until, true);
  }

  /** A server; hosts are DNS names, or addresses. */
  static Party server(String name, Party issuer, Instant from, Instant until, String... hosts) {
    return issued(name, issuer, from, until, false, hosts);
  }

  /** A server whose certificate is its own issuer. */
  static Party selfSigned(String name, Instant from, Instant until, String... hosts) {
    KeyPair keys = keys();
    return new Party(keys, List.of(certificate(name, keys, name, keys, from, until, false, hosts)));
  }

  private static Party issued(
      String name, Party issuer, Instant from, Instant until, boolean authority, String... hosts) {
    KeyPair keys = keys();
    List<X509Certificate> chain = new ArrayList<>();
    String by = issuer.own().getSubjectX500Principal().getName();
    chain.add(certificate(name, keys, by, issuer.keys(), from, until, authority, hosts));
    chain.addAll(issuer.chain());
    return new Party(keys, chain);
  }

  private static X509Certificate certificate(
      String name,
      KeyPair keys,
      String issuer,
      KeyPair signer,
      Instant from,
      Instant until,
      boolean authority,
      String... hosts) {
    try {
      byte[] toSign =
          der(
              SEQUENCE,
              der(0xa0, der(0x02, new byte[] {2})),
              der(0x02, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
              ECDSA_WITH_SHA256,
              new X500Principal(issuer).getEncoded(),
              der(SEQUENCE, time(from), time(until)),
              new X500Principal(name).getEncoded(),
              keys.getPublic().getEncoded(),
              der(0xa3, der(SEQUENCE, extensions(authority, hosts))));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer.getPrivate());
      signature.update(toSign);
      byte[] signed = der(0x03, new byte[] {0}, signature.sign());
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(der(SEQUENCE, toSign, ECDSA_WITH_SHA256, signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extensions(boolean authority, String... hosts) {
    if (authority) {
      byte[] yes = {0x01, 0x01, (byte) 0xff};
      return der(SEQUENCE, BASIC_CONSTRAINTS, yes, der(0x04, der(SEQUENCE, yes)));
    }
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String host : hosts) {
      boolean address = host.matches("[0-9.]+|.*:.*");
      names.writeBytes(
          address ? der(0x87, bytes(host)) : der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    }
    return hosts.length == 0
        ? der(SEQUENCE, BASIC_CONSTRAINTS, der(0x04, der(SEQUENCE)))
        : der(SEQUENCE, SAN, der(0x04, der(SEQUENCE, names.toByteArray())));
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] time(Instant time) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(time);
    return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** One value in DER. */
  static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length >= 0x80) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  /** PEM text. */
  static String pem(String label, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text);
  }

  static String pem(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  static String pem(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }
}
