package dev.kafkapod.agent;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.overrides.OverrideExpiry;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.verdictfile.Proc;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads the override files again and again, on a thread of its own: an operator is heard whatever
 * else hangs. The only place in the agent that looks at the wall clock for a verdict: people say by
 * it when an override ends.
 */
final class OverrideWatch {

  /** How often to look. */
  static final Duration LOOK = Duration.ofMillis(500);

  /** By how much a file system's time may be behind the clock (a jiffy of the slowest kernels). */
  private static final Duration COARSE = Duration.ofMillis(10);

  private final OverridePlaces places;
  private final Optional<BrokerCommandLine> broker;
  private final Clock clock;
  private final Judge judge;
  private final Publisher publisher;
  private final OverrideExpiry expiry = new OverrideExpiry();
  private Overrides before = Overrides.NONE;

  /**
   * A watch over a pod's override files.
   *
   * @param broker the broker's configuration, which says its node id before its MBeans do
   */
  OverrideWatch(
      OverridePlaces places,
      Optional<BrokerCommandLine> broker,
      Clock clock,
      Judge judge,
      Publisher publisher) {
    this.places = places;
    this.broker = broker;
    this.clock = clock;
    this.judge = judge;
    this.publisher = publisher;
  }

  /** Looks once, publishes what has changed, and returns when to come back. */
  Duration look() throws IOException {
    // first all clocks: what takes long from here on makes an override end sooner, not later
    Instant now = clock.instant();
    Duration sinceBoot = Proc.uptime();
    long nanos = System.nanoTime();
    // of a file from the future, which a clock that was set back leaves, no change shows by its
    // time
    Instant changed =
        Stream.concat(Stream.of(now.minus(COARSE)), places.changed().stream())
            .max(Instant::compareTo)
            .orElseThrow();
    Overrides overrides =
        places.read(
            new Overrides.Terms(
                this::nodeId,
                now,
                places.max(),
                override -> expiry.left(override, now, sinceBoot)));
    judge.overrides(
        new OverrideReading(overrides, OptionalLong.of(nanos), sinceBoot, Optional.of(changed)),
        System.nanoTime());
    if (!overrides.isSame(before)) {
      publisher.publish();
      before = overrides;
    }
    Duration left = overrides.inForce().map(it -> it.left()).orElse(LOOK);
    return left.compareTo(LOOK) < 0 ? left : LOOK;
  }

  private OptionalInt nodeId() {
    OptionalInt known =
        judge
            .agentState()
            .observation()
            .broker()
            .value()
            .map(it -> it.nodeId())
            .orElse(OptionalInt.empty());
    if (known.isPresent() || broker.isEmpty()) {
      return known;
    }
    try {
      return NodeId.of(broker.get().properties());
    } catch (Misconfigured e) {
      return OptionalInt.empty();
    }
  }
}
