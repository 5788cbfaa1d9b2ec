package dev.kafkapod.diagnosis;

import dev.kafkapod.diagnosis.Sight.SightKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a client of Kafka has got no answer, by what was seen at its addresses: in one line what was
 * seen, and what to look at.
 *
 * @param words the line, without a subject; empty if nothing is wrong that can be seen
 * @param settled whether it can't come to an answer as it is: waiting for one is of no use. A
 *     broker that is restarted refuses connections, too, so that this is no "no"
 */
public record Diagnosis(Optional<String> words, boolean settled) {

  /** Nothing was seen. */
  public static final Diagnosis NONE = new Diagnosis(Optional.empty(), false);

  /**
   * The client that has got no answer.
   *
   * @param protocol its security.protocol
   * @param controllers whether it wants to speak with controllers instead of brokers
   */
  public record Client(String protocol, boolean controllers, SettingsOrigin origin) {

    /** Whether it speaks TLS. */
    public boolean speaksTls() {
      return protocol.endsWith("SSL");
    }

    /** Whether it logs in by SASL. */
    public boolean logsIn() {
      return protocol.startsWith("SASL");
    }

    /** The same protocol, with the other choice about TLS. */
    private String withTls(boolean tls) {
      return logsIn() ? tls ? "SASL_SSL" : "SASL_PLAINTEXT" : tls ? "SSL" : "PLAINTEXT";
    }

    private String withLogin() {
      return speaksTls() ? "SASL_SSL" : "SASL_PLAINTEXT";
    }
  }

  /**
   * A finding.
   *
   * @param what was seen, as the end of a sentence that begins with an address
   * @param lookAt what to do about it
   */
  private record Trouble(String what, String lookAt, boolean settled) {}

  /** What was seen at a client's addresses, put together. */
  public static Diagnosis of(Client client, List<SeenAddress> all) {
    Map<String, List<String>> whats = new LinkedHashMap<>();
    Set<String> lookAt = new LinkedHashSet<>();
    boolean settled = !all.isEmpty();
    for (SeenAddress seen : all) {
      Optional<Trouble> finding = finding(client, seen.sight());
      settled &= finding.filter(Trouble::settled).isPresent();
      finding.ifPresent(
          it -> {
            whats.computeIfAbsent(it.what(), what -> new ArrayList<>()).add(seen.label());
            lookAt.add(it.lookAt());
          });
    }
    if (whats.isEmpty()) {
      return new Diagnosis(Optional.empty(), false);
    }
    List<String> parts = new ArrayList<>();
    whats.forEach((what, where) -> parts.add(String.join(", ", where) + ": " + what));
    parts.addAll(lookAt);
    return new Diagnosis(Optional.of(String.join("; ", parts)), settled);
  }

  /** That all of a client's addresses are of the other kind, as somebody there has said. */
  public static Diagnosis otherKind(Client client, List<String> addresses) {
    Sight sight = Sight.of(client.controllers() ? SightKind.BROKER : SightKind.CONTROLLER);
    return of(
        client,
        addresses.stream().map(it -> new SeenAddress(it, "", Optional.empty(), sight)).toList());
  }

  private static Optional<Trouble> finding(Client client, Sight sight) {
    SettingsOrigin origin = client.origin();
    String address = "check the address in " + origin.addresses();
    return Optional.ofNullable(
        switch (sight.kind()) {
          case UNRESOLVED ->
              new Trouble(
                  "DNS doesn't know the name",
                  address + " and this machine's DNS (a pod that isn't ready may have no name yet)",
                  true);
          case SLOW_NAME ->
              new Trouble(
                  "DNS hasn't resolved the name in time", "check this machine's DNS", false);
          case REFUSED ->
              new Trouble(
                  "connection refused, so nothing listens there",
                  "check that the broker runs, and the address in " + origin.addresses(),
                  true);
          case UNREACHABLE ->
              new Trouble(
                  "can't be reached (%s)".formatted(sight.detail()),
                  "check the network, and the address in " + origin.addresses(),
                  true);
          case NO_CONNECTION ->
              new Trouble(
                  "no response to connection requests: the machine is gone or overloaded, or a firewall drops them",
                  "check the network, and the address in " + origin.addresses(),
                  false);
          case CLOSED ->
              new Trouble(
                  "closes connections at once: a proxy without a broker behind it, a broker at its limit of connections, or no Kafka listener",
                  address + " and what stands between",
                  true);
          case SILENT ->
              new Trouble(
                  "accepts connections and says nothing: the process hangs, or it is no Kafka listener",
                  "check the process, and the address in " + origin.addresses(),
                  false);
          case TLS ->
              client.speaksTls()
                  ? null
                  : new Trouble(
                      "a listener with TLS, but asked by " + client.protocol(),
                      origin.set(client.withTls(true)) + otherListener(origin),
                      true);
          case TLS_ONLY ->
              new Trouble(
                  "a listener with TLS, but nothing answers inside it as Kafka does",
                  "check the process, and the address in " + origin.addresses(),
                  false);
          case KAFKA ->
              client.speaksTls()
                  ? new Trouble(
                      "a Kafka listener without TLS, but asked by " + client.protocol(),
                      origin.set(client.withTls(false)) + otherListener(origin),
                      true)
                  : null;
          case NEEDS_SASL ->
              new Trouble(
                  "a listener with SASL%s, but asked by %s"
                      .formatted(
                          sight.detail().isEmpty() ? "" : " (" + sight.detail() + ")",
                          client.protocol()),
                  origin.set(client.withLogin())
                      + ", and sasl.mechanism and sasl.jaas.config with it",
                  true);
          case CONTROLLER ->
              client.controllers()
                  ? null
                  : new Trouble(
                      "a controller's listener, but asked as a broker's",
                      "name a broker's listener in "
                          + origin.addresses()
                          + ", or the controller with --bootstrap-controller",
                      true);
          case BROKER ->
              client.controllers()
                  ? new Trouble(
                      "a broker's listener, but asked as a controller's",
                      "name a controller's listener in "
                          + origin.addresses()
                          + ", or the broker with --bootstrap-server",
                      true)
                  : null;
          case HTTP -> new Trouble("speaks HTTP, so it is no Kafka listener", address, true);
          case RMI -> new Trouble("a JMX port, and no Kafka listener", address, true);
          case OTHER ->
              new Trouble(
                  "answers%s, but not as Kafka does"
                      .formatted(sight.detail().isEmpty() ? "" : " '" + sight.detail() + "'"),
                  address + ", and the security settings in " + origin.security(),
                  true);
        });
  }

  private static String otherListener(SettingsOrigin origin) {
    return ", or name another listener in " + origin.addresses();
  }
}
