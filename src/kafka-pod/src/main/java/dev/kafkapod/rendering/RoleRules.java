package dev.kafkapod.rendering;

import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.nodeconfig.ConfiguredVoter;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.nodeconfig.ProcessRoles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What a process needs to be told for its roles, and what the voters of a quorum must be like. */
final class RoleRules {

  private static final Set<String> KNOWN = Set.of("broker", "controller");
  private static final String VOTERS = "controller.quorum.voters";
  private static final String BOOTSTRAP = "controller.quorum.bootstrap.servers";

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.ofSetting("roles-are-known", ProcessRoles.KEY, RoleRules::known),
          RenderRule.of("roles-are-set", RoleRules::roles),
          rule("node-id-is-set", RoleRules::nodeId),
          rule("roles-have-their-listeners", (rules, input) -> rules.listeners()),
          rule("quorum-is-set", (rules, input) -> rules.quorum()),
          rule(
              "voters-are-the-controllers",
              (rules, input) -> input.settings().get(VOTERS).ifPresent(rules::voters)),
          RenderRule.of("no-site-has-the-majority", RoleRules::sites));

  private final Settings settings;
  private final ProcessRoles roles;
  private final Problems problems;

  private RoleRules(RuleInput input, Problems problems) {
    this.settings = input.settings();
    this.roles = input.roles();
    this.problems = problems;
  }

  /** A rule about a node in KRaft mode that has been told its roles. */
  private static RenderRule rule(String name, BiConsumer<RoleRules, RuleInput> check) {
    return RenderRule.of(
        name,
        (input, problems) -> {
          if (input.hasRoles()) {
            check.accept(new RoleRules(input, problems), input);
          }
        });
  }

  private static void known(Setting setting, Problems problems) {
    for (String role : KafkaList.of(setting.text())) {
      if (!KNOWN.contains(role)) {
        problems.error(setting, "a role must be broker or controller, got '%s'; correct it", role);
      }
    }
  }

  private static void roles(RuleInput input, Problems problems) {
    if (input.roles().isKraft() && !input.hasRoles()) {
      new RoleRules(input, problems)
          .missing(
              "process.roles",
              "broker, controller, or both; or name a template, for example KAFKA_POD_TEMPLATE=single-node; for ZooKeeper mode (Kafka 3.9) set zookeeper.connect");
    }
  }

  private void nodeId(RuleInput input) {
    nodeId(
        "a number that no other process of the Kafka cluster has"
            + (input.pod().ordinal().isPresent()
                ? ", for example KAFKA_NODE_ID='${node.id}', the pod's ordinal"
                : ""));
  }

  private void listeners() {
    require(
        "controller.listener.names",
        "the name of the listener on which the controllers answer, for example CONTROLLER");
    if (roles.controller()) {
      require(
          "listeners",
          "what it binds, one of them for the controllers, for example CONTROLLER://:19093");
    }
  }

  private void quorum() {
    if (settings.value(VOTERS).isEmpty() && settings.value(BOOTSTRAP).isEmpty()) {
      missing(
          VOTERS,
          "the controllers, as ID@HOST:PORT,…; or "
              + BOOTSTRAP
              + " for a quorum that can be changed");
    }
  }

  /** Kafka takes broker.id where there is no node.id, and refuses two that differ. */
  private void nodeId(String what) {
    Optional<Setting> broker = settings.get("broker.id");
    Optional<Setting> node = settings.get("node.id").or(() -> broker);
    if (node.filter(it -> !it.text().isBlank()).isEmpty()) {
      require("node.id", what);
      return;
    }
    Setting setting = node.get();
    OptionalInt id = settings.nodeId();
    if (setting.isProvided()) {
      return;
    }
    if (id.isEmpty()) {
      problems.error(setting, NodeId.RULE + ", got '%s'; correct it", setting.text());
    } else if (broker.isPresent()
        && !broker.get().isProvided()
        && !NodeNumber.of(broker.get().text()).equals(id)) {
      problems.error(
          broker.get(),
          "must be the same as node.id, which is %s, got '%s'; remove broker.id",
          id.getAsInt(),
          broker.get().text());
    }
  }

  private void require(String key, String what) {
    if (settings.value(key).isEmpty()) {
      missing(key, what);
    }
  }

  private void missing(String key, String what) {
    if (settings.isBroken(key)) {
      return;
    }
    String variable = "KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    problems.error(
        "%s: must be set for a %s, and isn't; set it to %s (in server.properties, or as %s)",
        key, roles, what, variable);
  }

  private void voters(Setting setting) {
    Map<Integer, String> ids = new TreeMap<>();
    for (String voter : KafkaList.of(setting.text())) {
      Optional<ConfiguredVoter> read = ConfiguredVoter.of(voter);
      if (read.isEmpty()) {
        problems.error(
            setting,
            "a voter must be ID@HOST:PORT, got '%s'; write for example 100@controller-0.example.com:19093",
            voter);
      } else if (ids.put(read.get().id(), voter) != null) {
        problems.error(setting, "voter %s is there twice; each id votes once", read.get().id());
      }
    }
    OptionalInt id = settings.nodeId();
    boolean readable = ids.size() == KafkaList.of(setting.text()).size();
    if (readable
        && !ids.isEmpty()
        && id.isPresent()
        && roles.controller() != ids.containsKey(id.getAsInt())) {
      problems.error(
          setting,
          roles.controller()
              ? "this controller's node id is %s, and must be among the voters %s; add it, or correct KAFKA_POD_NODE_ID_BASE"
              : "this broker's node id is %s, which is a voter's (%s); give it another, or make it a controller, too",
          id.getAsInt(),
          ids.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  /**
   * In a stretch, no failure domain may hold a majority of the voters: its loss would be the
   * quorum's.
   */
  private static void sites(RuleInput input, Problems problems) {
    if (input.request().template().isStretch()) {
      new RoleRules(input, problems).sites(input.request().controllerSites());
    }
  }

  private void sites(List<String> sites) {
    Setting setting = settings.get(VOTERS).or(() -> settings.get(BOOTSTRAP)).orElse(null);
    if (setting == null) {
      if (sites.isEmpty()) {
        problems.error(
            "KAFKA_POD_CONTROLLER_SITES: must name each controller's failure domain in a stretched cluster, in the order of controller.quorum.voters, and isn't set; write for example zone-a,zone-b,zone-c");
      }
      return;
    }
    int voters = KafkaList.of(setting.text()).size();
    if (sites.size() != voters) {
      problems.error(
          setting,
          "in a stretched cluster each of the %d controllers' failure domains must be known, and KAFKA_POD_CONTROLLER_SITES names %s; set it to one for each, in their order, for example zone-a,zone-b,zone-c",
          voters,
          sites.isEmpty() ? "none" : sites.size() + " (" + String.join(", ", sites) + ")");
      return;
    }
    Map<String, Integer> count = new TreeMap<>();
    sites.forEach(site -> count.merge(site, 1, Integer::sum));
    count.forEach(
        (site, there) -> {
          if (voters - there < voters / 2 + 1) {
            problems.error(
                setting,
                "no failure domain may hold so many controllers that the others are no majority, but '%s' has %d of %d; a stretched cluster needs a third site",
                site,
                there,
                voters);
          }
        });
  }
}
