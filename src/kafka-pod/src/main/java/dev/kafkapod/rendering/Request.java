package dev.kafkapod.rendering;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that a rendering follows from, but the disks: the same request makes the same bytes.
 *
 * @param template the weakest layer of server.properties
 * @param logTemplate the built-in log4j2.yaml
 * @param mountedServer server.properties among the mounted files
 * @param mountedClient client.properties among them
 * @param mountedLog log4j2.yaml among them
 * @param environment all of the process's variables
 * @param secretFiles what variables with names of files stand for
 * @param meshPorts the ports that a sidecar holds
 * @param controllerSites each controller's failure domain, in the order of the voters
 * @param clusterId the Kafka cluster's id
 * @param hosts the pod's hosts file
 * @param logFormat text or json
 * @param bind where clients are served where nobody has written a listener
 */
public record Request(
    Template template,
    TextFile logTemplate,
    Optional<TextFile> mountedServer,
    Optional<TextFile> mountedClient,
    Optional<TextFile> mountedLog,
    Map<String, String> environment,
    SecretFiles secretFiles,
    PodIdentity pod,
    Optional<PortRange> meshPorts,
    List<String> controllerSites,
    Optional<String> clusterId,
    Optional<TextFile> hosts,
    LogConfig.LogFormat logFormat,
    BindAddress bind) {

  public Request {
    Objects.requireNonNull(template);
    Objects.requireNonNull(logTemplate);
    Objects.requireNonNull(mountedServer);
    Objects.requireNonNull(mountedClient);
    Objects.requireNonNull(mountedLog);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(secretFiles);
    Objects.requireNonNull(pod);
    Objects.requireNonNull(meshPorts);
    controllerSites = List.copyOf(controllerSites);
    Objects.requireNonNull(clusterId);
    Objects.requireNonNull(hosts);
    Objects.requireNonNull(logFormat);
    Objects.requireNonNull(bind);
  }
}
