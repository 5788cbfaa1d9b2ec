package dev.kafkapod.rendering;

import static dev.kafkapod.rendering.MadeCertificates.pem;
import static dev.kafkapod.rendering.TlsOracle.CHAIN;
import static dev.kafkapod.rendering.TlsOracle.KEY;
import static dev.kafkapod.rendering.TlsOracle.KEYS;
import static dev.kafkapod.rendering.TlsOracle.KEYS_PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.KEYS_TYPE;
import static dev.kafkapod.rendering.TlsOracle.KEY_PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.TRUST;
import static dev.kafkapod.rendering.TlsOracle.TRUSTED;
import static dev.kafkapod.rendering.TlsOracle.TRUST_PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.TRUST_TYPE;
import static dev.kafkapod.rendering.TlsOracle.agree;
import static dev.kafkapod.rendering.TlsOracle.agreeAndRefuse;
import static dev.kafkapod.rendering.TlsOracle.agreeAndTake;
import static dev.kafkapod.rendering.TlsOracle.problems;
import static dev.kafkapod.rendering.TlsOracle.trustingPem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kafkapod.rendering.MadeCertificates.Party;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Stores against Kafka's own way of loading them: what it refuses is an error here, and nothing
 * else is.
 */
class StoreRulesTest extends WithMadeStores {

