package dev.kafkapod.agent;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.broker.ListenerCheck;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.verdictfile.Proc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Looks at the broker itself every two seconds: cheap, and what keeps the verdict alive. */
final class Heartbeat {

  static final Duration BEAT = Duration.ofSeconds(2);

  /** A connection that isn't made by then won't be: one lost packet is sent again after 1 s. */
  private static final Duration CONNECT = Duration.ofMillis(2100);

  private final BrokerProbe probe;
  private final Supplier<Answer<Address>> listener;
  private final Judge judge;
  private final Publisher publisher;
  private OptionalLong lastBeat = OptionalLong.empty();
  private Optional<InetSocketAddress> resolved = Optional.empty();

  Heartbeat(
      BrokerProbe probe, Supplier<Answer<Address>> listener, Judge judge, Publisher publisher) {
    this.probe = probe;
    this.listener = listener;
    this.judge = judge;
    this.publisher = publisher;
  }

  /** Looks, judges and publishes once. */
  void beat() throws IOException {
    noticeStandstill();
    // all that is seen from here on is at least as new as that
    long begun = System.nanoTime();
    Answer<BrokerSnapshot> broker = broker();
    judge.broker(broker, listener(broker), begun);
    publisher.publish();
  }

  /** By the time since boot, which goes on while the machine sleeps. */
  private void noticeStandstill() throws IOException {
    long now = Proc.uptimeSeconds();
    long since = now - lastBeat.orElse(now);
    lastBeat = OptionalLong.of(now);
    if (since > Publisher.HOLDS) {
      judge.standstill(Duration.ofSeconds(since), System.nanoTime());
    }
  }

  private Answer<BrokerSnapshot> broker() {
    try {
      return Answer.known(probe.snapshot());
    } catch (Unanswered e) {
      return Answer.unknown(e.getMessage());
    }
  }

  private Answer<ListenerSnapshot> listener(Answer<BrokerSnapshot> broker) {
    if (broker.value().filter(BrokerSnapshot::isUp).isEmpty()) {
      return Answer.unknown("the listener isn't looked at before the broker is RUNNING");
    }
    return listener.get().then(this::connect);
  }

  private Answer<ListenerSnapshot> connect(Address address) {
    try {
      return Answer.known(
          ListenerCheck.connect(address.toString(), resolve(address), Deadline.in(CONNECT)));
    } catch (Unanswered e) {
      return Answer.unknown(e.getMessage());
    }
  }

  /**
   * Once: the broker has bound an address, and a name server that hangs must not stop the heart.
   */
  private InetSocketAddress resolve(Address address) {
    if (resolved.filter(it -> isSame(it, address)).isEmpty()) {
      resolved = Optional.of(new InetSocketAddress(address.host(), address.port()));
    }
    return resolved.get();
  }

  private static boolean isSame(InetSocketAddress resolved, Address address) {
    return !resolved.isUnresolved()
        && resolved.getHostString().equals(address.host())
        && resolved.getPort() == address.port();
  }
}
