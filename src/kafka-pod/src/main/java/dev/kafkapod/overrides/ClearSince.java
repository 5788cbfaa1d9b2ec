package dev.kafkapod.overrides;

import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ConditionResult;
import java.util.EnumMap;
import java.util.Map;

/**
 * Since when each condition has been no reason not to be ready. So that an override that ignores
 * one of them need not wait anew, until the others have been in order for long enough.
 */
public final class ClearSince {

  private final Map<Condition, Long> notBlocking = new EnumMap<>(Condition.class);
  private final Map<Condition, Long> known = new EnumMap<>(Condition.class);

  /** Takes a judgement into account. */
  public void note(Assessment assessment, long nowNanos) {
    for (ConditionResult result : assessment.results()) {
      keep(notBlocking, result.condition(), !result.blocks(), nowNanos);
      keep(known, result.condition(), !result.isUnknown(), nowNanos);
    }
  }

  private static void keep(
      Map<Condition, Long> since, Condition condition, boolean clearSince, long now) {
    if (clearSince) {
      since.putIfAbsent(condition, now);
    } else {
      since.remove(condition);
    }
  }

  /** Forgets everything, after a time in which nobody judged. */
  public void clear() {
    notBlocking.clear();
    known.clear();
  }

  /**
   * Since when there has been no reason but those that the override ignores; now, if there is one.
   */
  public long since(ReadinessOverride override, Assessment assessment, long nowNanos) {
    long longest = 0;
    boolean first = true;
    for (ConditionResult result : assessment.results()) {
      Condition condition = result.condition();
      long clearSince = 0;
      boolean counts = false;
      if (!override.ignores(result)) {
        clearSince = nowNanos - notBlocking.getOrDefault(condition, nowNanos);
        counts = true;
      }
      if (!override.ignoresUnknown(result)) {
        long since = nowNanos - known.getOrDefault(condition, nowNanos);
        clearSince = counts ? Math.min(clearSince, since) : since;
        counts = true;
      }
      if (counts) {
        longest = first ? clearSince : Math.min(longest, clearSince);
        first = false;
      }
    }
    return nowNanos - longest;
  }
}
