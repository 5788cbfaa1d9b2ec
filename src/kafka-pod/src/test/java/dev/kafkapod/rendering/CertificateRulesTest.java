package dev.kafkapod.rendering;

import static dev.kafkapod.rendering.MadeCertificates.FAR_AWAY;
import static dev.kafkapod.rendering.MadeCertificates.LONG_AGO;
import static dev.kafkapod.rendering.MadeCertificates.pem;
import static dev.kafkapod.rendering.TlsOracle.KEYS;
import static dev.kafkapod.rendering.TlsOracle.KEYS_PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.PASSWORD;
import static dev.kafkapod.rendering.TlsOracle.TRUSTED;
import static dev.kafkapod.rendering.TlsOracle.agreeAndRefuse;
import static dev.kafkapod.rendering.TlsOracle.agreeAndTake;
import static dev.kafkapod.rendering.TlsOracle.problems;
import static dev.kafkapod.rendering.TlsOracle.trustingPem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kafkapod.rendering.MadeCertificates.Party;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that can be loaded, and that some client would refuse all the same. */
class CertificateRulesTest extends WithMadeStores {

  private static Path keyStore(Path folder, Party party)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "kafka",
        party.keys().getPrivate(),
        PASSWORD.toCharArray(),
        party.chain().toArray(X509Certificate[]::new));
    Path file = folder.resolve("made.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static Clock before(Instant end, Duration time) {
    return Clock.fixed(end.minus(time), ZoneOffset.UTC);
  }

  @Test
  void warnsTwoWeeksBeforeACertificateExpires() {
    Map<String, String> tls = trusting(KEYS, store("good.p12"), KEYS_PASSWORD, PASSWORD);

    assertThat(problems(tls, before(FAR_AWAY, Duration.ofDays(14)))).isEmpty();
    assertThat(problems(tls, before(FAR_AWAY, Duration.ofDays(14).minusSeconds(1))))
        .containsExactly(
            "warning: ssl.keystore.location: in %s the certificate CN=kafka-1,O=Streams (valid from 2020-01-01T00:00:00Z to 2120-01-01T00:00:00Z) expires within 14 days; renew it"
                .formatted(store("good.p12")),
            "warning: ssl.keystore.location: in %s the certificate CN=Test Issuing CA (valid from 2020-01-01T00:00:00Z to 2120-01-01T00:00:00Z) expires within 14 days; renew it"
                .formatted(store("good.p12")));
  }

  @Test
  void warnsOfAnIssuerThatHasExpired(@TempDir Path folder)
      throws GeneralSecurityException, IOException {
    Party issuer =
        MadeCertificates.authority(
            "CN=Old", MadeStores.CA, LONG_AGO, Instant.parse("2022-01-01T00:00:00Z"));
    Path file =
        keyStore(
            folder, MadeCertificates.server("CN=x", issuer, LONG_AGO, FAR_AWAY, MadeStores.HOST));
    Map<String, String> tls = trusting(KEYS, file.toString(), KEYS_PASSWORD, PASSWORD);

    agreeAndRefuse(tls);
    assertThat(problems(tls, Clock.systemUTC()))
        .anySatisfy(it -> assertThat(it).contains("CN=Old").contains("has expired"));
  }

  /** Java trusts what is in the trust store itself, whatever its dates are. */
  @Test
  void anExpiredCertificateThatIsItselfTrustedIsNoReasonNotToStart(@TempDir Path folder)
      throws GeneralSecurityException, IOException {
    Party self =
        MadeCertificates.selfSigned(
            "CN=x", LONG_AGO, Instant.parse("2022-01-01T00:00:00Z"), MadeStores.HOST);
    Map<String, String> tls =
        trustingPem(
            KEYS,
            keyStore(folder, self).toString(),
            KEYS_PASSWORD,
            PASSWORD,
            TRUSTED,
            pem(self.chain()));

    agreeAndTake(tls);
    assertThat(problems(tls, Clock.systemUTC()))
        .singleElement()
        .asString()
        .contains("warning", "has expired");
  }

  @Test
  void saysThatAFileIsForAnotherUser(@TempDir Path folder)
      throws GeneralSecurityException, IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path file = keyStore(folder, MadeStores.SERVER);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

    assertThat(
            problems(trusting(KEYS, file.toString(), KEYS_PASSWORD, PASSWORD), Clock.systemUTC()))
        .containsExactly(
            "ssl.keystore.location: '%s' can't be read (permission denied); let this process's user read it, for example by the pod's fsGroup"
                .formatted(file));
  }

  @Test
  void showsNoControlCharactersOfNames(@TempDir Path folder)
      throws GeneralSecurityException, IOException {
    Party odd =
        MadeCertificates.server(
            "CN=a\u001b[31mb", MadeStores.CA, LONG_AGO, FAR_AWAY, "x\u001b[0m.example.org");

    assertThat(
            problems(
                    trusting(KEYS, keyStore(folder, odd).toString(), KEYS_PASSWORD, PASSWORD),
                    Clock.systemUTC())
                .toString())
        .contains("CN=a?[31mb")
        .doesNotContain("\u001b");
  }
}
