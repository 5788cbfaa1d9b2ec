package dev.kafkapod.rendering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of one file, layer upon layer: of each key the last that was written counts. */
final class Settings {

  private final Map<String, List<Setting>> written = new LinkedHashMap<>();
  private final Map<String, Setting> counting = new LinkedHashMap<>();
  private final Set<String> broken = new HashSet<>();

  /**
   * Puts layers on each other and fills in the pod's names.
   *
   * @param layers the weakest first
   * @param problems gets what can't be filled in, of the settings that count
   */
  static Settings of(List<List<Setting>> layers, Names names, Problems problems) {
    Settings settings = new Settings();
    layers.forEach(
        layer ->
            layer.forEach(
                it -> settings.written.computeIfAbsent(it.key(), k -> new ArrayList<>()).add(it)));
    for (List<Setting> all : settings.written.values()) {
      Setting last = all.get(all.size() - 1);
      Placeholders placeholders =
          new Placeholders(
              names,
              message -> {
                problems.error(last, "%s", message);
                settings.broken.add(last.key());
              });
      Optional<String> value = placeholders.fillIn(last.raw());
      if (!settings.isBroken(last.key())) {
        value.ifPresent(it -> settings.counting.put(last.key(), last.withValue(it)));
      }
    }
    return settings;
  }

  /**
   * Whether a key's value couldn't be filled in, which has been reported, and nobody should add to.
   */
  boolean isBroken(String key) {
    return broken.contains(key);
  }

  /** The setting of a key that counts. */
  Optional<Setting> get(String key) {
    return Optional.ofNullable(counting.get(key));
  }

  /** The value of a key; empty if it isn't set, or blank. */
  Optional<String> value(String key) {
    return get(key).map(it -> it.value().strip()).filter(it -> !it.isEmpty());
  }

  /** Those that count. */
  Collection<Setting> all() {
    return counting.values();
  }

  /** Keys and values of those that count. */
  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    counting.forEach((key, setting) -> map.put(key, setting.value()));
    return map;
  }

  /** Everything that was written for a key, the weakest first. */
  List<Setting> history(String key) {
    return List.copyOf(written.getOrDefault(key, List.of()));
  }
}
