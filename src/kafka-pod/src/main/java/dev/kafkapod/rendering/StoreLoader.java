package dev.kafkapod.rendering;

import dev.kafkapod.rendering.LoadedStore.KeyEntry;
import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.rendering.Problems.Harmless;
import dev.kafkapod.rendering.StoreRules.StoreKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads stores as Kafka would, each once, and says why one can't be loaded. */
final class StoreLoader {

  /** Java's own stores of all the world's CAs have a tenth of that. */
  private static final int LONGEST = 4 << 20;

  private static final String PEM = "PEM";
  private static final String PEM_BEGINS = "-----BEGIN";

  private final Severity severity;
  private final Problems problems;
  private final PemReader pem;
  private final Map<List<Object>, Optional<LoadedStore>> loaded = new HashMap<>();

  StoreLoader(Severity severity, Problems problems) {
    this.severity = severity;
    this.problems = problems;
    this.pem = new PemReader(severity, problems);
  }

  /** What the settings hold themselves. */
  Optional<LoadedStore> inline(StoreKind kind, TlsSettings tls) {
    if (tls.isUnknown(kind.inline()) || tls.isUnknown(StoreKind.PRIVATE_KEY)) {
      return Optional.empty();
    }
    Setting certificates = tls.get(kind.inline()).orElseThrow();
    String text = certificates.text();
    return kind == StoreKind.KEYS
        ? pem.keys(
            certificates, Optional.empty(), text, tls.get(StoreKind.PRIVATE_KEY).orElseThrow(), tls)
        : pem.trusted(certificates, Optional.empty(), text);
  }

  /** A file; empty if it can't be loaded, which has been reported. */
  Optional<LoadedStore> file(StoreKind kind, TlsSettings tls) {
    if (tls.isUnknown(kind.location())) {
      return Optional.empty();
    }
    List<Object> what =
        List.of(
            kind,
            tls.get(kind.location()),
            tls.get(kind.type()),
            tls.get(kind.password()),
            tls.get(StoreKind.KEY_PASSWORD));
    if (!loaded.containsKey(what)) {
      loaded.put(what, load(kind, tls));
    }
    return loaded.get(what);
  }

  private Optional<LoadedStore> load(StoreKind kind, TlsSettings tls) {
    Setting location = tls.get(kind.location()).orElseThrow();
    String path = location.text().trim();
    Optional<byte[]> bytes = read(kind, location, path);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(bytes.get(), StandardCharsets.UTF_8);
    String type = tls.text(kind.type()).orElse(KeyStore.getDefaultType());
    if (type.equals(PEM)) {
      if (!text.contains("-BEGIN")) {
        problems.report(
            severity,
            location,
            "%s=PEM, but '%s' holds no PEM text; is it a JKS or PKCS12 %s? Then remove %s",
            new Harmless(kind.type()),
            path,
            new Harmless(kind.toString()),
            new Harmless(kind.type()));
        return Optional.empty();
      }
      return kind == StoreKind.KEYS
          ? pem.keys(location, Optional.of(path), text, location, tls)
          : pem.trusted(location, Optional.of(path), text);
    }
    try {
      return keyStore(kind, tls, location, type, bytes.get());
    } catch (KeyStoreException e) {
      // a provider that the broker is given may know it
      Setting where = tls.get(kind.type()).orElse(location);
      problems.report(
          type.equalsIgnoreCase(PEM) ? severity : Severity.WARNING,
          where,
          "this Java knows no type of stores '%s'; write JKS, PKCS12 or PEM",
          type);
    } catch (IOException e) {
      unreadable(kind, tls, location, path, text, e);
    } catch (GeneralSecurityException e) {
      problems.report(
          severity, location, "'%s' can't be loaded by this Java; make the store anew", path);
    }
    return Optional.empty();
  }

