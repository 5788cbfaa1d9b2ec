package dev.kafkapod.rendering;

import static dev.kafkapod.rendering.MadeCertificates.FAR_AWAY;
import static dev.kafkapod.rendering.MadeCertificates.LONG_AGO;

import dev.kafkapod.rendering.MadeCertificates.Party;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Real stores, good ones and bad ones, for every kind of mistake; each with the password STORE. */
final class MadeStores {

  /** The password of the stores. */
  static final String STORE = "abcdefgh";

  /** The password of a key that has another than its store. */
  static final String KEY = "ijklmnop";

  private static final Instant EXPIRED = Instant.parse("2021-06-01T12:00:00Z");
  private static final Instant IN_A_CENTURY = Instant.parse("2119-01-01T00:00:00Z");
  private static final String NAME = "CN=kafka-1,O=Streams";

  /** What a pod of the golden cases is called. */
  static final String HOST = "kafka-1.kafka.streams.svc";

  static final Party CA = MadeCertificates.authority("CN=Test CA");
  static final Party INTERMEDIATE =
      MadeCertificates.authority("CN=Test Issuing CA", CA, LONG_AGO, FAR_AWAY);
  static final Party SERVER =
      MadeCertificates.server(
          NAME, INTERMEDIATE, LONG_AGO, FAR_AWAY, HOST, "*.example.com", "127.0.0.5", "localhost");

  /** A certificate without alternative names. */
  static final Party UNNAMED =
      MadeCertificates.server("CN=other.example.org", CA, LONG_AGO, FAR_AWAY);

  private final Path folder;

  private MadeStores(Path folder) {
    this.folder = folder;
  }

  /** Writes all of them. */
  static void write(Path folder) {
    try {
      Files.createDirectories(folder);
      new MadeStores(folder).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write() throws IOException, GeneralSecurityException {
    Party expired = MadeCertificates.server(NAME, CA, LONG_AGO, EXPIRED, HOST);
    Party early = MadeCertificates.server(NAME, CA, IN_A_CENTURY, FAR_AWAY, HOST);
    Party stranger =
        MadeCertificates.server(
            NAME, MadeCertificates.authority("CN=Nobody's CA"), LONG_AGO, FAR_AWAY, HOST);
    keys("good.p12", "PKCS12", SERVER, STORE);
    keys("good.jks", "JKS", SERVER, STORE);
    keys("kafka01.keystore.jks", "JKS", SERVER, STORE);
    keys("expired.p12", "PKCS12", expired, STORE);
    keys("early.p12", "PKCS12", early, STORE);
    keys("stranger.p12", "PKCS12", stranger, STORE);
    keys("unnamed.p12", "PKCS12", UNNAMED, STORE);
    keys("key-password.jks", "JKS", SERVER, KEY);
    List<X509Certificate> order = List.of(SERVER.own(), CA.own(), INTERMEDIATE.own());
    keys("unsorted.jks", "JKS", new Party(SERVER.keys(), order), STORE);
    keys("mixed-up.jks", "JKS", new Party(stranger.keys(), SERVER.chain()), STORE);
    trusted("ca.p12", "PKCS12", CA.own());
    trusted("ca.jks", "JKS", CA.own());
    trusted("kafka.truststore.jks", "JKS", CA.own());
    trusted("empty.p12", "PKCS12");
    text("good.pem", MadeCertificates.pem(SERVER.keys()) + MadeCertificates.pem(SERVER.chain()));
    text("ca.pem", MadeCertificates.pem(CA.chain()));
    text("unsorted.pem", MadeCertificates.pem(SERVER.keys()) + MadeCertificates.pem(order));
    text("without-key.pem", MadeCertificates.pem(SERVER.chain()));
    text("without-certificate.pem", MadeCertificates.pem(SERVER.keys()));
    text("pkcs1.pem", MadeCertificates.pem(SERVER.keys()).replace("PRIVATE", "EC PRIVATE"));
    text("damaged.p12", "damaged");
    text("empty.jks", "");
    Files.createDirectories(folder.resolve("directory.p12"));
  }

  private void text(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private void keys(String file, String type, Party party, String keyPassword)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    PrivateKey key = party.keys().getPrivate();
    store.setKeyEntry(
        "kafka", key, keyPassword.toCharArray(), party.chain().toArray(X509Certificate[]::new));
    save(file, store);
  }

  private void trusted(String file, String type, X509Certificate... certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("ca" + store.size(), certificate);
    }
    save(file, store);
  }

  private void save(String file, KeyStore store) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
      store.store(out, STORE.toCharArray());
    }
  }
}
