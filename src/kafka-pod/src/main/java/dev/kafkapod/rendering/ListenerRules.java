package dev.kafkapod.rendering;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import dev.kafkapod.nodeconfig.ProcessRoles;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What must hold among {@code listeners}, {@code advertised.listeners}, their security protocols
 * and their uses; Kafka would report the first of these only, and none of those about a sidecar.
 */
final class ListenerRules {

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of(
              "listeners-can-be-read", (in, problems) -> problems.addAll(in.unreadableListeners())),
          rule("listeners-do-not-clash", "listeners", ListenerRules::duplicates),
          rule(
              "advertised-listeners-can-be-reached",
              "advertised.listeners",
              ListenerRules::advertisedNames),
          rule("listeners-have-protocols", "listeners", ListenerRules::requireProtocols),
          rule(
              "brokers-use-a-listener-that-is-there",
              "inter.broker.listener.name",
              ListenerRules::interBroker),
          rule(
              "controllers-use-a-listener-that-is-there",
              "controller.listener.names",
              ListenerRules::controllers));

  private final Settings settings;
  private final ProcessRoles roles;
  private final Problems problems;
  private final ListenerSetup setup;
  private final List<Listener> bound;
  private final List<Listener> advertised;

  private ListenerRules(RuleInput input, Problems problems) {
    this.settings = input.settings();
    this.roles = input.roles();
    this.problems = problems;
    this.setup = input.listeners();
    this.bound = setup.bound();
    this.advertised = setup.advertised();
  }

  /** Whether names and addresses could be read at all. */
  private boolean areReadable(String key, List<Listener> read) {
    return settings.get(key).map(it -> KafkaList.of(it.text()).size() == read.size()).orElse(true);
  }

  /** A rule about one setting of listeners, where it counts. */
  private static RenderRule rule(
      String name, String key, BiConsumer<ListenerRules, Setting> check) {
    return RenderRule.of(
        name,
        (input, problems) ->
            input
                .settings()
                .get(key)
                .ifPresent(it -> check.accept(new ListenerRules(input, problems), it)));
  }

  private void controllers(Setting setting) {
    for (String name : setup.controllers()) {
      if (roles.controller()
          && areReadable("listeners", bound)
          && Listener.named(name, bound).isEmpty()) {
        problems.error(setting, "%s", unknownName(name));
      }
    }
  }

  private void duplicates(Setting setting) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < bound.size(); i++) {
      Listener listener = bound.get(i);
      if (!names.add(listener.name())) {
        problems.error(
            setting,
            "a listener's name must be unique, but '%s' is there twice; rename one",
            listener.name());
      }
      for (Listener before : bound.subList(0, i)) {
        if (before.clashesWith(listener)) {
          problems.error(
              setting,
              "'%s' and '%s' can't both be bound, because they have one port; give each its own",
              before.text(),
              listener.text());
        }
      }
    }
  }

  private void advertisedNames(Setting setting) {
    Set<String> names = new HashSet<>();
    for (Listener listener : advertised) {
      if (!names.add(listener.name())) {
        problems.error(
            setting,
            "a listener's name must be unique, but '%s' is there twice; rename one",
            listener.name());
      }
      if (listener.isWildcard()) {
        problems.error(
            setting,
            "clients must be told an address, but '%s' has %s; write a host that they can reach",
            listener.text(),
            listener.host().isEmpty() ? "none" : "one that means every address");
      }
      if (areReadable("listeners", bound)
          && Listener.named(listener.name(), bound).isEmpty()
          && !(bound.isEmpty() && settings.get("listeners").isEmpty())) {
        problems.error(setting, "%s", unknownName(listener.name()));
      }
    }
    for (Listener listener : bound) {
      boolean needed = roles.broker() && !setup.controllers().contains(listener.name());
      if (needed
          && areReadable("advertised.listeners", advertised)
          && Listener.named(listener.name(), advertised).isEmpty()) {
        problems.error(
            setting,
            "listener '%s' has no advertised address, so that no client can use it; add %s://HOST:%d, or remove the listener",
            listener.name(),
            listener.name(),
            listener.port());
      }
    }
  }

  /** Kafka takes a wildcard for the host's name where nothing is advertised. */
  private void requireProtocols(Setting setting) {
    for (Listener listener : bound) {
      if (!setup.protocols().containsKey(listener.name())) {
        problems.error(
            settings.get("listener.security.protocol.map").orElse(setting),
            "listener '%s' has no security protocol; add %s:PLAINTEXT, or SSL, SASL_PLAINTEXT, SASL_SSL, to listener.security.protocol.map",
            listener.name(),
            listener.name());
      }
      if (roles.broker()
          && settings.get("advertised.listeners").isEmpty()
          && !settings.isBroken("advertised.listeners")
          && listener.isWildcard()
          && !setup.controllers().contains(listener.name())) {
        problems.warning(
            setting,
            "'%s' has no advertised address, and clients will be told this host's own name; set advertised.listeners",
            listener.text());
      }
    }
  }

  private void interBroker(Setting setting) {
    Optional<String> name = settings.value(setting.key());
    if (roles.broker()
        && name.isPresent()
        && settings.get("listeners").isPresent()
        && areReadable("listeners", bound)
        && Listener.named(name.get(), bound).isEmpty()) {
      problems.error(setting, "%s", unknownName(name.get()));
    }
  }

  private String unknownName(String name) {
    List<String> names = bound.stream().map(Listener::name).toList();
    return "there is no listener '%s'%s; the listeners are %s"
        .formatted(
            name,
            Nearest.hint(name.toUpperCase(Locale.ROOT), names),
            names.isEmpty() ? "none" : String.join(", ", names));
  }
}
