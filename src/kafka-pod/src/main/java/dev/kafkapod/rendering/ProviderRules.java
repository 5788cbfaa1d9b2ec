package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Config providers that values name and nobody has set. Kafka takes such a value as it is written
 * (org.apache.kafka.common.config.ConfigTransformer): the name of a file becomes the password.
 */
final class ProviderRules {

  private static final String PROVIDERS = "config.providers";

  /** As it was written: two dollar signs are a literal one, and meant. */
  private static final Pattern NAMED = Pattern.compile("(?<!\\$)\\$\\{([^}:|]*):[^}]*}");

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of(
              "config-providers-are-set",
              (input, problems) -> check(input.settings(), input.settings(), problems)));

  static final List<RenderRule> OF_CLIENT =
      List.of(
          RenderRule.of(
              "clients-config-providers-are-set",
              (input, problems) -> check(input.client(), input.settings(), problems)));

  private ProviderRules() {}

  /**
   * Checks the settings of one file.
   *
   * @param settings the file's
   * @param others settings whose providers the file gets as well
   */
  private static void check(Settings settings, Settings others, Problems problems) {
    Set<String> known = new HashSet<>(providers(settings));
    known.addAll(providers(others));
    for (Setting setting : settings.all()) {
      Matcher named = NAMED.matcher(setting.raw().reveal());
      while (named.find()) {
        if (!known.contains(named.group(1))) {
          problems.warning(
              setting,
              "names the config provider '%s', which isn't set, so Kafka takes the text itself for the value; list the provider in config.providers and set config.providers.NAME.class, or write $${ if a literal ${ is meant",
              named.group(1));
        }
      }
    }
  }

  /** Those that Kafka makes: it ignores one without a class. */
  private static List<String> providers(Settings settings) {
    List<String> providers = new ArrayList<>();
    for (String name : KafkaList.of(settings.value(PROVIDERS).orElse(""))) {
      String key = PROVIDERS + "." + name + ".class";
      if (settings.isBroken(key) || settings.value(key).isPresent()) {
        providers.add(name);
      }
    }
    return providers;
  }
}
