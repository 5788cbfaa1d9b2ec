package dev.kafkapod.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.diagnosis.Diagnosis.Client;
import dev.kafkapod.diagnosis.Sight.SightKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {

  private static final SettingsOrigin OPTIONS =
      new SettingsOrigin("--bootstrap-server", "c.properties", false);
  private static final SettingsOrigin OF_BROKER =
      new SettingsOrigin("server.properties", "server.properties", true);

  private static SeenAddress seen(String address, SightKind kind, String detail) {
    return new SeenAddress(address, "", Optional.empty(), new Sight(kind, detail));
  }

  private static Diagnosis of(String protocol, boolean controllers, SeenAddress... seen) {
    return Diagnosis.of(new Client(protocol, controllers, OPTIONS), Arrays.asList(seen));
  }

  /** What was seen, by which client, whether that settles it, and the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      UNRESOLVED     |           | PLAINTEXT      | true  | a:1: DNS doesn't know the name; check the address in --bootstrap-server and this machine's DNS (a pod that isn't ready may have no name yet)
      SLOW_NAME      |           | PLAINTEXT      | false | a:1: DNS hasn't resolved the name in time; check this machine's DNS
      REFUSED        |           | SASL_SSL       | true  | a:1: connection refused, so nothing listens there; check that the broker runs, and the address in --bootstrap-server
      UNREACHABLE    | No route  | PLAINTEXT      | true  | a:1: can't be reached (No route); check the network, and the address in --bootstrap-server
      NO_CONNECTION  |           | PLAINTEXT      | false | a:1: no response to connection requests: the machine is gone or overloaded, or a firewall drops them; check the network, and the address in --bootstrap-server
      CLOSED         |           | SSL            | true  | a:1: closes connections at once: a proxy without a broker behind it, a broker at its limit of connections, or no Kafka listener; check the address in --bootstrap-server and what stands between
      SILENT         |           | PLAINTEXT      | false | a:1: accepts connections and says nothing: the process hangs, or it is no Kafka listener; check the process, and the address in --bootstrap-server
      TLS            |           | PLAINTEXT      | true  | a:1: a listener with TLS, but asked by PLAINTEXT; set security.protocol=SSL in c.properties, or name another listener in --bootstrap-server
      TLS            |           | SASL_PLAINTEXT | true  | a:1: a listener with TLS, but asked by SASL_PLAINTEXT; set security.protocol=SASL_SSL in c.properties, or name another listener in --bootstrap-server
      TLS_ONLY       |           | SSL            | false | a:1: a listener with TLS, but nothing answers inside it as Kafka does; check the process, and the address in --bootstrap-server
      KAFKA          |           | SSL            | true  | a:1: a Kafka listener without TLS, but asked by SSL; set security.protocol=PLAINTEXT in c.properties, or name another listener in --bootstrap-server
      KAFKA          |           | SASL_SSL       | true  | a:1: a Kafka listener without TLS, but asked by SASL_SSL; set security.protocol=SASL_PLAINTEXT in c.properties, or name another listener in --bootstrap-server
      NEEDS_SASL     | PLAIN, X  | PLAINTEXT      | true  | a:1: a listener with SASL (PLAIN, X), but asked by PLAINTEXT; set security.protocol=SASL_PLAINTEXT in c.properties, and sasl.mechanism and sasl.jaas.config with it
      NEEDS_SASL     |           | SSL            | true  | a:1: a listener with SASL, but asked by SSL; set security.protocol=SASL_SSL in c.properties, and sasl.mechanism and sasl.jaas.config with it
      CONTROLLER     |           | PLAINTEXT      | true  | a:1: a controller's listener, but asked as a broker's; name a broker's listener in --bootstrap-server, or the controller with --bootstrap-controller
      HTTP           |           | PLAINTEXT      | true  | a:1: speaks HTTP, so it is no Kafka listener; check the address in --bootstrap-server
      RMI            |           | PLAINTEXT      | true  | a:1: a JMX port, and no Kafka listener; check the address in --bootstrap-server
      OTHER          | SSH-2.0   | PLAINTEXT      | true  | a:1: answers 'SSH-2.0', but not as Kafka does; check the address in --bootstrap-server, and the security settings in c.properties
      OTHER          |           | SSL            | true  | a:1: answers, but not as Kafka does; check the address in --bootstrap-server, and the security settings in c.properties
      """)
  void saysWhatWasSeenAndWhatToLookAt(
      SightKind kind, String detail, String protocol, boolean settled, String line) {
    String known = detail == null ? "" : detail;

    assertThat(of(protocol, false, seen("a:1", kind, known)))
        .isEqualTo(new Diagnosis(Optional.of(line), settled));
  }

  @Test
  void whatIsAsItShouldBeIsNoReason() {
    for (Diagnosis diagnosis :
        List.of(
            of("PLAINTEXT", false, seen("a:1", SightKind.KAFKA, "")),
            of("PLAINTEXT", false, seen("a:1", SightKind.BROKER, "")),
            of("SSL", false, seen("a:1", SightKind.TLS, "")),
            of("SASL_SSL", true, seen("a:1", SightKind.TLS, "")),
            of("PLAINTEXT", true, seen("a:1", SightKind.CONTROLLER, "")),
            of("PLAINTEXT", false))) {
      assertThat(diagnosis).isEqualTo(Diagnosis.NONE);
    }
  }

  /** One that can still answer is waited for, whatever the others are. */
  @ParameterizedTest
  @EnumSource(
      value = SightKind.class,
      names = {"SILENT", "NO_CONNECTION", "SLOW_NAME", "KAFKA"})
  void isNotSettledWhileOneAddressMayAnswer(SightKind kind) {
    Diagnosis diagnosis =
        of("PLAINTEXT", false, seen("a:1", SightKind.REFUSED, ""), seen("b:1", kind, ""));

    assertThat(diagnosis.settled()).isFalse();
    assertThat(diagnosis.words()).hasValueSatisfying(it -> assertThat(it).contains("a:1: conn"));
  }

  @Test
  void addressesOfTheSameFateShareTheirWords() {
    Diagnosis diagnosis =
        of(
            "PLAINTEXT",
            false,
            seen("a:1", SightKind.REFUSED, ""),
            seen("b:1", SightKind.TLS, ""),
            seen("c:1", SightKind.REFUSED, ""));

    assertThat(diagnosis.settled()).isTrue();
    assertThat(diagnosis.words())
        .hasValue(
            "a:1, c:1: connection refused, so nothing listens there; b:1: a listener with TLS, but asked by PLAINTEXT;"
                + " check that the broker runs, and the address in --bootstrap-server;"
                + " set security.protocol=SSL in c.properties, or name another listener in --bootstrap-server");
  }

  @Test
  void namesTheAddressesThatANameStandsForWhereTheyAreSeveral() {
    Diagnosis diagnosis =
        Diagnosis.of(
            new Client("PLAINTEXT", false, OPTIONS),
            Stream.of("10.0.0.1", "fd00::1")
                .map(
                    ip -> new SeenAddress("k:1", ip, Optional.empty(), Sight.of(SightKind.REFUSED)))
                .toList());

    assertThat(diagnosis.words())
        .hasValueSatisfying(
            it -> assertThat(it).startsWith("k:1 (10.0.0.1), k:1 (fd00::1): connection refused"));
  }

  @Test
  void aBrokersOwnConfigurationSaysTheProtocolInItsMap() {
    assertThat(
            Diagnosis.of(
                    new Client("PLAINTEXT", true, OF_BROKER),
                    List.of(seen("a:1", SightKind.TLS, "")))
                .words())
        .hasValue(
            "a:1: a listener with TLS, but asked by PLAINTEXT;"
                + " let listener.security.protocol.map in server.properties say SSL for this listener,"
                + " or name another listener in server.properties");
  }

  @Test
  void aBrokerIsNoController() {
    assertThat(of("PLAINTEXT", true, seen("a:1", SightKind.BROKER, "")).words())
        .hasValue(
            "a:1: a broker's listener, but asked as a controller's; name a controller's listener in --bootstrap-server,"
                + " or the broker with --bootstrap-server");
  }
}
