package dev.kafkapod.common;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking somebody something: a value, or the reason why there is none.
 *
 * <p>"Cannot tell" is neither a yes nor a no, so it must not look like an absent or a default value
 * anywhere.
 */
public sealed interface Answer<T> {

  /** The value that was asked for. */
  record Known<T>(T it) implements Answer<T> {
    public Known {
      Objects.requireNonNull(it);
    }
  }

  /**
   * Nobody answered, or the answer can't be believed.
   *
   * @param why one line that names the subject and what was seen
   */
  record NoAnswer<T>(String why) implements Answer<T> {
    public NoAnswer {
      Objects.requireNonNull(why);
    }
  }

  static <T> Answer<T> known(T value) {
    return new Known<>(value);
  }

  static <T> Answer<T> unknown(String cause) {
    return new NoAnswer<>(cause);
  }

  /** The value, or empty where it is unknown. */
  default Optional<T> value() {
    return this instanceof Known<T> known ? Optional.of(known.it()) : Optional.empty();
  }

  /** The reason why there is no value, or empty where there is one. */
  default Optional<String> cause() {
    return this instanceof NoAnswer<T> unknown ? Optional.of(unknown.why()) : Optional.empty();
  }

  /** Goes on with the value where there is one, and keeps the cause where there is none. */
  default <R> Answer<R> then(Function<T, Answer<R>> next) {
    return this instanceof Known<T> known ? next.apply(known.it()) : unknown(cause().orElseThrow());
  }
}
