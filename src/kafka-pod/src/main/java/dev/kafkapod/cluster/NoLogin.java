package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Causes;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * This side can't even begin to log in, so that nothing is ever sent: its login module has nothing
 * that its mechanism needs. Kafka's clients take that for a connection that was lost, and try again
 * without a word.
 */
final class NoLogin extends AuthenticationException {

  private static final long serialVersionUID = 1;

  private NoLogin(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, where it is why a connection didn't come about. */
  static Optional<NoLogin> in(Throwable problem) {
    Optional<NoLogin> found = Optional.empty();
    for (Throwable it : Causes.chain(problem)) {
      if (it instanceof AuthenticationException) {
        found = Optional.of(new NoLogin(Calls.oneLine(Causes.root(it)), it));
      }
    }
    return found;
  }
}
