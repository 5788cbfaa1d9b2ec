package dev.kafkapod.placement;

import java.util.List;
import java.util.Objects;

/** What came of planning: all of it, or nothing. */
public sealed interface PlanOutcome {

  /** Everything that was to be placed has its place. */
  record Planned(PlacementPlan plan) implements PlanOutcome {
    public Planned {
      Objects.requireNonNull(plan);
    }
  }

  /** What was asked for can't be; each problem in one line with its remedy. */
  record Impossible(List<String> problems) implements PlanOutcome {
    public Impossible {
      problems = List.copyOf(problems);
    }
  }

  /** Nobody can tell what to move; each cause in one line. */
  record Unclear(List<String> causes) implements PlanOutcome {
    public Unclear {
      causes = List.copyOf(causes);
    }
  }
}
