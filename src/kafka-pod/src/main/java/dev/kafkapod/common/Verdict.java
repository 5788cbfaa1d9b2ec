package dev.kafkapod.common;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  /**
   * The same behind the word that answers: {@code not ready: fenced}, or {@code ready (for now)}
   * where a note is all there is to say.
   */
  default String line(String word) {
    return word + ": " + summary();
  }

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

  /**
   * Yes.
   *
   * @param why what was seen; empty if the notes are all there is to say
   * @param notes what else to know, each shown in parentheses
   */
  record Yes(String why, List<String> notes) implements Verdict {
    public Yes {
      if (why.isEmpty() && notes.isEmpty()) {
        throw new IllegalArgumentException("a yes says what was seen, or has a note");
      }
      notes = List.copyOf(notes);
    }

    /** A yes for what was seen, without notes. */
    public Yes(String why) {
      this(why, List.of());
    }

    /** A yes of which a note is all there is to say. */
    public static Yes noted(String note) {
      return new Yes("", List.of(note));
    }

    @Override
    public Kind kind() {
      return Kind.YES;
    }

    @Override
    public String summary() {
      return parenthesised(why).strip();
    }

    @Override
    public String line(String word) {
      return parenthesised(why.isEmpty() ? word : word + ": " + why);
    }

    private String parenthesised(String before) {
      return before + notes.stream().map(note -> " (" + note + ")").collect(Collectors.joining());
    }

    @Override
    public List<String> reasons() {
      return List.of();
    }

    @Override
    public Yes noting(String note) {
      return new Yes(why, more(notes, note));
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
