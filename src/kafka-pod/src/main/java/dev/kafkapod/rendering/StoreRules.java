package dev.kafkapod.rendering;

import dev.kafkapod.rendering.LoadedStore.KeyEntry;
import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.rendering.Problems.Harmless;
import dev.kafkapod.rendering.TlsRules.Use;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a listener's stores are set as Kafka wants them, and can be loaded
 * (org.apache.kafka.common.security.ssl.DefaultSslEngineFactory). Kafka would load them when it
 * opens its listeners, long after its settings were found to be valid, and report the first.
 */
final class StoreRules {

  private static final String ENGINE = "ssl.engine.factory.class";
  private static final String KEY_MANAGER = "ssl.keymanager.algorithm";
  private static final String PEM = "PEM";

  /** The settings of one kind of store. */
  enum StoreKind {
    KEYS("key store", "ssl.keystore.", "ssl.keystore.certificate.chain"),
    TRUST("trust store", "ssl.truststore.", "ssl.truststore.certificates");

    static final String PRIVATE_KEY = "ssl.keystore.key";
    static final String KEY_PASSWORD = "ssl.key.password";

    private final String named;
    private final String prefix;
    private final String inline;

    StoreKind(String named, String prefix, String inline) {
      this.named = named;
      this.prefix = prefix;
      this.inline = inline;
    }

    String location() {
      return prefix + "location";
    }

    String password() {
      return prefix + "password";
    }

    String type() {
      return prefix + "type";
    }

    /** The certificates themselves, in place of a file. */
    String inline() {
      return inline;
    }

    @Override
    public String toString() {
      return named;
    }
  }

  private final Severity severity;
  private final Problems problems;
  private final StoreLoader loader;
  private final CertificateRules certificates;

  /**
   * Rules for stores.
   *
   * @param severity of what Kafka doesn't start with
   */
  StoreRules(Severity severity, Instant now, Problems problems) {
    this.severity = severity;
    this.problems = problems;
    this.loader = new StoreLoader(severity, problems);
    this.certificates = new CertificateRules(severity, now, problems);
  }

  void check(Use use) {
    if (use.tls().text(ENGINE).filter(it -> !it.isEmpty()).isPresent()
        || use.tls().isUnknown(ENGINE)) {
      return; // somebody's own class, which has settings of its own
    }
    Optional<LoadedStore> keys = store(StoreKind.KEYS, use);
    Optional<LoadedStore> trust = store(StoreKind.TRUST, use);
    trust.ifPresent(it -> trusted(use, it));
    keys.ifPresent(
        it -> {
          keys(use, it);
          // a trust store that is set and couldn't be loaded says nothing of the certificates
          boolean known = trust.isPresent() || isUnset(use.tls());
          certificates.check(use, it, known, trust);
        });
  }

  private static boolean isUnset(TlsSettings tls) {
    return tls.get(StoreKind.TRUST.location()).isEmpty()
        && tls.get(StoreKind.TRUST.inline()).isEmpty();
  }

  private Optional<LoadedStore> store(StoreKind kind, Use use) {
    TlsSettings tls = use.tls();
    Optional<Setting> inline = tls.get(kind.inline());
    Optional<Setting> key =
        kind == StoreKind.KEYS ? tls.get(StoreKind.PRIVATE_KEY) : Optional.empty();
    if (tls.isUnknown(kind.type())) {
      return Optional.empty();
    }
    if (inline.isPresent() || key.isPresent()) {
      return inline(kind, tls, key.or(() -> inline).get());
    }
    if (tls.get(kind.location()).isPresent()) {
      return file(kind, tls);
    }
    if (!tls.isUnknown(kind.location())) {
      absent(kind, use);
    }
    return Optional.empty();
  }

  private void absent(StoreKind kind, Use use) {
    Optional<Setting> password = use.tls().get(kind.password());
    if (password.isPresent()) {
      problems.report(
          severity,
          password.get(),
          "Kafka takes no password without a %s; set %s, or remove it",
          new Harmless(kind.toString()),
          new Harmless(kind.location()));
    } else if (kind == StoreKind.KEYS && use.accepts()) {
      problems.report(
          severity,
          use.where(),
          "listener '%s' speaks TLS and has no key store, so that no client could connect; set %s%s, or ssl.keystore.location for all",
          new Harmless(use.name()),
          new Harmless(use.tls().prefix()),
          new Harmless(kind.location()));
    }
  }

