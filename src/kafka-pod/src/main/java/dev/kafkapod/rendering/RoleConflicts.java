package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.ConfiguredVoter;
import dev.kafkapod.nodeconfig.Listener;
import dev.kafkapod.nodeconfig.ProcessRoles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Settings of one role beside those of another, or of ZooKeeper mode: somebody has copied too much.
 * An error where no Kafka starts with it, and would say so one at a time (KafkaConfig
 * .validateValues); a warning where it goes on, and one of the two counts for nothing.
 */
final class RoleConflicts {

  private static final String VOTERS = "controller.quorum.voters";
  private static final String BOOTSTRAP = "controller.quorum.bootstrap.servers";
  private static final String ZOOKEEPER = "zookeeper.connect";
  private static final String MIGRATION = "zookeeper.metadata.migration.enable";

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("nothing-of-another-mode", RoleConflicts::mode),
          rule("listeners-are-the-roles", RoleConflicts::listeners),
          rule("brokers-do-not-use-the-controllers-listener", RoleConflicts::interBroker),
          rule("the-quorum-is-set-once", RoleConflicts::quorum),
          rule("the-controllers-port-is-the-voters", RoleConflicts::ownPort));

  private final Settings settings;
  private final ProcessRoles roles;
  private final ListenerSetup setup;
  private final Problems problems;

  private RoleConflicts(RuleInput input, Problems problems) {
    this.settings = input.settings();
    this.roles = input.roles();
    this.setup = input.listeners();
    this.problems = problems;
  }

  /** A rule about a node in KRaft mode that has been told its roles. */
  private static RenderRule rule(String name, Consumer<RoleConflicts> check) {
    return RenderRule.of(
        name,
        (input, problems) -> {
          if (input.hasRoles()) {
            check.accept(new RoleConflicts(input, problems));
          }
        });
  }

  private static void mode(RuleInput input, Problems problems) {
    Settings settings = input.settings();
    if (settings.value(MIGRATION).filter(it -> it.equalsIgnoreCase("true")).isPresent()) {
      return;
    }
    RoleConflicts rules = new RoleConflicts(input, problems);
    // a Kafka that knows no ZooKeeper warns of the key itself
    boolean known = input.knownKeys().isEmpty() || input.knownKeys().contains(ZOOKEEPER);
    if (input.roles().zooKeeper()) {
      settings.get(VOTERS).ifPresent(rules::unusedByZooKeeper);
      settings.get(BOOTSTRAP).ifPresent(rules::unusedByZooKeeper);
    } else if (known) {
      settings.get(ZOOKEEPER).ifPresent(rules::unusedByKraft);
    }
  }

  private void unusedByZooKeeper(Setting setting) {
    problems.warning(
        setting,
        "counts for nothing in ZooKeeper mode, which this broker is in without process.roles; remove it, or set %s=true to migrate to KRaft",
        new Problems.Harmless(MIGRATION));
  }

  private void unusedByKraft(Setting setting) {
    problems.warning(
        setting,
        "counts for nothing beside process.roles, which means KRaft; remove one of the two, or set %s=true on the nodes that migrate",
        new Problems.Harmless(MIGRATION));
  }

  private void listeners() {
    settings.get("listeners").ifPresent(this::listeners);
  }

  private void listeners(Setting setting) {
    for (Listener listener : setup.bound()) {
      boolean controllers = setup.controllers().contains(listener.name());
      if (roles.broker() && !roles.controller() && controllers) {
        problems.error(
            setting,
            "'%s' is the controllers' listener (controller.listener.names), and a process that is only a broker must not bind it; remove it from listeners and advertised.listeners",
            listener.text());
      } else if (!roles.broker() && !controllers && !setup.controllers().isEmpty()) {
        problems.error(
            setting,
            "'%s' is a broker's listener, and a process that is only a controller binds none but those in controller.listener.names (%s); remove it, or make the process a broker, too",
            listener.text(),
            String.join(", ", setup.controllers()));
      }
    }
  }

  private void interBroker() {
    Optional<Setting> setting = settings.get("inter.broker.listener.name");
    if (roles.broker()
        && setting.isPresent()
        && setup.controllers().contains(setting.get().text().strip().toUpperCase(Locale.ROOT))) {
      problems.error(
          setting.get(),
          "'%s' is the controllers' listener (controller.listener.names), and brokers need one of their own; name another",
          setting.get().text().strip());
    }
  }

  private void quorum() {
    Optional<Setting> voters = voters();
    Optional<Setting> bootstrap = settings.get(BOOTSTRAP).filter(it -> !it.text().isBlank());
    if (voters.isPresent() && bootstrap.isPresent()) {
      problems.warning(
          bootstrap.get(),
          "is set beside %s (%s), and only one of the two counts: the voters for a quorum that was formatted with them, this for one whose voters can change; remove the other unless the quorum is just being changed",
          new Problems.Harmless(VOTERS),
          new Problems.Harmless(voters.get().origin().toString()));
    }
  }

  private Optional<Setting> voters() {
    return settings.get(VOTERS).filter(it -> !it.text().isBlank());
  }

  private void ownPort() {
    voters().ifPresent(this::ownPort);
  }

  /** The port that the other controllers will look for this one at. */
  private void ownPort(Setting voters) {
    Optional<Integer> told =
        ConfiguredVoter.in(voters.text(), settings.nodeId()).map(it -> it.address().port());
    Optional<Listener> bound =
        setup.controllers().stream()
            .flatMap(it -> Listener.named(it, setup.bound()).stream())
            .findFirst();
    if (roles.controller()
        && told.isPresent()
        && bound.isPresent()
        && bound.get().port() != told.get()) {
      problems.warning(
          voters,
          "the others look for this controller at port %d, but it listens at '%s'; correct one of the two, unless something between them changes the port",
          told.get(),
          bound.get().text());
    }
  }
}
