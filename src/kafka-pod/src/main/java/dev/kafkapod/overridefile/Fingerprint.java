package dev.kafkapod.overridefile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one file's bytes from another's: the first half of their SHA-256. */
final class Fingerprint {

  private static final int BYTES = 16;

  private Fingerprint() {}

  /** 32 hexadecimal digits. */
  static String of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
