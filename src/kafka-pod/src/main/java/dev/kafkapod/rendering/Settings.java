package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import dev.kafkapod.settings.SettingValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

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
              (message, values) -> {
                problems.error(last, message, values);
                settings.broken.add(last.key());
              });
      Optional<String> filledIn = placeholders.fillIn(last.raw().reveal());
      if (!settings.isBroken(last.key()) && filledIn.isPresent()) {
        boolean secret =
            last.raw().isSecret()
                || placeholders.hasFilledInSecret()
                || Secrets.isSecretText(filledIn.get());
        settings.counting.put(last.key(), last.withValue(new SettingValue(filledIn.get(), secret)));
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

  /** Adds a setting that follows from others; it counts. */
  void add(Setting setting) {
    written.computeIfAbsent(setting.key(), it -> new ArrayList<>()).add(setting);
    counting.put(setting.key(), setting);
  }

  /** The setting of a key that counts. */
  Optional<Setting> get(String key) {
    return Optional.ofNullable(counting.get(key));
  }

  /** The value of a key; empty if it isn't set, or blank. */
  Optional<String> value(String key) {
    return get(key).map(it -> it.text().strip()).filter(it -> !it.isEmpty());
  }

  /** Those that count. */
  Collection<Setting> all() {
    return counting.values();
  }

  /** Keys and values of those that count. */
  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    counting.forEach((key, setting) -> map.put(key, setting.text()));
    return map;
  }

  /** The node id; empty if there is none that can be read. */
  OptionalInt nodeId() {
    return NodeId.of(asMap());
  }

  /** The keys whose values nobody may see. */
  Set<String> secretKeys() {
    Set<String> keys = new HashSet<>();
    written.forEach(
        (key, all) -> {
          if (all.stream().anyMatch(it -> it.raw().isSecret())
              || get(key).filter(it -> it.value().isSecret()).isPresent()) {
            keys.add(key);
          }
        });
    return keys;
  }

  /**
   * Masks these settings' secrets in messages.
   *
   * @param environment variables whose names say that they are secret are masked, too
   */
  Redaction redaction(Map<String, String> environment) {
    List<SettingValue> values = new ArrayList<>();
    written.values().forEach(all -> all.forEach(it -> values.add(it.raw())));
    counting.values().forEach(it -> values.add(it.value()));
    return Redaction.of(values, environment);
  }

  /** Whether a setting has a variable filled in. */
  boolean pullIn(String variable) {
    Pattern name = Pattern.compile("\\benv\\." + Pattern.quote(variable) + "\\b");
    return written().stream().anyMatch(it -> name.matcher(it.raw().reveal()).find());
  }

  /** Everything that was written, whether it counts or not. */
  List<Setting> written() {
    return written.values().stream().flatMap(List::stream).toList();
  }

  /** Everything that was written for a key, the weakest first. */
  List<Setting> history(String key) {
    return List.copyOf(written.getOrDefault(key, List.of()));
  }
}
