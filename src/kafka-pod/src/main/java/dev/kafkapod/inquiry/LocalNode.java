package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out who the local node is, and how it is. Over JMX if it can be had; where it can't, the
 * agent in the process knows both, and the broker's configuration at least who it is. So a broker
 * without JMX isn't waited for in vain.
 */
public final class LocalNode {

  /** How long JMX is waited for after the cluster has answered, before others are asked. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * How soon a process is attached to again that didn't let itself be: each attempt makes a JVM
   * that forbids it print all its threads.
   */
  private static final Duration UNTIL_NEXT_ATTACH = Duration.ofMinutes(1);

  /** The agent answers at once or not at all. */
  private static final Duration OTHERS_WITHIN = Duration.ofSeconds(1);

  /**
   * The local node as far as it is known.
   *
   * @param snapshot who it is, and how
   * @param lacks why its state isn't known, and who says who it is; empty where the state is known
   */
  record Self(BrokerSnapshot snapshot, Optional<String> lacks) {

    static Self whole(BrokerSnapshot snapshot) {
      return new Self(snapshot, Optional.empty());
    }
  }

  /** A question that has been put. */
  @FunctionalInterface
  interface PendingSnapshot {
    /**
     * The answer, waited for until the deadline and no longer.
     *
     * @throws Misconfigured if nobody can be asked
     */
    Answer<Self> answer(Deadline deadline);
  }

  private final Supplier<BrokerProbe> jmx;
  private final boolean attaches;
  private final Path runDirectory;
  private final Supplier<Optional<BrokerCommandLine>> configured;
  private Optional<Deadline> notBefore = Optional.empty();
  private String refusal = "";

  /**
   * A node that can be asked again and again.
   *
   * @param jmx what reads its MBeans; may throw {@link Misconfigured}
   * @param attaches whether that attaches to its process
   * @param runDirectory where its agent leaves the verdict
   * @param configured its configuration, if somebody has named it or its process is found
   */
  public LocalNode(
      Supplier<BrokerProbe> jmx,
      boolean attaches,
      Path runDirectory,
      Supplier<Optional<BrokerCommandLine>> configured) {
    this.jmx = jmx;
    this.attaches = attaches;
    this.runDirectory = runDirectory;
    this.configured = configured;
  }

  /** Asks it; those who know of it are asked only where it doesn't answer. */
  PendingSnapshot ask() {
    if (notBefore.isPresent() && !notBefore.get().hasPassed()) {
      return deadline -> others(refusal, deadline).self();
    }
    Question<BrokerSnapshot> node = Question.ask("the broker", () -> jmx.get().snapshot());
    return deadline -> answer(node, deadline);
  }

  private Answer<Self> answer(Question<BrokerSnapshot> node, Deadline deadline) {
    Optional<Misconfigured> wrong = Optional.empty();
    Answer<BrokerSnapshot> self;
    try {
      self = node.answer(deadline.orIn(PATIENCE));
    } catch (Misconfigured e) {
      wrong = Optional.of(e);
      self = Answer.unknown(e.getMessage());
    }
    if (self.value().flatMap(LocalNode::id).isPresent()) {
      return self.then(it -> Answer.known(Self.whole(it)));
    }
    String cause = self.cause().orElse("the broker hasn't registered its node id over JMX yet");
    ToldByOthers others = others(cause, deadline);
    if (others.self().value().isPresent()) {
      if (attaches && self.value().isEmpty()) {
        notBefore = Optional.of(Deadline.in(UNTIL_NEXT_ATTACH));
        refusal = cause;
      }
      return others.self();
    }
    if (others.contradictory()) {
      return others.self();
    }
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    return node.answer(deadline).then(it -> Answer.known(Self.whole(it)));
  }

  /**
   * What others say of the node.
   *
   * @param contradictory whether that is why nobody can tell: they contradict each other
   */
  private record ToldByOthers(Answer<Self> self, boolean contradictory) {}

  /** What the agent knows, or else the configuration. */
  private ToldByOthers others(String cause, Deadline deadline) {
    Deadline soon = deadline.orIn(OTHERS_WITHIN);
    Question<BrokerSnapshot> agent = Question.ask("the agent", () -> fromAgent(soon));
    Question<ConfiguredNode> configuration =
        Question.ask("the broker's configuration", this::fromConfig);
    Answer<BrokerSnapshot> told = agent.answer(soon);
    Optional<ConfiguredNode> written = configuration.answer(soon).value();
    if (told.value().isPresent()) {
      Optional<String> contradiction =
          written.flatMap(file -> contradiction(told.value().get(), file));
      return contradiction.isPresent()
          ? new ToldByOthers(Answer.unknown(contradiction.get()), true)
          : new ToldByOthers(told.then(it -> Answer.known(Self.whole(it))), false);
    }
    return new ToldByOthers(
        written
            .map(it -> Answer.known(new Self(it.snapshot(), Optional.of(lacks(cause, it)))))
            .orElseGet(() -> Answer.unknown(cause)),
        false);
  }

  private static String lacks(String cause, ConfiguredNode node) {
    return "%s; that it is %s is known from %s"
        .formatted(cause, node.snapshot().name(), node.source());
  }

  /**
   * One machine may have several brokers: another one's run directory must not speak for this one.
   */
  private Optional<String> contradiction(BrokerSnapshot agent, ConfiguredNode file) {
    return agent.nodeId().equals(file.snapshot().nodeId())
        ? Optional.empty()
        : Optional.of(
            "the agent that left its verdict in %s is that of %s, but by %s this is %s; name this one's run directory with --run-dir"
                .formatted(runDirectory, agent.name(), file.source(), file.snapshot().name()));
  }

  private BrokerSnapshot fromAgent(Deadline deadline) throws Unanswered {
    String address =
        VerdictReader.read(runDirectory)
            .verdict()
            .flatMap(VerdictFile::http)
            .orElseThrow(() -> new Unanswered("there is no agent that answers over HTTP"));
    return AgentStatus.ask(address, true, deadline)
        .flatMap(status -> AgentBroker.parse(status.text()))
        .filter(it -> id(it).isPresent())
        .orElseThrow(
            () -> new Unanswered("the agent at " + address + " doesn't give the node's id in"));
  }

  private ConfiguredNode fromConfig() throws Unanswered {
    return ConfiguredNode.find(runDirectory, configured)
        .orElseThrow(() -> new Unanswered("no configuration gives the local node's id"));
  }

  private static Optional<Integer> id(BrokerSnapshot self) {
    return self.nodeId().stream().boxed().findFirst();
  }
}
