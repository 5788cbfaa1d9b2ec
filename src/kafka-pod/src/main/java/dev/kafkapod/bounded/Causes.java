package dev.kafkapod.bounded;

import java.util.ArrayList;
import java.util.List;

/** What a throwable comes from. Bounded, because two throwables may name each other as cause. */
public final class Causes {

  private static final int MOST = 20;

  private Causes() {}

  /** The throwable, its cause, the cause of that, and so on: 20 at most. */
  public static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = thrown; next != null && chain.size() < MOST; next = next.getCause()) {
      chain.add(next);
    }
    return List.copyOf(chain);
  }

  /** What it comes from in the end; itself where it names no cause. */
  public static Throwable root(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return chain.get(chain.size() - 1);
  }
}
