package dev.kafkapod.rendering;

import dev.kafkapod.storage.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Requests without disks and without a Kafka. */
final class Requests {

  static final BindAddress LOOPBACK =
      BindAddress.of(BindAddress.LOOPBACK, () -> NetworkOwner.UNKNOWN);

  private Requests() {}

  static PodIdentity pod(String name) {
    return new PodIdentity(
        Optional.of(name).filter(it -> !it.isEmpty()),
        Optional.of("streams"),
        Optional.of("10.1.2.3"),
        Optional.of("kafka"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  static Names names(String podName) {
    return Names.of(
        pod(podName), Optional.empty(), false, LOOPBACK, Map.of("HOME", "/root-of-all"));
  }

  static Request of(
      String template, String mounted, Map<String, String> environment, String podName) {
    try {
      return new Request(
          new Template("test", new TextFile("template test", template)),
          new TextFile("log4j2.yaml", Files.readString(Path.of("config-templates/log4j2.yaml"))),
          Optional.of(new TextFile("server.properties", mounted)),
          Optional.empty(),
          Optional.empty(),
          environment,
          new SecretFiles(Path.of("/etc/kafka/secrets"), Map.of()),
          pod(podName),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          LogConfig.LogFormat.TEXT,
          LOOPBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Rendering render(Request request) {
    return new Renderer(directories -> List.of(), Optional.empty(), Clock.systemUTC())
        .render(request);
  }

  /** What rules look at when a request is rendered. */
  static RuleInput input(Request request, Optional<KafkaOpinion> kafka, Directory... directories) {
    List<RuleInput> seen = new ArrayList<>();
    RenderRule looks = RenderRule.of("looks", (input, problems) -> seen.add(input));
    new Renderer(ignored -> List.of(directories), kafka, Clock.systemUTC(), List.of(looks))
        .render(request);
    return seen.get(0);
  }

  /** What rules find. */
  static List<String> broken(List<RenderRule> rules, RuleInput input) {
    return rules.stream().flatMap(it -> it.broken(input).stream()).map(Problem::toString).toList();
  }

  /** The same request for a Kafka cluster of this id. */
  static Request ofCluster(String id, Request request) {
    return new Request(
        request.template(),
        request.logTemplate(),
        request.mountedServer(),
        request.mountedClient(),
        request.mountedLog(),
        request.environment(),
        request.secretFiles(),
        request.pod(),
        request.meshPorts(),
        request.controllerSites(),
        Optional.of(id),
        request.hosts(),
        request.logFormat(),
        request.bind());
  }

  /** A Kafka that has nothing against any setting. */
  static KafkaOpinion kafka(Set<String> knownKeys, Predicate<String> hasClass) {
    return new KafkaOpinion() {
      @Override
      public Set<String> knownKeys() {
        return knownKeys;
      }

      @Override
      public Set<String> passwordKeys() {
        return Set.of();
      }

      @Override
      public boolean hasClass(String name) {
        return hasClass.test(name);
      }

      @Override
      public Optional<String> refusal(Map<String, String> settings) {
        return Optional.empty();
      }
    };
  }

  /** The errors and warnings, but that Kafka wasn't asked. */
  static List<String> problems(Rendering rendering) {
    return rendering.problems().stream()
        .map(Problem::toString)
        .filter(it -> !it.startsWith("warning: Kafka itself was not asked"))
        .toList();
  }
}