  private Optional<byte[]> read(StoreKind kind, Setting location, String path) {
    String reason;
    try {
      Path file = Path.of(path);
      if (path.isEmpty()) {
        reason = "must name a file, and is empty; set it, or remove it";
      } else if (Files.isDirectory(file)) {
        reason = "must name a file, but '%s' is a directory; correct it";
      } else if (Files.exists(file) && !Files.isRegularFile(file)) {
        problems.warning(location, "'%s' is no ordinary file, and isn't looked into", path);
        return Optional.empty();
      } else {
        return Optional.of(bytes(file));
      }
    } catch (InvalidPathException e) {
      reason = "must name a file, got '%s'; correct it";
    } catch (NoSuchFileException e) {
      reason =
          "there is no file '%s'; mount the Secret with the "
              + kind
              + ", or correct it"
              + (path.startsWith("/") ? "" : " (a path that begins with / is safer)");
    } catch (AccessDeniedException e) {
      reason =
          "'%s' can't be read (permission denied); let this process's user read it, for example by the pod's fsGroup";
    } catch (TooLongException e) {
      problems.warning(location, "'%s' is too long for a store, and isn't looked into", path);
      return Optional.empty();
    } catch (IOException e) {
      reason = "'%s' can't be read; mend the mount or the disk";
    }
    problems.report(severity, location, reason, path);
    return Optional.empty();
  }

  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new TooLongException();
      }
      return bytes;
    }
  }

  private Optional<LoadedStore> keyStore(
      StoreKind kind, TlsSettings tls, Setting location, String type, byte[] bytes)
      throws GeneralSecurityException, IOException {
    Optional<char[]> password = tls.text(kind.password()).map(String::toCharArray);
    KeyStore store = KeyStore.getInstance(type);
    store.load(new ByteArrayInputStream(bytes), password.orElse(null));
    Optional<char[]> keyPassword =
        tls.get(StoreKind.KEY_PASSWORD).isPresent()
            ? tls.text(StoreKind.KEY_PASSWORD).map(String::toCharArray)
            : password;
    List<KeyEntry> keys = new ArrayList<>();
    List<X509Certificate> trusted = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      List<X509Certificate> chain = x509(store.getCertificateChain(alias));
      if (store.isKeyEntry(alias)) {
        if (kind == StoreKind.KEYS) {
          key(store, alias, keyPassword, chain).ifPresent(keys::add);
        }
        chain.stream().limit(1).forEach(trusted::add);
      } else {
        trusted.addAll(x509(store.getCertificate(alias)));
      }
    }
    boolean whole =
        password.isPresent() || (kind == StoreKind.TRUST && !tls.isUnknown(kind.password()));
    return Optional.of(
        new LoadedStore(location, Optional.of(location.text().trim()), whole, keys, trusted));
  }

  private static List<X509Certificate> x509(Certificate... certificates) {
    return certificates == null
        ? List.of()
        : Arrays.stream(certificates)
            .filter(X509Certificate.class::isInstance)
            .map(X509Certificate.class::cast)
            .toList();
  }

  /** A private key; empty for a key of another kind. */
  private static Optional<KeyEntry> key(
      KeyStore store, String alias, Optional<char[]> password, List<X509Certificate> chain)
      throws GeneralSecurityException {
    if (password.isEmpty()) {
      return Optional.of(new KeyEntry(alias, chain, Optional.empty(), false));
    }
    try {
      Key key = store.getKey(alias, password.get());
      return key instanceof PrivateKey privateKey
          ? Optional.of(new KeyEntry(alias, chain, Optional.of(privateKey), false))
          : Optional.empty();
    } catch (UnrecoverableKeyException e) {
      return Optional.of(new KeyEntry(alias, chain, Optional.empty(), true));
    }
  }

  private void unreadable(
      StoreKind kind,
      TlsSettings tls,
      Setting location,
      String path,
      String text,
      IOException problem) {
    if (problem.getCause() instanceof UnrecoverableKeyException) {
      problems.report(
          severity,
          tls.get(kind.password()).orElse(location),
          "isn't the password of the %s '%s'; correct it",
          new Harmless(kind.toString()),
          location.value().isSecret() ? path : new Harmless(path));
    } else if (text.isEmpty()) {
      problems.report(severity, location, "'%s' is empty; write the store anew", path);
    } else if (text.contains(PEM_BEGINS)) {
      problems.report(
          severity,
          location,
          "'%s' is PEM text; set %s=PEM, and remove %s",
          path,
          new Harmless(kind.type()),
          new Harmless(kind.password()));
    } else {
      problems.report(
          severity,
          location,
          "'%s' is no %s that Java can read, or a damaged one; copy or make it anew",
          path,
          new Harmless(kind.toString()));
    }
  }
}
