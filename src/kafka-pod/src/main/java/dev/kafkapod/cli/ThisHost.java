package dev.kafkapod.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** What people call the pod or machine that a command runs on. */
final class ThisHost {

  private ThisHost() {}

  /** The pod's name, or else the machine's. */
  static String name() {
    return Stream.of("POD_NAME", "KAFKA_POD_POD_NAME", "HOSTNAME")
        .map(System::getenv)
        .filter(it -> it != null && !it.isBlank())
        .findFirst()
        .or(ThisHost::machine)
        .orElse("a machine without a name");
  }

  /**
   * Whether it is a pod: Kubernetes stops a node when its preStop hook ends, whatever that says.
   */
  static boolean isPod() {
    String service = System.getenv("KUBERNETES_SERVICE_HOST");
    return service != null && !service.isBlank();
  }

  private static Optional<String> machine() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
