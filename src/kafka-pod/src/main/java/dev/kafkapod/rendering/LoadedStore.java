package dev.kafkapod.rendering;

import dev.kafkapod.rendering.Problems.Harmless;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a store holds.
 *
 * @param where the setting that names it
 * @param file its path; empty if the setting holds it
 * @param isWhole whether all that is in it could be read: without its password a part can't
 * @param trusted the certificates that it trusts
 */
record LoadedStore(
    Setting where,
    Optional<String> file,
    boolean isWhole,
    List<KeyEntry> keys,
    List<X509Certificate> trusted) {

  /**
   * A private key with its certificates.
   *
   * @param chain the key's own certificate, and then those of its issuers
   * @param key empty if it couldn't be read
   * @param isLocked whether the password that is known isn't the key's
   */
  record KeyEntry(
      String alias, List<X509Certificate> chain, Optional<PrivateKey> key, boolean isLocked) {}

  LoadedStore {
    keys = List.copyOf(keys);
    trusted = List.copyOf(trusted);
  }

  /** What messages call it. */
  Harmless named() {
    return new Harmless(
        file.map(it -> where.value().isSecret() ? "its file" : it).orElse(where.key()));
  }
}
