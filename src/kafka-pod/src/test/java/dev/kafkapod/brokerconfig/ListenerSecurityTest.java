package dev.kafkapod.brokerconfig;

import static dev.kafkapod.brokerconfig.BrokerConfigTest.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The credentials with which a broker connects to its peers. */
class ListenerSecurityTest {

  private static Map<String, String> of(String protocol, String... keysAndValues) {
    return ListenerSecurity.of(
        properties(keysAndValues), "INTERNAL", protocol, "sasl.mechanism.inter.broker.protocol");
  }

  @Test
  void needsNothingWithoutSecurity() {
    assertThat(
            of(
                "PLAINTEXT",
                "ssl.keystore.location",
                "/k",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "log.dirs",
                "/d"))
        .isEqualTo(properties("security.protocol", "PLAINTEXT"));
  }

  @Test
  void whatIsSetForTheListenerWinsOverWhatIsSetForAll() {
    assertThat(
            of(
                "SSL",
                "ssl.keystore.location",
                "/all",
                "ssl.key.password",
                "all",
                "listener.name.internal.ssl.keystore.location",
                "/internal",
                "listener.name.client.ssl.key.password",
                "client",
                "sasl.jaas.config",
                "unused"))
        .isEqualTo(
            properties(
                "security.protocol", "SSL",
                "ssl.keystore.location", "/internal",
                "ssl.key.password", "all"));
  }

  @Test
  void whatIsSetForTheMechanismWinsOverBoth() {
    assertThat(
            of(
                "SASL_PLAINTEXT",
                "sasl.mechanism.inter.broker.protocol",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                "all",
                "sasl.login.class",
                "All",
                "sasl.login.callback.handler.class",
                "All",
                "listener.name.internal.sasl.jaas.config",
                "listener",
                "listener.name.internal.sasl.login.class",
                "Listener",
                "listener.name.internal.scram-sha-256.sasl.jaas.config",
                "mechanism",
                "listener.name.internal.plain.sasl.jaas.config",
                "another mechanism",
                "listener.name.client.scram-sha-256.sasl.jaas.config",
                "another listener",
                "ssl.keystore.location",
                "unused"))
        .isEqualTo(
            properties(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-256",
                "sasl.jaas.config", "mechanism",
                "sasl.login.class", "Listener",
                "sasl.login.callback.handler.class", "All"));
  }

  @Test
  void hasBothWhereBothCount() {
    assertThat(
            of(
                "SASL_SSL",
                "ssl.truststore.location",
                "/t",
                "sasl.mechanism.inter.broker.protocol",
                " PLAIN ",
                "listener.name.internal.plain.sasl.jaas.config",
                "jaas"))
        .isEqualTo(
            properties(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.location", "/t",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", "jaas"));
  }

  @Test
  void takesKafkasDefaultForTheMechanism() {
    assertThat(of("SASL_PLAINTEXT", "sasl.kerberos.service.name", "kafka"))
        .isEqualTo(
            properties(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "GSSAPI",
                "sasl.kerberos.service.name", "kafka"));
  }

  @Test
  void leavesOutWhatOnlyTheAcceptingSideNeeds() {
    assertThat(
            of(
                "SASL_SSL",
                "ssl.client.auth",
                "required",
                "listener.name.internal.ssl.client.auth",
                "required",
                "ssl.principal.mapping.rules",
                "DEFAULT",
                "ssl.allow.dn.changes",
                "true",
                "ssl.allow.san.changes",
                "true",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.internal.sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "sasl.mechanism.controller.protocol",
                "PLAIN",
                "listener.name.internal.plain.sasl.server.callback.handler.class",
                "Server",
                "sasl.server.max.receive.size",
                "1",
                "sasl.kerberos.principal.to.local.rules",
                "DEFAULT"))
        .isEqualTo(properties("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
  }

  @Test
  void passesConfigProvidersOnForValuesThatReferToThem() {
    assertThat(
            of(
                "SSL",
                "config.providers",
                "file",
                "config.providers.file.class",
                "FileConfigProvider",
                "config.providers.file.param.allowed.paths",
                "/secrets",
                "ssl.key.password",
                "${file:/secrets/p:key}"))
        .isEqualTo(
            properties(
                "security.protocol", "SSL",
                "config.providers", "file",
                "config.providers.file.class", "FileConfigProvider",
                "config.providers.file.param.allowed.paths", "/secrets",
                "ssl.key.password", "${file:/secrets/p:key}"));
  }
}
