package dev.kafkapod.readiness;

import java.util.List;

/** The answer to a yes-or-no question about a broker. Each kind has an exit code of its own. */
public sealed interface Verdict {

  /** One line for people, without the word that says which question was asked. */
  String summary();

  /** Yes. */
  record Yes(String summary) implements Verdict {}

  /** No, for reasons that were seen: at least one. */
  record No(List<String> reasons) implements Verdict {
    public No {
      reasons = requireSome(reasons);
    }

    @Override
    public String summary() {
      return String.join(", ", reasons);
    }
  }

  /** Neither, for causes that were met: at least one. */
  record CannotTell(List<String> causes) implements Verdict {
    public CannotTell {
      causes = requireSome(causes);
    }

    @Override
    public String summary() {
      return String.join("; ", causes);
    }
  }

  private static List<String> requireSome(List<String> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict other than yes needs a reason");
    }
    return List.copyOf(reasons);
  }
}