  private Optional<LoadedStore> inline(StoreKind kind, TlsSettings tls, Setting given) {
    String type = tls.text(kind.type()).orElse("none");
    Optional<Setting> location = tls.get(kind.location());
    Optional<Setting> password = tls.get(kind.password());
    if (!type.equals(PEM)) {
      problems.report(
          severity,
          given,
          "needs %s=PEM, which is %s; set it",
          new Harmless(kind.type()),
          new Harmless(type));
    } else if (location.isPresent()) {
      problems.report(
          severity,
          location.get(),
          "a file and %s can't both be the %s; remove one",
          new Harmless(given.key()),
          new Harmless(kind.toString()));
    } else if (password.isPresent()) {
      problems.report(
          severity, password.get(), "Kafka takes no password for PEM; %s", remedy(kind));
    } else if (kind == StoreKind.TRUST) {
      return loader.inline(kind, tls);
    } else if (tls.get(StoreKind.PRIVATE_KEY).isEmpty() || tls.get(kind.inline()).isEmpty()) {
      problems.report(
          severity,
          given,
          "needs %s beside it; set it",
          new Harmless(
              given.key().endsWith(kind.inline()) ? StoreKind.PRIVATE_KEY : kind.inline()));
    } else {
      return loader.inline(kind, tls);
    }
    return Optional.empty();
  }

  private static Harmless remedy(StoreKind kind) {
    return new Harmless(
        kind == StoreKind.KEYS
            ? "remove it, and set ssl.key.password if the private key is encrypted"
            : "remove it");
  }

  private Optional<LoadedStore> file(StoreKind kind, TlsSettings tls) {
    Optional<Setting> password = tls.get(kind.password());
    boolean pem = tls.text(kind.type()).orElse("").equals(PEM);
    if (pem && password.isPresent()) {
      problems.report(
          severity, password.get(), "Kafka takes no password for PEM; %s", remedy(kind));
    } else if (!pem
        && kind == StoreKind.KEYS
        && password.isEmpty()
        && !tls.isUnknown(kind.password())) {
      problems.report(
          severity,
          tls.get(kind.location()).orElseThrow(),
          "a key store needs its password, and %s isn't set; set it",
          new Harmless(kind.password()));
    }
    return loader.file(kind, tls);
  }

  private void keys(Use use, LoadedStore store) {
    if (store.keys().isEmpty() && store.isWhole() && use.accepts()) {
      problems.report(
          severity,
          store.where(),
          "listener '%s' needs a private key with its certificate, but %s holds none%s; take the store in which the key was made",
          new Harmless(use.name()),
          store.named(),
          new Harmless(
              store.trusted().isEmpty()
                  ? ""
                  : ", only certificates (" + Certificates.names(store.trusted()) + ")"));
    }
    boolean readAtOnce = use.tls().text(KEY_MANAGER).filter(it -> !it.equals("SunX509")).isEmpty();
    for (KeyEntry entry : store.keys()) {
      if (entry.isLocked()) {
        Setting where = use.tls().get(StoreKind.KEY_PASSWORD).orElse(store.where());
        problems.report(
            readAtOnce ? severity : Severity.WARNING,
            where,
            "the key '%s' in %s has another password; %s",
            new Harmless(entry.alias().replaceAll("\\p{Cntrl}", "?")),
            store.named(),
            new Harmless(
                where.equals(store.where()) ? "set ssl.key.password" : "correct ssl.key.password"));
      }
    }
  }

  private void trusted(Use use, LoadedStore store) {
    if (store.trusted().isEmpty() && store.isWhole()) {
      problems.report(
          use.trustsItself() ? severity : Severity.WARNING,
          store.where(),
          "%s trusts no certificate, because it holds none that Java takes for trusted%s; put the CA's certificate there with keytool -importcert",
          store.named(),
          new Harmless(
              use.tls().get(StoreKind.TRUST.password()).isEmpty()
                  ? " (without ssl.truststore.password those of a PKCS12 store can't be read)"
                  : ""));
    }
  }
}
