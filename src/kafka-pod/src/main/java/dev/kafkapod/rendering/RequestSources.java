package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts of a request lie.
 *
 * @param template the template's name; empty for the one that fits what is configured
 * @param templates the folder of the templates
 * @param mounted the folder of the mounted files, which need not exist
 * @param secrets the folder of the files that KAFKA_SSL_KEYSTORE_FILENAME and its siblings name
 * @param hosts the pod's hosts file, which need not exist
 */
public record RequestSources(
    Optional<String> template,
    Path templates,
    Path mounted,
    Path secrets,
    Path hosts,
    Map<String, String> environment) {

  public RequestSources {
    Objects.requireNonNull(template);
    Objects.requireNonNull(templates);
    Objects.requireNonNull(mounted);
    Objects.requireNonNull(secrets);
    Objects.requireNonNull(hosts);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads everything into a request.
   *
   * @param logFormat text or json
   * @param bind where clients are served where nobody has written a listener
   * @throws Misconfigured if a file can't be read, or the template doesn't exist
   */
  public Request read(
      PodIdentity pod,
      Optional<String> clusterId,
      Optional<PortRange> meshPorts,
      List<String> controllerSites,
      String logFormat,
      BindAddress bind) {
    Optional<TextFile> server = TextFile.read(mounted.resolve(Rendering.SERVER));
    String name =
        template.orElseGet(
            () -> isAnythingConfigured(server) ? Template.NONE : Template.SINGLE_NODE);
    Path log = templates.resolve(Rendering.LOG);
    return new Request(
        Template.read(templates, name),
        TextFile.read(log)
            .orElseThrow(
                () ->
                    new Misconfigured(
                        "--templates: there is no file %s; correct the folder".formatted(log))),
        server,
        TextFile.read(mounted.resolve(Rendering.CLIENT)),
        TextFile.read(mounted.resolve(Rendering.LOG)),
        environment,
        SecretFiles.read(secrets, environment),
        pod,
        meshPorts,
        controllerSites,
        clusterId,
        readableHosts(),
        LogConfig.LogFormat.of(logFormat),
        bind);
  }

  /** Nothing depends on it: where it can't be read, less is checked. */
  private Optional<TextFile> readableHosts() {
    try {
      return TextFile.read(hosts);
    } catch (Misconfigured e) {
      return Optional.empty();
    }
  }

  private boolean isAnythingConfigured(Optional<TextFile> server) {
    return server.isPresent() || KafkaVariables.isAnySet(environment);
  }

  /** Checks the name of a log format; throws an IllegalArgumentException with the rule. */
  public static String logFormat(String value) {
    LogConfig.LogFormat.of(value);
    return value;
  }
}
