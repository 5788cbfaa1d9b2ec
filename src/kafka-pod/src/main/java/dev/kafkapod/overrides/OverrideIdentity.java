package dev.kafkapod.overrides;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which override files there were when something was said, and which of them was in force. What was
 * said counts for as long as this is the same, however alike two overrides' words are.
 *
 * @param inForce which file's override was in force
 * @param own the fingerprint of the pod's own file: {@code -} if there is none, 32 hexadecimal
 *     digits for what it holds, and the same after a {@code !} for one that can't be read
 * @param shared the same of the file for all pods
 */
public record OverrideIdentity(InForceBy inForce, String own, String shared) {

  /** The fingerprint of a file that isn't there. */
  public static final String ABSENT = "-";

  private static final String FILE = "-|!?[0-9a-f]{32}";
  private static final Pattern FINGERPRINT = Pattern.compile(FILE);
  private static final Pattern TEXT =
      Pattern.compile("(none|own|shared) (%s) (%s)".formatted(FILE, FILE));

  /** The file whose override is in force. */
  public enum InForceBy {
    NONE,
    OWN,
    SHARED
  }

  public OverrideIdentity {
    Objects.requireNonNull(inForce);
    for (String fingerprint : new String[] {own, shared}) {
      if (!FINGERPRINT.matcher(fingerprint).matches()) {
        throw new IllegalArgumentException(
            "a file's fingerprint must be - or 32 hexadecimal digits, got '" + fingerprint + "'");
      }
    }
  }

  /** The same files, once the override that was in force is over. */
  OverrideIdentity ended() {
    return new OverrideIdentity(InForceBy.NONE, own, shared);
  }

  /** {@code own 0123456789abcdef0123456789abcdef -}. */
  public String text() {
    return inForce.name().toLowerCase(Locale.ROOT) + " " + own + " " + shared;
  }

  /** Reads such a text; empty if it isn't one. */
  public static Optional<OverrideIdentity> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new OverrideIdentity(
                InForceBy.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                matcher.group(2),
                matcher.group(3)))
        : Optional.empty();
  }
}
