package dev.kafkapod.verdictfile;

import dev.kafkapod.overrides.OverrideIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The override files under which a verdict on "ready" was made.
 *
 * @param identity the files, and which of them was in force; empty if nobody knows
 * @param shared the file for all pods, by its full path, so that a reader looks where the agent
 *     did; empty if nobody knows the files
 */
public record OverridesLine(Optional<OverrideIdentity> identity, String shared) {

  /** Nobody knows the files. */
  public static final OverridesLine UNKNOWN = new OverridesLine(Optional.empty(), "");

  private static final int LONGEST_PATH = 3000;
  private static final String NOTHING = "overrides unknown";
  private static final Pattern LINE = Pattern.compile("overrides (\\S+ \\S+ \\S+) (/\\P{Cntrl}*)");

  public OverridesLine {
    Objects.requireNonNull(identity);
    Objects.requireNonNull(shared);
  }

  /** The line's content; {@link #UNKNOWN} if a line can't hold it. */
  public static OverridesLine of(Optional<OverrideIdentity> identity, Path shared) {
    String path = shared.toAbsolutePath().toString();
    boolean fits =
        path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH
            && path.codePoints().noneMatch(Character::isISOControl)
            && StandardCharsets.UTF_8.newEncoder().canEncode(path);
    return fits && identity.isPresent() ? new OverridesLine(identity, path) : UNKNOWN;
  }

  String format() {
    return identity.map(it -> "overrides " + it.text() + " " + shared).orElse(NOTHING);
  }

  /** What a line says; empty if it is malformed. */
  static Optional<OverridesLine> parse(String line) {
    if (line.equals(NOTHING)) {
      return Optional.of(UNKNOWN);
    }
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? OverrideIdentity.of(matcher.group(1))
            .map(it -> new OverridesLine(Optional.of(it), matcher.group(2)))
        : Optional.empty();
  }
}
