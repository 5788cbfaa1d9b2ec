package dev.kafkapod.broker;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.diagnosis.Sight;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.NameNotFoundException;
import javax.net.ssl.SSLException;

/**
 * Why a broker can't be read through its JMX port, and what to look at: RMI and JNDI wrap what
 * happened several times over, and of a port that isn't theirs they say next to nothing.
 */
final class JmxTrouble {

  private static final String CHECK_URL = "; check --jmx-url";
  private static final String OTHER_WAYS = ", or use --pid or the agent, which need no JMX port";
  private static final Pattern HOST = Pattern.compile("to host: ([^;\\s]+)");

  private JmxTrouble() {}

  /**
   * What has failed.
   *
   * @param address host:port of the JMX URL; empty if it has none
   * @param sight who listens there
   */
  static String failed(Throwable failure, String address, Sight sight) {
    List<Throwable> chain = Causes.chain(failure);
    Throwable root = chain.get(chain.size() - 1);
    if (chain.stream().anyMatch(SSLException.class::isInstance)) {
      return "it speaks TLS, which failed (%s); give this Java the port's CA, for example by KAFKA_POD_JVM_OPTIONS=-Djavax.net.ssl.trustStore=FILE, and where clients need a certificate -Djavax.net.ssl.keyStore=FILE%s"
          .formatted(line(root), OTHER_WAYS);
    }
    if (chain.stream().anyMatch(NameNotFoundException.class::isInstance)) {
      return "it is an RMI registry that knows no JMX by this name (%s)%s"
          .formatted(line(root), CHECK_URL);
    }
    String elsewhere = elsewhere(chain, address);
    if (root instanceof java.net.UnknownHostException) {
      return elsewhere.isEmpty()
          ? "its host name isn't known (%s)".formatted(line(root)) + CHECK_URL
          : elsewhere;
    }
    if (!elsewhere.isEmpty()) {
      return elsewhere;
    }
    return switch (sight.kind()) {
      case REFUSED ->
          line(root) + ", so nothing listens there; check that the broker runs, and --jmx-url";
      case KAFKA -> "it is a Kafka listener and no JMX port" + CHECK_URL;
      case HTTP -> "it speaks HTTP, so it is no JMX port" + CHECK_URL;
      case TLS ->
          "its RMI registry speaks TLS (com.sun.management.jmxremote.registry.ssl), which kafka-pod can't"
              + OTHER_WAYS.replaceFirst(", or", ";");
      case CLOSED -> "it closes connections at once, so it is no JMX port" + CHECK_URL;
      case OTHER -> "it answers%s, so it is no JMX port".formatted(quoted(sight)) + CHECK_URL;
      default -> line(root) + CHECK_URL;
    };
  }

  /** A registry sends its clients on, to where the broker believes it can be reached. */
  private static String elsewhere(List<Throwable> chain, String address) {
    for (Throwable link : chain) {
      Matcher host = HOST.matcher(String.valueOf(link.getMessage()));
      if (host.find() && !address.isEmpty() && !isHost(address, host.group(1))) {
        return "its registry sends clients on to %s, which can't be reached (%s); set -Djava.rmi.server.hostname of the broker's JVM to where clients reach it"
            .formatted(host.group(1), line(chain.get(chain.size() - 1)));
      }
    }
    return "";
  }

  private static boolean isHost(String address, String host) {
    return address.substring(0, address.lastIndexOf(':')).equalsIgnoreCase(host);
  }

  /** Why there is no answer yet; empty where nothing is wrong that can be seen. */
  static String silent(Sight sight) {
    return switch (sight.kind()) {
      case SILENT ->
          "accepts connections and says nothing: the broker hangs or is stopped, or it is no JMX port; check its process, and --jmx-url";
      case NO_CONNECTION ->
          "doesn't respond to connection requests: its machine is gone or overloaded, or a firewall drops them; check the network, and --jmx-url";
      case HTTP -> "speaks HTTP, so it is no JMX port" + CHECK_URL;
      case KAFKA -> "is a Kafka listener and no JMX port" + CHECK_URL;
      case TLS, CLOSED, OTHER -> "doesn't answer as a JMX port does" + CHECK_URL;
      default -> "";
    };
  }

  /** That it lets nobody in who has no password. */
  static String locked(SecurityException refusal) {
    return "its JMX port wants a user and a password (%s), which kafka-pod doesn't take; use --pid or the agent, which need no JMX port"
        .formatted(line(refusal));
  }

  private static String quoted(Sight sight) {
    return sight.detail().isEmpty() ? "" : " '" + sight.detail() + "'";
  }

  private static String line(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    return thrown.getMessage() == null || message.isBlank()
        ? thrown.getClass().getSimpleName()
        : message.strip();
  }
}
