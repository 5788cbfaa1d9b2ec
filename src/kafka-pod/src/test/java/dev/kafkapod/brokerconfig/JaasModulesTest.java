package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.URIParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka's own reader makes of the setting that comes of a section of a file. */
class JaasModulesTest {

  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String OAUTH =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule";

  @TempDir private Path directory;

  private Optional<String> setting(String mechanism, String... modules) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("jaas.conf"),
            "KafkaServer {\n" + String.join(";\n", modules) + ";\n};\n");
    return JaasModules.forClient(
        List.of(
            Configuration.getInstance("JavaLoginConfig", new URIParameter(file.toUri()))
                .getAppConfigurationEntry("KafkaServer")),
        mechanism);
  }

  private AppConfigurationEntry client(String mechanism, String... modules) throws Exception {
    String setting = setting(mechanism, modules).orElseThrow();
    return JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(setting)))
        .configurationEntries()
        .get(0);
  }

  @Test
  void carriesQuotesAndEscapes() throws Exception {
    AppConfigurationEntry client =
        client(
            "PLAIN",
            PLAIN
                + " required username=\"Ad \\\"min\\\"\" password=\"a\\\\b;'=$2 ${{file:/x:y}} {}//"
                + " \\t\\n"
                + "\\101 é€\"");

    assertThat(client.getOptions())
        .isEqualTo(
            Map.of("username", "Ad \"min\"", "password", "a\\b;'=$2 ${{file:/x:y}} {}// \t\nA é€"));
    assertThat(client.getLoginModuleName()).isEqualTo(PLAIN);
    assertThat(client.getControlFlag())
        .isEqualTo(AppConfigurationEntry.LoginModuleControlFlag.REQUIRED);
  }

  @Test
  void aConfigProvidersFormIsHiddenFromKafkasClientAsItIsFromABroker() throws Exception {
    assertThat(setting("PLAIN", PLAIN + " required username=u password=\"${{file:/x:y}}\""))
        .hasValueSatisfying(it -> assertThat(it).doesNotContain("${"));
  }

  @Test
  void leavesOutThePasswordsOfOthers() throws Exception {
    assertThat(
            client("PLAIN", PLAIN + " required username=u password=\"p\" user_u=\"p\" user_v=\"q\"")
                .getOptions())
        .isEqualTo(Map.of("username", "u", "password", "p"));
  }

  @Test
  void ofSeveralModulesTheMechanismsOwnLogsInWithTheFirstNameAndPassword() throws Exception {
    String plain = PLAIN + " required username=\"plain\" password=\"p\"";
    String scram = SCRAM + " sufficient username=\"scram\" password=\"s\" tokenauth=\"true\"";
    String kerberos = KERBEROS + " optional keyTab=\"/k\" useKeyTab=true";

    AppConfigurationEntry byScram = client("SCRAM-SHA-512", kerberos, plain, scram);
    assertThat(byScram.getLoginModuleName()).isEqualTo(SCRAM);
    assertThat(byScram.getControlFlag())
        .isEqualTo(AppConfigurationEntry.LoginModuleControlFlag.SUFFICIENT);
    assertThat(byScram.getOptions())
        .isEqualTo(Map.of("username", "plain", "password", "p", "tokenauth", "true"));
    assertThat(client("plain", scram, plain).getOptions())
        .isEqualTo(Map.of("username", "scram", "password", "s"));
    assertThat(client("GSSAPI", plain, kerberos).getOptions())
        .isEqualTo(Map.of("keyTab", "/k", "useKeyTab", "true"));
    assertThat(client("OAUTHBEARER", plain, OAUTH + " required a=\"b\"").getOptions())
        .isEqualTo(Map.of("a", "b"));
  }

  @Test
  void aBrokerThatOnlyAcceptsOthersHasNothingForAClient() throws Exception {
    assertThat(setting("PLAIN", PLAIN + " required user_probe=\"p\"")).isEmpty();
    assertThat(setting("SCRAM-SHA-256", SCRAM + " required username=\"u\"")).isEmpty();
  }

  @Test
  void aModuleOfSomebodyElseIsTakenWhereItIsTheOnlyOne() throws Exception {
    assertThat(client("PLAIN", "com.example.Login requisite \"a.b\"=\"c\"").getOptions())
        .isEqualTo(Map.of("a.b", "c"));
    assertThat(setting("CUSTOM", "com.example.Login required", PLAIN + " required")).isEmpty();
    assertThat(setting("GSSAPI", PLAIN + " required username=u", SCRAM + " required")).isEmpty();
  }
}
