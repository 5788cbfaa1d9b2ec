package dev.kafkapod.rendering;

import dev.kafkapod.settings.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold among {@code listeners}, {@code advertised.listeners}, their security protocols
 * and their uses; Kafka would report the first of these only, and none of those about a sidecar.
 */
final class ListenerRules {

  private final Settings settings;
  private final Roles roles;
  private final Problems problems;
  private final ListenerSetup setup;
  private final List<Listener> bound;
  private final List<Listener> advertised;

  ListenerRules(Settings settings, Roles roles, ListenerSetup setup, Problems problems) {
    this.settings = settings;
    this.roles = roles;
    this.problems = problems;
    this.setup = setup;
    this.bound = setup.bound();
    this.advertised = setup.advertised();
  }

  /** Whether names and addresses could be read at all. */
  private boolean areReadable(String key, List<Listener> read) {
    return settings.get(key).map(it -> Listener.list(it.text()).size() == read.size()).orElse(true);
  }

  void check(MeshPorts mesh) {
    settings.get("listeners").ifPresent(this::duplicates);
    settings.get("advertised.listeners").ifPresent(this::advertisedNames);
    settings.get("listeners").ifPresent(it -> requireProtocols(it, setup.protocols()));
    checkUse("inter.broker.listener.name", roles.broker());
    for (String name : setup.controllers()) {
      if (roles.controller()
          && areReadable("listeners", bound)
          && Listener.named(name, bound).isEmpty()) {
        settings
            .get("controller.listener.names")
            .ifPresent(it -> problems.error(it, "%s", unknownName(name)));
      }
    }
    mesh.check(bound, advertised, settings, problems);
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
              "'%s' and '%s' can't both be bound, for they have one port; give each its own",
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
  private void requireProtocols(Setting setting, Map<String, String> protocols) {
    for (Listener listener : bound) {
      if (!protocols.containsKey(listener.name())) {
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

  private void checkUse(String key, boolean applies) {
    Optional<String> name = settings.value(key);
    if (applies
        && name.isPresent()
        && settings.get("listeners").isPresent()
        && areReadable("listeners", bound)
        && Listener.named(name.get(), bound).isEmpty()) {
      problems.error(settings.get(key).orElseThrow(), "%s", unknownName(name.get()));
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
