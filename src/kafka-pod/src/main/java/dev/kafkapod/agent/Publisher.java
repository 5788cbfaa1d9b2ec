package dev.kafkapod.agent;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.verdictfile.OverridesLine;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import dev.kafkapod.verdictfile.VerdictWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves each verdict in the verdict file, and says in the log when it changes. */
final class Publisher {

  /** How long a verdict holds, in seconds: five heartbeats. */
  static final long HOLDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);
  private static final Logger AUDIT = LoggerFactory.getLogger(OverrideNews.LOGGER);

  private final Judge judge;
  private final OverrideNews news = new OverrideNews();
  private final Path sharedOverride;
  private final VerdictWriter writer;
  private final ProcessIdentity self;
  private final Supplier<Optional<Address>> http;
  private AgentState published;
  private Optional<String> problem = Optional.empty();

  /**
   * A publisher for this process.
   *
   * @param sharedOverride the override file for all pods
   * @param http where the same is answered over HTTP
   */
  Publisher(
      Judge judge,
      Path sharedOverride,
      VerdictWriter writer,
      ProcessIdentity self,
      Supplier<Optional<Address>> http) {
    this.judge = Objects.requireNonNull(judge);
    this.sharedOverride = Objects.requireNonNull(sharedOverride);
    this.writer = Objects.requireNonNull(writer);
    this.self = Objects.requireNonNull(self);
    this.http = http;
  }

  /** Publishes what is known now, whoever has something new. */
  synchronized void publish() {
    AgentState agentState = judge.agentState();
    if (published != null) {
      Announcement.of(published, agentState, System.nanoTime()).ifPresent(LOG::info);
    }
    published = agentState;
    news.of(agentState, System.nanoTime()).forEach(AUDIT::warn);
    try {
      // first the time: a pause from here on makes the file expire sooner, not later
      long uptime = Proc.uptimeSeconds();
      long age = agentState.age(System.nanoTime()).toSeconds();
      if (age >= HOLDS) {
        return; // nobody looks at the broker any more: the file must expire
      }
      writer.write(
          new VerdictFile(
              self,
              agentState
                  .observation()
                  .broker()
                  .value()
                  .map(BrokerSnapshot::nodeId)
                  .orElse(OptionalInt.empty()),
              Math.min(uptime + HOLDS - age, agentState.overrides().end().orElse(Long.MAX_VALUE)),
              http.get().map(Address::toString),
              OverridesLine.of(agentState.overrides().overrides().identity(), sharedOverride),
              VerdictLine.of(agentState.readyReply()),
              VerdictLine.of(agentState.liveReply()),
              VerdictLine.of(agentState.startedReply())),
          agentState.overrides().changed());
      say(Optional.empty());
    } catch (IOException e) {
      say(Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private void say(Optional<String> now) {
    if (now.equals(problem)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("the verdict file can be written again");
    } else {
      LOG.warn("{}; until it can, probes have to ask by themselves", now.get());
    }
    problem = now;
  }
}
