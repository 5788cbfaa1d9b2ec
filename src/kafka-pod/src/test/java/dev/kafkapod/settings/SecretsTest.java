package dev.kafkapod.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final Secrets BY_NAME = Secrets.byName();

  @Test
  void knowsEverySettingOfKafkasClientsThatIsAPasswordByItsName() {
    Set<String> passwords = new TreeSet<>();
    for (ConfigDef definitions :
        List.of(
            AdminClientConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef())) {
      definitions
          .configKeys()
          .forEach(
              (key, definition) -> {
                if (definition.type == ConfigDef.Type.PASSWORD) {
                  passwords.add(key);
                }
              });
    }

    assertThat(passwords)
        .contains("ssl.key.password", "sasl.jaas.config")
        .allMatch(BY_NAME::isSecretKey);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.keystore.password",
        "listener.name.internal.ssl.key.password",
        "listener.name.internal.plain.sasl.jaas.config",
        "confluent.schema.registry.basic.auth.user.info",
        "schema.registry.basic.auth.user.info",
        "my.store.pwd",
        "my.pass",
        "my.pin",
        "plugin.key",
        "pwd",
        "db-pw",
        "sasl.oauthbearer.client.credentials.client.secret",
        "sasl.oauthbearer.jwt.bearer.assertion",
        "zookeeper.ssl.keystore.password",
        "password.encoder.secret",
        "delegation.token.secret.key",
        "s3.secret.access.key",
        "rsm.config.storage.azure.account.key",
        "metrics.API_KEY",
        "x.sharedKey"
      })
  void hidesWhatIsCalledASecret(String key) {
    assertThat(BY_NAME.value(key, "hunter2").toString()).isEqualTo("[hidden]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.dirs",
        "password.encoder.iterations",
        "delegation.token.max.lifetime.ms",
        "sasl.oauthbearer.token.endpoint.url",
        "ssl.keystore.location",
        "ssl.keystore.type",
        "compression.type",
        "passthrough.enabled",
        "bypass.rules"
      })
  void showsWhatIsNot(String key) {
    assertThat(BY_NAME.value(key, "hunter2").toString()).isEqualTo("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://jane:hunter2@registry.example.com/",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\";",
        "-----BEGIN PRIVATE KEY-----\nMIIB",
        "-Djavax.net.ssl.keyStorePassword=hunter2",
        "{\"api_key\": \"hunter2\"}",
        "https://hooks.example.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx",
        "https://chat.example.com/api/webhooks/1234567890/abcdefghijklmnopqrst",
        "Authorization: Bearer abc",
        "Basic amFuZTpodW50ZXIy"
      })
  void hidesAValueThatLooksLikeOneWhateverItsKey(String value) {
    assertThat(BY_NAME.value("my.plugin.setting", value).isSecret()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INTERNAL://:19090,MESH://127.0.0.5:9091",
        "100@controller-0.example.com:19093",
        "User:CN=broker,OU=kafka",
        "RULE:^CN=(.*?),OU=.*$/$1/,DEFAULT",
        "${file:/mnt/secrets/broker:keystore}"
      })
  void showsAValueThatDoesNot(String value) {
    assertThat(BY_NAME.value("listeners", value).isSecret()).isFalse();
  }

  @Test
  void believesKafkaThatASettingIsAPassword() {
    Secrets secrets = new Secrets(Set.of("plain.looking"));

    assertThat(secrets.isSecretKey("plain.looking")).isTrue();
    assertThat(secrets.isSecretKey("listener.name.internal.plain.looking")).isTrue();
    assertThat(BY_NAME.isSecretKey("plain.looking")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DBPW",
        "DB_PASS",
        "PGPASSWORD",
        "API_KEY",
        "VAULT_TOKEN",
        "db_pwd",
        "PLUGIN_KEY",
        "MY_PIN"
      })
  void knowsAVariableThatHoldsASecret(String name) {
    assertThat(Secrets.isSecretVariable(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PWD",
        "OLDPWD",
        "HOME",
        "KAFKA_POD_DOMAIN",
        "KAFKA_SSL_CLIENT_AUTH",
        "PATH",
        "HOSTNAME",
        "PASSAGE"
      })
  void knowsAVariableThatDoesNot(String name) {
    assertThat(Secrets.isSecretVariable(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Value not specified for key 'Tail9secret' in JAAS config",
        "Login module control flag 'Tail9secret' in JAAS config isn't one",
        "Invalid login module control flag 'a' b'Tail9secret' in JAAS config"
      })
  void masksWhatAParserNamesOfAJaasConfiguration(String message) {
    assertThat(Redaction.byShape().applyToKafkas(message))
        .doesNotContain("Tail9")
        .contains("[hidden]");
  }

  @Test
  void masksSecretsInWhatOthersHaveWritten() {
    Redaction redaction =
        Redaction.of(
            Map.of(
                "ssl.key.password", "s3cr3t!",
                "sasl.jaas.config", "LoginModule required username=\"jane\" password=\"p w\";",
                "log.dirs", "/data"));

    assertThat(redaction.apply("no key for s3cr3t! in /data; 'p w' of jane, https://a:b@c"))
        .isEqualTo("no key for [hidden] in /data; '[hidden]' of jane, https://[hidden]@c");
    assertThat(redaction.apply("token='x y', foo.password:abc, 'password': 'x'"))
        .isEqualTo("token=[hidden], foo.password:[hidden], 'password': [hidden]");
    assertThat(redaction.apply("ssl.key.password: must be set"))
        .as("a sentence of ours")
        .isEqualTo("ssl.key.password: must be set");
  }
}
