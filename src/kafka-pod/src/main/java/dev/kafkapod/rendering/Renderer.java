package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerConfig;
import dev.kafkapod.nodeconfig.NodeDirectories;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.rendering.Origin.Layer;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import dev.kafkapod.storage.Directory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Turns a request into files and everything that is wrong with them. Reads nothing but the stores
 * of listeners that speak TLS, and writes nothing.
 */
public final class Renderer {

  private static final String RENDERED =
      "# Rendered by kafka-pod; the next start renders it anew. kafka-pod render --explain KEY says where a value is from.\n";

  private final Function<NodeDirectories, List<Directory>> disks;
  private final Optional<KafkaOpinion> kafka;
  private final Clock clock;
  private final List<RenderRule> rules;

  /**
   * A renderer.
   *
   * @param disks looks into the node's directories
   * @param kafka the Kafka that will read the files, where it is at hand
   * @param clock says whether certificates are valid
   */
  public Renderer(
      Function<NodeDirectories, List<Directory>> disks, Optional<KafkaOpinion> kafka, Clock clock) {
    this(disks, kafka, clock, RenderRules.ALL);
  }

  Renderer(
      Function<NodeDirectories, List<Directory>> disks,
      Optional<KafkaOpinion> kafka,
      Clock clock,
      List<RenderRule> rules) {
    this.disks = Objects.requireNonNull(disks);
    this.kafka = Objects.requireNonNull(kafka);
    this.clock = Objects.requireNonNull(clock);
    this.rules = List.copyOf(rules);
  }

  /** Renders; never throws for what somebody has written. */
  public Rendering render(Request request) {
    Problems problems = new Problems();
    Secrets secrets = new Secrets(kafka.map(KafkaOpinion::passwordKeys).orElse(Set.of()));
    List<Setting> template = parse(Layer.TEMPLATE, request.template().file(), secrets, problems);
    List<Setting> mounted =
        request
            .mountedServer()
            .map(it -> parse(Layer.MOUNTED, it, secrets, problems))
            .orElse(List.of());
    List<Setting> variables =
        KafkaVariables.settings(
            request.environment(),
            secrets,
            request.secretFiles(),
            KafkaVariables.spelling(kafka.map(KafkaOpinion::knownKeys).orElse(Set.of())),
            problems);
    Names names =
        Names.of(
            request.pod(),
            nodeId(mounted, variables),
            request.template().isStretch(),
            request.bind(),
            request.environment());
    Settings settings = Settings.of(List.of(template, mounted, variables), names, problems);
    ProcessRoles roles = ProcessRoles.of(settings.asMap());
    DerivedListeners.of(settings, roles, request.bind()).ifPresent(settings::add);
    // what is wrong with other files is no reason not to ask Kafka about server.properties
    Problems ofOthers = new Problems();
    Map<String, String> files = new LinkedHashMap<>();
    files.put(Rendering.SERVER, text(settings));
    files.put(Rendering.LOG, log(request, ofOthers));
    List<Setting> mountedClient =
        request
            .mountedClient()
            .map(it -> parse(Layer.MOUNTED, it, secrets, ofOthers))
            .orElse(List.of());
    Settings client = Settings.of(List.of(mountedClient), names, ofOthers);
    RuleInput input = input(request, settings, client, roles);
    check(input, problems);
    problems.addAll(ofOthers.found());
    client(settings, client, problems).ifPresent(it -> files.put(Rendering.CLIENT, it));
    Set<String> secretKeys = new HashSet<>(settings.secretKeys());
    secretKeys.addAll(client.secretKeys());
    Redaction redaction =
        settings.redaction(request.environment()).and(client.redaction(request.environment()));
    return new Rendering(
        files,
        problems.all(redaction),
        settings,
        new Masking(secrets, secretKeys, redaction),
        redaction.apply(who(settings, roles)),
        problems.hasErrors()
            ? Optional.empty()
            : Optional.of(
                Listening.of(settings, input.listeners(), request.bind()).with(redaction::apply)));
  }

  private static List<Setting> parse(
      Layer layer, TextFile file, Secrets secrets, Problems problems) {
    return PropertiesText.parse(file.source(), layer, file.text(), secrets, problems);
  }

  /** The node id that somebody has written outright, which then is ${node.id} everywhere. */
  private static Optional<String> nodeId(List<Setting> mounted, List<Setting> variables) {
    List<Setting> written = new ArrayList<>(mounted);
    written.addAll(variables);
    Map<String, String> last = new LinkedHashMap<>();
    written.forEach(it -> last.put(it.key(), it.raw().reveal()));
    OptionalInt id = NodeId.of(last);
    return id.isPresent() ? Optional.of(String.valueOf(id.getAsInt())) : Optional.empty();
  }

  private RuleInput input(Request request, Settings settings, Settings client, ProcessRoles roles) {
    Problems ofListeners = new Problems();
    ListenerSetup listeners = ListenerSetup.of(settings, ofListeners);
    return new RuleInput(
        request,
        settings,
        client,
        roles,
        listeners,
        ofListeners.found(),
        disks.apply(NodeDirectories.of(settings.asMap())),
        kafka,
        clock.instant());
  }

  private void check(RuleInput input, Problems problems) {
    for (RenderRule rule : rules) {
      if (!rule.unlessBroken() || !problems.hasErrors()) {
        problems.addAll(rule.broken(input));
      }
    }
  }

  /** The lines of each layer together, in the order in which they were written. */
  private static String text(Settings settings) {
    Map<Layer, StringBuilder> layers = new TreeMap<>();
    Map<Layer, String> titles = new TreeMap<>();
    for (Setting setting : settings.all()) {
      Layer layer = setting.origin().layer();
      titles.putIfAbsent(
          layer, layer == Layer.ENVIRONMENT ? "environment" : setting.origin().source());
      layers
          .computeIfAbsent(layer, it -> new StringBuilder())
          .append(PropertiesText.line(setting.key(), setting.text()))
          .append('\n');
    }
    StringBuilder text = new StringBuilder(RENDERED);
    layers.forEach(
        (layer, lines) -> text.append("\n# ").append(titles.get(layer)).append('\n').append(lines));
    return text.toString();
  }

  private static String log(Request request, Problems problems) {
    if (request.mountedLog().isPresent()) {
      return request.mountedLog().get().text();
    }
    return LogConfig.fillIn(
        request.logTemplate().text(), request.environment(), request.logFormat(), problems);
  }

  /** How tools in the pod, and the agent, reach the cluster: as the broker reaches its peers. */
  private static Optional<String> client(Settings server, Settings given, Problems problems) {
    if (problems.hasErrors()) {
      return Optional.empty();
    }
    Map<String, String> client = new TreeMap<>();
    try {
      BrokerConfig broker = BrokerConfig.of(server.asMap(), Rendering.SERVER);
      client.put(
          broker.asked() == Asked.BROKERS ? "bootstrap.servers" : "bootstrap.controllers",
          broker.bootstrap().toString());
      client.putAll(broker.security());
    } catch (Misconfigured e) {
      problems.error("%s", e.getMessage());
      return Optional.empty();
    }
    client.putAll(given.asMap());
    StringBuilder text = new StringBuilder(RENDERED).append('\n');
    client.forEach((key, value) -> text.append(PropertiesText.line(key, value)).append('\n'));
    return Optional.of(text.toString());
  }

  private static String who(Settings settings, ProcessRoles roles) {
    return "node %s, %s"
        .formatted(
            NodeId.text(settings.asMap())
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .orElse("without an id"),
            roles);
  }
}
