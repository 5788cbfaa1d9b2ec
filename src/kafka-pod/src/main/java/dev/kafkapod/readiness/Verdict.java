package dev.kafkapod.readiness;

import java.util.ArrayList;
import java.util.List;

/** The answer to a yes-or-no question about a broker. Each kind has an exit code of its own. */
public sealed interface Verdict {

  /** Which of the three answers a verdict is. Only the first lets anybody go on. */
  enum Kind {
    YES,
    NO,

    /** Neither yes nor no; never to be taken for a yes. */
    CANNOT_TELL
  }

  /** Which of the three answers this is. */
  Kind kind();

  /** One line for people, without the word that says which question was asked. */
  String summary();

  /** Why it is a no, or why nobody can tell: at least one; none for a yes. */
  List<String> reasons();

  /** The same answer with a note: behind a yes in parentheses, otherwise as one more reason. */
  Verdict noting(String note);

  /** Whether it is a yes. */
  default boolean isYes() {
    return kind() == Kind.YES;
  }

  /** Whether it is a no. */
  default boolean isNo() {
    return kind() == Kind.NO;
  }

  /** Whether nobody can tell. */
  default boolean isUnknown() {
    return kind() == Kind.CANNOT_TELL;
  }

  /** Yes. */
  record Yes(String summary) implements Verdict {

    @Override
    public Kind kind() {
      return Kind.YES;
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }

    @Override
    public Yes noting(String note) {
      return new Yes(summary + " (" + note + ")");
    }
  }

  /** No, for reasons that were seen: at least one. */
  record No(List<String> reasons) implements Verdict {
    public No {
      reasons = requireSome(reasons);
    }

    @Override
    public Kind kind() {
      return Kind.NO;
    }

    @Override
    public String summary() {
      return String.join(", ", reasons);
    }

    @Override
    public No noting(String note) {
      return new No(more(reasons, note));
    }
  }

  /** Neither, for causes that were met: at least one. */
  record CannotTell(List<String> causes) implements Verdict {
    public CannotTell {
      causes = requireSome(causes);
    }

    @Override
    public Kind kind() {
      return Kind.CANNOT_TELL;
    }

    @Override
    public String summary() {
      return String.join("; ", causes);
    }

    @Override
    public List<String> reasons() {
      return causes;
    }

    @Override
    public CannotTell noting(String note) {
      return new CannotTell(more(causes, note));
    }
  }

  private static List<String> requireSome(List<String> reasons) {
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict other than yes needs a reason");
    }
    return List.copyOf(reasons);
  }

  private static List<String> more(List<String> reasons, String another) {
    List<String> more = new ArrayList<>(reasons);
    more.add(another);
    return more;
  }
}
