package dev.kafkapod.rendering;

import dev.kafkapod.rendering.LoadedStore.KeyEntry;
import dev.kafkapod.rendering.PemText.Part;
import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.rendering.Problems.Harmless;
import dev.kafkapod.rendering.StoreRules.StoreKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Keys and certificates as PEM text, be it a file's or a setting's
 * (DefaultSslEngineFactory.PemStore): a private key in PKCS 8, and certificates in their order.
 */
final class PemReader {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

  /** Those of Kafka's. */
  private static final List<String> ALGORITHMS = List.of("RSA", "DSA", "EC");

  private final Severity severity;
  private final Problems problems;

  PemReader(Severity severity, Problems problems) {
    this.severity = severity;
    this.problems = problems;
  }

  /**
   * A private key with its certificates.
   *
   * @param where the setting to blame for the certificates
   * @param file its path, if it is one
   * @param keyWhere the setting that has the key, or names the file
   */
  Optional<LoadedStore> keys(
      Setting where, Optional<String> file, String text, Setting keyWhere, TlsSettings tls) {
    Optional<PrivateKey> key = key(keyWhere, file.isPresent() ? text : keyWhere.text(), tls);
    Optional<List<X509Certificate>> chain = certificates(where, text);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    if (!Certificates.isInOrder(chain.get())
        || chain.get().stream().distinct().count() < chain.get().size()) {
      problems.report(
          severity,
          where,
          "Kafka takes certificates only in their order, each followed by its issuer's and none twice, but got %s; sort them",
          new Harmless(Certificates.names(chain.get())));
      return Optional.empty();
    }
    return Optional.of(
        new LoadedStore(
            where, file, true, List.of(new KeyEntry("kafka", chain.get(), key, false)), List.of()));
  }

  /** Certificates that are trusted. */
  Optional<LoadedStore> trusted(Setting where, Optional<String> file, String text) {
    return certificates(where, text).map(it -> new LoadedStore(where, file, true, List.of(), it));
  }

  private Optional<List<X509Certificate>> certificates(Setting where, String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    PemText pem = new PemText(text);
    if (pem.isTooLong()) {
      problems.warning(where, "holds more than anybody needs, and isn't looked into");
      return Optional.empty();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Part part : pem.parts(CERTIFICATE)) {
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(part.bytes().array())));
      }
    } catch (CertificateException | IllegalArgumentException e) {
      problems.report(
          severity,
          where,
          "certificate %d of the PEM text can't be read; copy it anew, whole",
          certificates.size() + 1);
      return Optional.empty();
    }
    int begun = pem.begun(CERTIFICATE + "-");
    if (!certificates.isEmpty() && certificates.size() < begun) {
      problems.warning(
          where,
          "holds %d certificates, of which Kafka reads %d (%s): each must begin on a line of its own; put the line breaks back",
          begun,
          certificates.size(),
          new Harmless(Certificates.names(certificates)));
    }
    if (certificates.isEmpty()) {
      problems.report(
          severity,
          where,
          "must hold a certificate as PEM text, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and holds none; add it");
      return Optional.empty();
    }
    return Optional.of(certificates);
  }

  private Optional<PrivateKey> key(Setting where, String text, TlsSettings tls) {
    if (tls.isUnknown(StoreKind.KEY_PASSWORD) || new PemText(text).isTooLong()) {
      return Optional.empty();
    }
    List<Part> keys;
    try {
      keys = new PemText(text).parts(PRIVATE_KEY);
    } catch (IllegalArgumentException e) {
      problems.report(severity, where, "the private key isn't whole PEM text; copy it anew");
      return Optional.empty();
    }
    if (keys.size() != 1) {
      problems.report(
          severity,
          where,
          "must hold one private key as PEM text, and holds %d; correct it",
          keys.size());
      return Optional.empty();
    }
    Part key = keys.get(0);
    Optional<Setting> password = tls.get(StoreKind.KEY_PASSWORD);
    if (key.label().equals(ENCRYPTED) && password.isEmpty()) {
      problems.report(
          severity, where, "the private key is encrypted, and ssl.key.password isn't set; set it");
    } else if (!key.label().equals(ENCRYPTED) && password.isPresent()) {
      problems.report(
          severity,
          password.get(),
          "the private key isn't encrypted, and Kafka takes no password for it; remove ssl.key.password");
    } else {
      return decode(where, key, password);
    }
    return Optional.empty();
  }

  private Optional<PrivateKey> decode(Setting where, Part key, Optional<Setting> password) {
    try {
      PKCS8EncodedKeySpec spec =
          password.isEmpty()
              ? new PKCS8EncodedKeySpec(key.bytes().array())
              : decrypt(key.bytes().array(), password.get().text().trim().toCharArray());
      for (String algorithm : ALGORITHMS) {
        try {
          return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException e) {
          // of another kind
        }
      }
      problems.report(
          severity,
          where,
          "no private key of %s can be read from the PEM text%s",
          new Harmless(String.join(", ", ALGORITHMS)),
          new Harmless(
              key.label().equals(PRIVATE_KEY) || key.label().equals(ENCRYPTED)
                  ? "; make one, or copy it anew, whole"
                  : ", and Kafka takes PKCS 8 only, which '%s' isn't; convert it with openssl pkcs8 -topk8 -nocrypt"
                      .formatted(key.label())));
    } catch (BadPaddingException | InvalidKeyException | InvalidKeySpecException e) {
      problems.report(
          severity, password.orElse(where), "isn't the password of the private key; correct it");
    } catch (NoSuchAlgorithmException e) {
      // up to Java 17 what openssl does by default, PBES2; the broker has this very Java
      problems.report(
          severity,
          where,
          "this Java can't decrypt the private key as Kafka does; encrypt it with openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES");
    } catch (IOException | GeneralSecurityException e) {
      problems.report(severity, where, "the private key can't be read; copy it anew, whole");
    }
    return Optional.empty();
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] encrypted, char[] password)
      throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
    SecretKeyFactory factory = SecretKeyFactory.getInstance(info.getAlgName());
    Cipher cipher = Cipher.getInstance(info.getAlgName());
    cipher.init(
        Cipher.DECRYPT_MODE,
        factory.generateSecret(new PBEKeySpec(password)),
        info.getAlgParameters());
    return info.getKeySpec(cipher);
  }
}
