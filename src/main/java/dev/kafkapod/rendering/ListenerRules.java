package dev.kafkapod.rendering;

import dev.kafkapod.settings.Nearest;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  private final Settings settings;
  private final Roles roles;
  private final Problems problems;
  private final List<Listener> bound;
  private final List<Listener> advertised;

  ListenerRules(Settings settings, Roles roles, Problems problems) {
    this.settings = settings;
    this.roles = roles;
    this.problems = problems;
    this.bound = read("listeners");
    this.advertised = read("advertised.listeners");
  }

  private List<Listener> read(String key) {
    return settings.get(key).map(it -> Listener.parse(it, problems)).orElse(List.of());
  }

  /** Whether names and addresses could be read at all. */
  private boolean areReadable(String key, List<Listener> read) {
    return settings.get(key).map(it -> Listener.list(it.text()).size() == read.size()).orElse(true);
  }

  void check(MeshPorts mesh) {
    settings.get("listeners").ifPresent(this::duplicates);
    settings.get("advertised.listeners").ifPresent(this::advertisedNames);
    Map<String, String> protocols = protocols();
    settings.get("listeners").ifPresent(it -> requireProtocols(it, protocols));
    checkUse("inter.broker.listener.name", roles.broker());
    for (String name : controllerNames()) {
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

  private List<String> controllerNames() {
    return settings
        .value("controller.listener.names")
        .map(Listener::list)
        .orElse(List.of())
        .stream()
        .map(it -> it.toUpperCase(Locale.ROOT))
        .toList();
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
      boolean needed = roles.broker() && !controllerNames().contains(listener.name());
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
          && !controllerNames().contains(listener.name())) {
        problems.warning(
            setting,
            "'%s' has no advertised address, and clients will be told this host's own name; set advertised.listeners",
            listener.text());
      }
    }
  }

  private Map<String, String> protocols() {
    Map<String, String> protocols = new LinkedHashMap<>();
    Optional<Setting> map = settings.get("listener.security.protocol.map");
    if (map.isEmpty()) {
      PROTOCOLS.forEach(it -> protocols.put(it, it));
      controllerNames().forEach(it -> protocols.put(it, "PLAINTEXT"));
      return protocols;
    }
    for (String entry : Listener.list(map.get().text())) {
      int colon = entry.lastIndexOf(':');
      String protocol = entry.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
      if (colon < 1 || !PROTOCOLS.contains(protocol)) {
        problems.error(
            map.get(),
            "must be NAME:PROTOCOL with PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, got '%s'; correct it",
            entry);
      }
      if (colon > 0) {
        String name = entry.substring(0, colon).strip().toUpperCase(Locale.ROOT);
        if (protocols.put(name, protocol) != null) {
          problems.error(map.get(), "'%s' is there twice; remove one of the two", name);
        }
      }
    }
    return protocols;
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
            Nearest.to(name.toUpperCase(Locale.ROOT), names)
                .map(it -> " (did you mean " + it + "?)")
                .orElse(""),
            names.isEmpty() ? "none" : String.join(", ", names));
  }
}