  @Test
  void kafkaTakesWhatIsTakenHere() {
    agreeAndTake(trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD));
    agreeAndTake(trusting(KEYS, store("good.jks"), KEYS_PASSWORD, PASSWORD));
    agreeAndTake(trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, KEYS_TYPE, "JKS"));
    agreeAndTake(trusting(KEYS, store("good.jks"), KEYS_PASSWORD, PASSWORD, KEYS_TYPE, "pkcs12"));
    agreeAndTake(
        trusting(
            KEYS,
            store("key-password.jks"),
            KEYS_PASSWORD,
            PASSWORD,
            KEY_PASSWORD,
            MadeStores.KEY));
    agreeAndTake(trusting(KEYS, store("unsorted.jks"), KEYS_PASSWORD, PASSWORD));
    agreeAndTake(trusting(KEYS, store("unnamed.p12"), KEYS_PASSWORD, PASSWORD));
    agreeAndTake(trustingPem(KEYS, store("good.pem"), KEYS_TYPE, "PEM"));
    agreeAndTake(trustingPem(KEYS, store("good.p12"), KEYS_PASSWORD, " " + PASSWORD + " "));
  }

  @Test
  void kafkaRefusesWhatIsRefusedHere() {
    agreeAndRefuse(trusting());
    for (String file :
        List.of(
            "nowhere.p12",
            "directory.p12",
            "damaged.p12",
            "empty.jks",
            "good.pem",
            "expired.p12",
            "early.p12",
            "stranger.p12",
            "mixed-up.jks",
            "key-password.jks",
            "ca.jks")) {
      agreeAndRefuse(trusting(KEYS, store(file), KEYS_PASSWORD, PASSWORD));
    }
    agreeAndRefuse(trusting(KEYS, "", KEYS_PASSWORD, PASSWORD));
    agreeAndRefuse(trusting(KEYS, store("good.p12"), KEYS_PASSWORD, "hunter2"));
    agreeAndRefuse(trusting(KEYS, store("good.jks"), KEYS_PASSWORD, "hunter2"));
    agreeAndRefuse(trusting(KEYS, store("good.jks"), KEYS_PASSWORD, ""));
    agreeAndRefuse(trusting(KEYS, store("good.p12")));
    agreeAndRefuse(trusting(KEYS_PASSWORD, PASSWORD));
    agreeAndRefuse(
        trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST_PASSWORD, "hunter2"));
    agreeAndRefuse(
        trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST, store("empty.p12")));
    agreeAndRefuse(
        trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST, store("ca.pem")));
    Map<String, String> unreadableTrust =
        trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD);
    unreadableTrust.remove(TRUST_PASSWORD);
    agreeAndRefuse(unreadableTrust);
  }

  @Test
  void kafkaRefusesThePemThatIsRefusedHere() {
    for (String file :
        List.of(
            "nowhere.pem",
            "good.p12",
            "unsorted.pem",
            "without-key.pem",
            "without-certificate.pem",
            "pkcs1.pem")) {
      agreeAndRefuse(trustingPem(KEYS, store(file), KEYS_TYPE, "PEM"));
    }
    agreeAndRefuse(trustingPem(KEYS, store("good.pem"), KEYS_TYPE, "PEM", KEYS_PASSWORD, PASSWORD));
    agreeAndRefuse(trustingPem(KEYS, store("good.pem"), KEYS_TYPE, "PEM", KEY_PASSWORD, PASSWORD));
    agreeAndRefuse(trustingPem(KEYS, store("good.pem"), KEYS_TYPE, "pem", KEYS_PASSWORD, PASSWORD));
    agreeAndRefuse(
        trustingPem(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST_PASSWORD, PASSWORD));
    agreeAndRefuse(
        trustingPem(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST, store("ca.pem")));
    agreeAndRefuse(
        trustingPem(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUST_TYPE, "JKS"));
    agreeAndRefuse(trustingPem(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD, TRUSTED, "x"));
  }

  @Test
  void agreesWithKafkaOnPemThatSettingsHold() throws GeneralSecurityException {
    Party server = MadeStores.SERVER;
    String chain = pem(server.chain());
    String key = pem(server.keys());
    agreeAndTake(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM"));
    // as a variable of one line has it: of several certificates Kafka takes the last
    String one = pem(MadeStores.UNNAMED.chain().subList(0, 1)).replace('\n', ' ');
    agreeAndTake(
        trustingPem(
            KEY, pem(MadeStores.UNNAMED.keys()).replace('\n', ' '), CHAIN, one, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain.replace('\n', ' '), KEYS_TYPE, "PEM"));
    assertThat(
            problems(
                trustingPem(KEY, key, CHAIN, chain.replace('\n', ' '), KEYS_TYPE, "PEM"),
                Clock.systemUTC()))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("holds 3 certificates, of which Kafka reads 1 (CN=Test CA)"));
    agreeAndTake(
        trustingPem(
            KEY,
            "Bag Attributes\n    friendlyName: kafka\n" + key,
            CHAIN,
            "subject=CN = kafka\n\n" + chain,
            KEYS_TYPE,
            "PEM"));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "JKS"));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain));
    agreeAndRefuse(trustingPem(KEY, key, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(CHAIN, chain, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM", KEYS, store("good.pem")));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM", KEYS_PASSWORD, PASSWORD));
    agreeAndRefuse(trustingPem(KEY, key + key, CHAIN, chain, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain + chain, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(KEY, key.replace("END", "EN"), CHAIN, chain, KEYS_TYPE, "PEM"));
    agreeAndRefuse(trustingPem(KEY, pem(MadeCertificates.keys()), CHAIN, chain, KEYS_TYPE, "PEM"));
    agreeAndRefuse(
        trustingPem(
            KEY,
            pem("PRIVATE KEY", new byte[] {1, 2, 3}),
            CHAIN,
            pem("CERTIFICATE", new byte[] {1, 2, 3}),
            KEYS_TYPE,
            "PEM"));
    byte[] ed25519 =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    agreeAndRefuse(trustingPem(KEY, pem("PRIVATE KEY", ed25519), CHAIN, chain, KEYS_TYPE, "PEM"));
  }

  @Test
  void agreesWithKafkaOnEncryptedKeys() throws GeneralSecurityException, IOException {
    String chain = pem(MadeStores.SERVER.chain());
    for (String algorithm : List.of("PBEWithSHA1AndDESede", "PBEWithHmacSHA256AndAES_256")) {
      String key = pem("ENCRYPTED PRIVATE KEY", encrypted(algorithm));
      agree(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM", KEY_PASSWORD, MadeStores.KEY));
      agreeAndRefuse(trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM"));
      agreeAndRefuse(
          trustingPem(KEY, key, CHAIN, chain, KEYS_TYPE, "PEM", KEY_PASSWORD, "hunter2"));
    }
  }

  private static byte[] encrypted(String algorithm) throws GeneralSecurityException, IOException {
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(MadeStores.KEY.toCharArray())));
    byte[] key = cipher.doFinal(MadeStores.SERVER.keys().getPrivate().getEncoded());
    if (algorithm.contains("Hmac")) { // PBES2, which Java's own class can't write
      byte[] pbes2 = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 5, 13
      };
      return MadeCertificates.der(
          0x30,
          MadeCertificates.der(0x30, pbes2, cipher.getParameters().getEncoded()),
          MadeCertificates.der(0x04, key));
    }
    return new EncryptedPrivateKeyInfo(cipher.getParameters(), key).getEncoded();
  }

  /** Somebody else's file may be anything; looking at it must end. */
  @Test
  void endsOnTextThatOnlyLooksLikePem() {
    String dashes = "-".repeat(200_000);
    String colons = "-----BEGIN CERTIFICATE-----\n" + "a:b:c:d:e\n".repeat(20_000);
    String begins = "-----BEGIN CERTIFICATE-----".repeat(400);
    for (String text : List.of(dashes, colons, begins, "BEGIN ".repeat(20_000))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThat(new PemText(text).isTooLong() || parts(text) == 0).isTrue());
    }
  }

  private static int parts(String text) {
    return new PemText(text).parts("CERTIFICATE").size();
  }
}
