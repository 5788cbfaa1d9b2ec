package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.diagnosis.Sight;
import dev.kafkapod.diagnosis.Sight.SightKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Who speaks Kafka at an address, by Kafka's own TLS: whether it lets clients in that don't log in,
 * and whether it is a broker or a controller. Kafka's Admin waits for all of them without a word.
 */
final class Inside {

  private static final Duration LIMIT = Duration.ofMillis(1500);

  private Inside() {}

  /**
   * Looks.
   *
   * @param settings those of Kafka's clients, without SASL: whoever logs in is told why not
   * @param outside what a look without TLS has shown
   */
  static Sight of(InetSocketAddress where, Map<String, Object> settings, Sight outside) {
    try (ControllerConnection connection =
        ControllerConnection.open(where, "looking at " + where, settings, LIMIT)) {
      return of(connection, outside);
    } catch (Unanswered | RuntimeException | LinkageError e) {
      return outside;
    }
  }

  /**
   * Why a client that logs in can't even begin to.
   *
   * @param settings those of Kafka's clients
   */
  static Optional<NoLogin> noLogin(InetSocketAddress where, Map<String, Object> settings) {
    try {
      return ControllerConnection.noLogin(where, settings);
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static Sight of(ControllerConnection connection, Sight outside) {
    try {
      ControllerTalk talk = new ControllerTalk(connection);
      return talk.saslMechanisms()
          .map(them -> new Sight(SightKind.NEEDS_SASL, String.join(", ", them)))
          .orElseGet(() -> Sight.of(talk.isController() ? SightKind.CONTROLLER : SightKind.BROKER));
    } catch (Unanswered e) {
      boolean silent = !(e.getCause() instanceof AuthenticationException);
      return silent && outside.kind() == SightKind.TLS ? Sight.of(SightKind.TLS_ONLY) : outside;
    }
  }
}
