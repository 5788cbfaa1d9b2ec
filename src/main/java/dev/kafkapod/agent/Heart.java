package dev.kafkapod.agent;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.broker.ListenerCheck;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.settings.Address;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the broker itself every two seconds: cheap, and what keeps the verdict alive. */
final class Heart {

  static final Duration BEAT = Duration.ofSeconds(2);

  /** A connection that isn't made by then won't be: one lost packet is sent again after 1 s. */
  private static final Duration CONNECT = Duration.ofMillis(2100);

  private final BrokerProbe probe;
  private final Supplier<Answer<Address>> listener;
  private final Judge judge;
  private final Publisher publisher;

  Heart(BrokerProbe probe, Supplier<Answer<Address>> listener, Judge judge, Publisher publisher) {
    this.probe = probe;
    this.listener = listener;
    this.judge = judge;
    this.publisher = publisher;
  }

  /** Looks, judges and publishes once. */
  void beat() {
    Answer<BrokerSnapshot> broker = broker();
    publisher.publish(judge.broker(broker, listener(broker), System.nanoTime()));
  }

  private Answer<BrokerSnapshot> broker() {
    try {
      return Answer.known(probe.snapshot());
    } catch (Unanswered e) {
      return Answer.unknown(e.getMessage());
    }
  }

  private Answer<ListenerSnapshot> listener(Answer<BrokerSnapshot> broker) {
    Optional<BrokerSnapshot> up =
        broker
            .value()
            .filter(
                it ->
                    it.isControllerOnly()
                        || it.state().filter(state -> state == BrokerState.RUNNING).isPresent());
    if (up.isEmpty()) {
      return Answer.unknown("the listener isn't looked at before the broker is RUNNING");
    }
    return listener.get().then(Heart::connect);
  }

  private static Answer<ListenerSnapshot> connect(Address address) {
    try {
      return Answer.known(
          ListenerCheck.connect(address.host(), address.port(), Deadline.in(CONNECT)));
    } catch (Unanswered e) {
      return Answer.unknown(e.getMessage());
    }
  }
}
