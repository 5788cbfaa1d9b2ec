package dev.kafkapod.overrides;

import dev.kafkapod.overrides.OverrideSource.FileContent;
import dev.kafkapod.readiness.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the override files come to for one broker at one moment.
 *
 * @param inForce the one that counts, if any does
 * @param problems what is wrong with files that don't count
 * @param identity which files this is about; empty if nobody has read any
 */
public record Overrides(
    Optional<InForce> inForce, List<Warning> problems, Optional<OverrideIdentity> identity) {

  /** Nobody has read a file, and none is known to be there. */
  public static final Overrides NONE = unread(List.of());

  /** People's clocks differ: an override that begins so little ahead counts already. */
  static final Duration EARLY = Duration.ofMinutes(5);

  public Overrides {
    Objects.requireNonNull(inForce);
    Objects.requireNonNull(identity);
    problems = List.copyOf(problems);
  }

  /**
   * Where the files couldn't be read.
   *
   * @param problems why
   */
  public static Overrides unread(List<Warning> problems) {
    return new Overrides(Optional.empty(), problems, Optional.empty());
  }

  /** The same, once the override that is in force is over. */
  public Overrides ended() {
    return new Overrides(Optional.empty(), problems, identity.map(OverrideIdentity::ended));
  }

  /** The same later, when the override that is in force has so much time left. */
  public Overrides withLeft(Duration left) {
    return new Overrides(
        inForce.map(it -> new InForce(it.override(), it.place(), left, it.wording())),
        problems,
        identity);
  }

  /**
   * A file that is there and doesn't count.
   *
   * @param text subject, rule, what was seen, what to do
   */
  public record Warning(WarningKind kind, String text) {
    public Warning {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(text);
    }
  }

  /** Why a file doesn't count. */
  public enum WarningKind {
    /** Damaged, or wrong. */
    UNUSABLE,
    /** It was in force once. */
    EXPIRED,
    /** It isn't in force yet. */
    AHEAD,
    /** It is for some brokers, and nobody knows which one this is. */
    UNPLACED
  }

  /**
   * By what to judge a file.
   *
   * @param nodeId this broker's node id, asked for only where an override names brokers; empty
   *     where nobody knows it
   * @param now the wall clock
   * @param max how long after it was written an override may end
   * @param left how much time an override has left, by all clocks that count
   */
  public record Terms(
      Supplier<OptionalInt> nodeId,
      Instant now,
      Duration max,
      Function<ReadinessOverride, Duration> left) {

    /** By the wall clock alone. */
    public static Terms at(Instant now, Duration max, Supplier<OptionalInt> nodeId) {
      return new Terms(nodeId, now, max, override -> Duration.between(now, override.until()));
    }
  }

  /** What is in force by one file that is read. */
  private record FileEffect(Optional<InForce> inForce, Optional<Warning> problem) {
    static FileEffect nothing() {
      return new FileEffect(Optional.empty(), Optional.empty());
    }

    static FileEffect wrong(WarningKind kind, String text) {
      return new FileEffect(Optional.empty(), Optional.of(new Warning(kind, text)));
    }

    /** Whether somebody meant something by it, and nobody can tell what. */
    boolean isRiddle() {
      return problem
          .filter(it -> it.kind() != WarningKind.EXPIRED && it.kind() != WarningKind.AHEAD)
          .isPresent();
    }
  }

  /**
   * Judges both files. The pod's own wins whole; and where nobody can tell what it was meant to
   * say, none counts, because it may have been meant to undo the other one.
   *
   * @param own the pod's own file
   * @param shared the file for all pods
   */
  public static Overrides of(OverrideSource own, OverrideSource shared, Terms terms) {
    FileEffect first = judge(own, terms);
    FileEffect second = judge(shared, terms);
    Optional<InForce> inForce =
        first.isRiddle() ? Optional.empty() : first.inForce().or(second::inForce);
    OverrideIdentity.InForceBy by =
        inForce.isEmpty()
            ? OverrideIdentity.InForceBy.NONE
            : first.inForce().isPresent()
                ? OverrideIdentity.InForceBy.OWN
                : OverrideIdentity.InForceBy.SHARED;
    Stream<Warning> firsts =
        first.problem().stream()
            .map(
                it ->
                    first.isRiddle()
                        ? new Warning(it.kind(), it.text() + "; till then no override counts")
                        : it);
    return new Overrides(
        inForce,
        Stream.concat(firsts, second.problem().stream()).toList(),
        Optional.of(new OverrideIdentity(by, own.fingerprint(), shared.fingerprint())));
  }

  private static FileEffect judge(OverrideSource source, Terms terms) {
    String file = "override file " + source.place();
    if (source.content() instanceof FileContent.NoFile) {
      return FileEffect.nothing();
    }
    if (source.content() instanceof FileContent.UnreadableFile unreadable) {
      return FileEffect.wrong(
          WarningKind.UNUSABLE, file + " " + unreadable.problem() + "; write it anew or remove it");
    }
    FileContent.Lines lines = (FileContent.Lines) source.content();
    OverrideText.Parsed parsed =
        OverrideText.parse(
            lines.lines(),
            terms.max(),
            "at most " + Wording.setting(terms.max()) + " after 'since'");
    if (parsed.override().isEmpty()) {
      return FileEffect.wrong(
          WarningKind.UNUSABLE,
          file + ": " + String.join("; ", parsed.problems()) + "; correct it or remove it");
    }
    return judge(parsed.override().get(), source.place(), terms);
  }

  private static FileEffect judge(ReadinessOverride override, String place, Terms terms) {
    OptionalInt nodeId = override.brokers().isEmpty() ? OptionalInt.empty() : terms.nodeId().get();
    if (!override.brokers().isEmpty()) {
      if (nodeId.isEmpty()) {
        return FileEffect.wrong(
            WarningKind.UNPLACED,
            "override file %s is for brokers %s, and this broker's node id isn't known; name its configuration with --server-config"
                .formatted(place, String.join(", ", ids(override))));
      }
      if (!override.brokers().contains(nodeId.getAsInt())) {
        return FileEffect.nothing();
      }
    }
    if (override.since().isAfter(terms.now().plus(EARLY))) {
      return FileEffect.wrong(
          WarningKind.AHEAD,
          "override file %s counts only from %s on, which is ahead of this machine's clock; correct 'since' or the clock, or remove it"
              .formatted(place, override.since()));
    }
    Duration left = terms.left().apply(override);
    if (left.isNegative() || left.isZero()) {
      boolean byTheClock = !override.until().isAfter(terms.now());
      return FileEffect.wrong(
          WarningKind.EXPIRED,
          "override file %s %s %s; remove it"
              .formatted(
                  place,
                  byTheClock ? "expired at" : "has had its time, although the clock isn't yet at",
                  override.until()));
    }
    return new FileEffect(
        Optional.of(InForce.of(override, place, left, terms.now())), Optional.empty());
  }

  private static List<String> ids(ReadinessOverride override) {
    return override.brokers().stream().sorted().map(String::valueOf).toList();
  }

  /** Whether they are the same files, with the same effect, however much time has gone by. */
  public boolean isSame(Overrides other) {
    boolean sameInForce =
        inForce.isPresent()
            ? other.inForce.filter(inForce.get()::isSame).isPresent()
            : other.inForce.isEmpty();
    return sameInForce && problems.equals(other.problems) && identity.equals(other.identity);
  }

  /** Whether there is nothing to say of them: none is in force, and nothing is wrong. */
  public boolean areSilent() {
    return inForce.isEmpty() && problems.isEmpty();
  }

  /** Whether a file is there that can't be used. */
  public boolean isInvalid() {
    return !problems.isEmpty();
  }
}
