package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.SecurityOptions;
import dev.kafkapod.brokerconfig.ServerSections;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a listener that speaks SASL needs for each of its mechanisms: a JAAS configuration, without
 * which Kafka doesn't start (JaasContext.loadServerContext).
 */
final class ServerLoginRules {

  private static final String SETTING = "sasl.jaas.config";
  private static final String MECHANISMS = "sasl.enabled.mechanisms";
  private static final String OF_CONTROLLERS = "sasl.mechanism.controller.protocol";
  private static final String KAFKAS_DEFAULT = "GSSAPI";

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of(
              "listeners-that-speak-sasl-have-a-jaas-configuration", ServerLoginRules::check));

  private final Settings settings;
  private final ListenerSetup setup;
  private final Map<String, String> environment;
  private final Problems problems;

  private ServerLoginRules(RuleInput input, Problems problems) {
    this.settings = input.settings();
    this.setup = input.listeners();
    this.environment = input.environment();
    this.problems = problems;
  }

  private static void check(RuleInput input, Problems problems) {
    if (input.roles().isKraft()) {
      new ServerLoginRules(input, problems).check();
    }
  }

  /** Whether it isn't there, as far as that can be known here: not of an address. */
  private static boolean isGone(SecurityOptions.Option file) {
    // a second = keeps Java from reading other files as well
    String name = file.value().reveal().replaceFirst("^=", "");
    return name.startsWith("/") && !name.contains("${") && !Files.exists(Path.of(name));
  }

  private void check() {
    for (Listener listener : setup.bound()) {
      if (isSasl(listener.name())) {
        check(listener.name(), mechanisms(listener.name()));
      }
    }
    if (!setup.controllers().isEmpty() && isSasl(setup.controllers().get(0))) {
      // brokers and controllers log in there with what the listener itself has
      check(setup.controllers().get(0), of(settings.get(OF_CONTROLLERS)));
    }
  }

  private void check(String listener, Set<String> mechanisms) {
    String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    List<String> missing = new ArrayList<>();
    for (String mechanism : mechanisms) {
      String key = prefix + mechanism.toLowerCase(Locale.ROOT) + "." + SETTING;
      if (settings.get(key).isEmpty() && !settings.isBroken(key)) {
        missing.add(key);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Optional<SecurityOptions.Option> jaasFile =
        SecurityOptions.inEnvironment(environment).jaasFile();
    if (jaasFile.isPresent() && !isGone(jaasFile.get())) {
      checkSections(jaasFile.get(), listener, missing);
    } else if (jaasFile.isPresent()) {
      problems.error(
          "%s: java.security.auth.login.config must name a JAAS file that is there, because listener %s speaks %s and Kafka doesn't start without it, and %s isn't; mount it, correct the name, or set %s",
          jaasFile.get().origin(),
          listener,
          setup.protocols().get(listener),
          jaasFile.get().value().reveal().replaceFirst("^=", ""),
          String.join(" and ", missing));
    } else {
      problems.error(
          "%s: must be set, because listener %s speaks %s and Kafka doesn't start without it; set it%s, or name a JAAS file with a section KafkaServer in KAFKA_OPTS (-Djava.security.auth.login.config=FILE)",
          String.join(" and ", missing),
          listener,
          setup.protocols().get(listener),
          instead(prefix)
              .map(it -> " in place of %s, which a broker doesn't read".formatted(it))
              .orElse(""));
    }
  }

  /** What can't be read here may be readable to the broker: it may refer to its properties. */
  private void checkSections(SecurityOptions.Option file, String listener, List<String> missing) {
    if (file.value().reveal().contains("${")) {
      return;
    }
    try {
      ServerSections sections = ServerSections.read(file);
      if (!sections.has(listener)) {
        problems.error(
            "%s: the JAAS file must have a section %s, because listener %s speaks %s and Kafka doesn't start without it, and has none; add it, or set %s",
            file.origin(),
            ServerSections.wanted(listener),
            listener,
            setup.protocols().get(listener),
            String.join(" and ", missing));
      }
      for (String module : sections.misspelt(listener)) {
        problems.error(
            "%s: the login modules in the JAAS file's section for listener %s must be classes that Kafka has, and %s isn't one; correct it",
            file.origin(), listener, module);
      }
    } catch (Misconfigured e) {
      problems.warning("%s (listener %s needs it)", e.getMessage(), listener);
    }
  }

  /** What somebody has set, probably in the belief that a broker reads it. */
  private Optional<String> instead(String prefix) {
    return List.of(prefix + SETTING, SETTING).stream()
        .filter(it -> settings.get(it).isPresent())
        .findFirst();
  }

  private boolean isSasl(String listener) {
    return setup.protocols().getOrDefault(listener, "").startsWith("SASL");
  }

  /** None where only a config provider knows them. */
  private Set<String> mechanisms(String listener) {
    Optional<Setting> enabled =
        settings
            .get("listener.name." + listener.toLowerCase(Locale.ROOT) + "." + MECHANISMS)
            .or(() -> settings.get(MECHANISMS));
    return of(enabled);
  }

  private static Set<String> of(Optional<Setting> mechanisms) {
    if (mechanisms.filter(Setting::isProvided).isPresent()) {
      return Set.of();
    }
    return new LinkedHashSet<>(
        mechanisms
            .map(Setting::text)
            .filter(it -> !it.isBlank())
            .map(KafkaList::of)
            .orElse(List.of(KAFKAS_DEFAULT)));
  }
}
