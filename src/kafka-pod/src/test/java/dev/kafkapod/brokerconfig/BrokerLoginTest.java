package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.settings.SettingValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a broker's credentials are looked for, and what is said where there are none. */
class BrokerLoginTest {

  private static final String OPTION = "java.security.auth.login.config";
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"hunter2\";";

  @TempDir private Path directory;
  private final Map<String, String> properties = new HashMap<>();
  private Path jaas;

  @BeforeEach
  void configure() {
    jaas = directory.resolve("jaas.conf");
    properties.putAll(
        Map.of(
            "listeners", "INTERNAL://127.0.0.4:9093",
            "inter.broker.listener.name", "INTERNAL",
            "listener.security.protocol.map", "INTERNAL:SASL_PLAINTEXT",
            "sasl.mechanism.inter.broker.protocol", "PLAIN"));
    name(jaas.toString());
  }

  private static void name(String file) {
    new SecurityOptions(
            Map.of(OPTION, new SecurityOptions.Option(SettingValue.open(file), "KAFKA_OPTS")))
        .apply();
  }

  @AfterEach
  void forget() {
    System.clearProperty(OPTION);
    System.clearProperty("kafkapod.origin." + OPTION);
    Configuration.setConfiguration(null); // what Java has read of another test's file
  }

  private void write(String... sections) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String section : sections) {
      text.append("%s {\n%s\n};\n".formatted(section, MODULE.formatted("of " + section)));
    }
    Files.writeString(jaas, text);
  }

  private ClientSettings settings(String... client) throws IOException {
    Path file =
        Files.writeString(directory.resolve("client.properties"), String.join("\n", client));
    return new ClusterAccess(
            List.of(),
            List.of(),
            client.length == 0 ? Optional.empty() : Optional.of(file),
            Optional.empty(),
            Optional.of(
                new BrokerCommandLine(
                    Path.of("/server.properties"), properties, true, SecurityOptions.NONE)))
        .clientSettings();
  }

  private void assertComesFrom(String section, String... client) throws IOException {
    ClientSettings settings = settings(client);
    assertThat(settings.commandConfig().get("sasl.jaas.config"))
        .contains("username=\"of " + section + "\"");
    assertThat(settings.source().credentials())
        .isEqualTo("section %s of the JAAS file %s (named by KAFKA_OPTS)".formatted(section, jaas));
  }

  private void assertLacks(String message) {
    assertThatThrownBy(this::settings)
        .isInstanceOfSatisfying(
            Misconfigured.class, it -> assertThat(it.mayHeal()).as("may heal").isTrue())
        .hasMessage(message);
  }

  @Test
  void theListenersSectionWinsOverTheOneOfAll() throws IOException {
    write("KafkaServer", "client.KafkaServer", "KafkaClient");
    assertComesFrom("KafkaServer");

    write("KafkaServer", "internal.KafkaServer", "KafkaClient");
    assertComesFrom("internal.KafkaServer");
  }

  @Test
  void kafkasClientFindsTheClientsSectionByItself() throws IOException {
    write("KafkaClient");

    assertThat(settings().commandConfig()).doesNotContainKey("sasl.jaas.config");
    assertThat(settings().source().credentials())
        .isEqualTo("section KafkaClient of the JAAS file %s (named by KAFKA_OPTS)".formatted(jaas));
  }

  @Test
  void theClientsSectionIsTakenWhereTheServersHasNothingForClients() throws IOException {
    write("KafkaClient");
    Files.writeString(
        jaas,
        Files.readString(jaas)
            + "KafkaServer { org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " user_a=\"b\"; };");

    assertThat(settings().source().credentials()).startsWith("section KafkaClient");
  }

  @Test
  void settingsForListenerAndMechanismWinOverTheFile() throws IOException {
    write("KafkaServer");
    properties.put("listener.name.internal.plain.sasl.jaas.config", "mine;");

    assertThat(settings().commandConfig()).containsEntry("sasl.jaas.config", "mine;");
    assertThat(settings().source().credentials()).isEqualTo("/server.properties");
  }

  @Test
  void theFileWinsOverASettingThatBrokersIgnoreWhichCountsWhereThereIsNone() throws IOException {
    write("KafkaServer");
    properties.put("sasl.jaas.config", "ignored;");
    assertComesFrom("KafkaServer");

    Files.delete(jaas);
    assertThat(settings().commandConfig()).containsEntry("sasl.jaas.config", "ignored;");
  }

  @Test
  void whatAClientsFileSaysWinsOverAll() throws IOException {
    write("KafkaServer");

    ClientSettings settings = settings("sasl.jaas.config=given;");

    assertThat(settings.commandConfig()).containsEntry("sasl.jaas.config", "given;");
    assertThat(settings.source().credentials()).isEqualTo("--command-config");
    assertComesFrom("KafkaServer", "client.id=x");
    assertThat(settings("sasl.mechanism=SCRAM-SHA-256").commandConfig().get("sasl.jaas.config"))
        .contains(".ScramLoginModule required");
  }

  @Test
  void aListenerWithoutSaslNeedsNoFile() throws IOException {
    properties.put("listener.security.protocol.map", "INTERNAL:SSL");

    assertThat(settings().source().credentials()).isEqualTo("/server.properties");
  }

  @Test
  void namesTheFileThatIsNotThereAndWhoNamesIt() {
    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): there is no such file; put it there, or correct KAFKA_OPTS"
            .formatted(jaas));
  }

  @Test
  void goesOnWithWhatItsJavaHasReadWhereTheFileIsGone() throws IOException {
    write("KafkaServer");
    assertThat(Configuration.getConfiguration().getAppConfigurationEntry("KafkaServer"))
        .isNotEmpty();
    Files.delete(jaas);

    assertComesFrom("KafkaServer");
    write("internal.KafkaServer");
    assertComesFrom("internal.KafkaServer");
  }

  @Test
  void namesTheLineThatIsMalformedAndNoWordOfIt() throws IOException {
    Files.writeString(jaas, "KafkaServer {\n  a.B required password=hunter2 \"hunter3\n};\n");
    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but is malformed at or before line 3; correct the file"
            .formatted(jaas));

    Files.writeString(jaas, "KafkaServer {\n");
    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but is malformed or ends too early; correct the file"
            .formatted(jaas));
  }

  @Test
  void namesTheSectionsOfWhichThereIsNone() throws IOException {
    write("Client");

    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): has none of the sections internal.KafkaServer, KafkaServer and KafkaClient; add the one that the broker is to log in with"
            .formatted(jaas));
  }

  @Test
  void saysWhatTheSectionLacks() throws IOException {
    write("KafkaServer");
    properties.put("sasl.mechanism.inter.broker.protocol", "GSSAPI");
    Files.writeString(jaas, "KafkaServer {\n a.B required;\n a.C required;\n};\n");

    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): its section KafkaServer has no login module with what a client of GSSAPI needs (a username and a password, or a module of its mechanism); add it, or a section KafkaClient"
            .formatted(jaas));
  }

  @Test
  void refusesAFolderAndAPipe() throws Exception {
    Files.createDirectory(jaas);
    assertLacks(
        "the JAAS file %s (named by KAFKA_OPTS): must be a regular file, and is a folder, a pipe or a device; correct KAFKA_OPTS"
            .formatted(jaas));
  }

  /** Nobody writes into it: Java itself would read it without end. */
  @Test
  @Timeout(20)
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", jaas.toString()).start().waitFor()).isZero();
    try {
      assertLacks(
          "the JAAS file %s (named by KAFKA_OPTS): must be a regular file, and is a folder, a pipe or a device; correct KAFKA_OPTS"
              .formatted(jaas));
    } finally {
      release(jaas);
    }
  }

  /** Java holds a lock for as long as it reads. */
  private static void release(Path pipe) throws IOException {
    Files.writeString(pipe, "");
  }

  @Test
  @Timeout(20)
  void aServerThatSaysNothingIsNotWaitedFor() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://user:hunter2@127.0.0.1:%d/jaas".formatted(silent.getLocalPort());
      forget();
      name(url);
      assertLacks(
          "the JAAS file http://[hidden]@127.0.0.1:%d/jaas (named by KAFKA_OPTS): hasn't been read within 2 s; correct KAFKA_OPTS"
              .formatted(silent.getLocalPort()));
    }
  }

  @Test
  void saysWhatIsWrongWithWhatIsNoMalformedLine() throws IOException {
    String must =
        "the JAAS file %s (named by KAFKA_OPTS): must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but "
            .formatted(jaas);
    Files.writeString(jaas, "KafkaServer { a.B hunter2 password=x; };");
    assertLacks(
        must
            + "has a module whose flag isn't required, requisite, sufficient or optional; correct the file");
    Files.writeString(jaas, "KafkaServer { a.B required password=\"${no.such.hunter2}\"; };");
    assertLacks(
        must + "refers by ${…} to a system property that isn't set; correct the file, or set it");
    write("KafkaServer", "KafkaServer");
    assertLacks(must + "has two sections of one name; correct the file");
    forget();
    name("mailto:somebody");
    assertLacks(
        "the JAAS file mailto:somebody (named by KAFKA_OPTS): must hold JAAS sections, NAME { MODULE FLAG KEY=\"VALUE\"…; };, but can't be read there, or is malformed; correct it, or name a file in KAFKA_OPTS");
    forget();
    name("http://[x");
    assertLacks(
        "the JAAS file http://[x (named by KAFKA_OPTS): is no name of a file; correct KAFKA_OPTS");
  }

  @Test
  void saysWhatIsMissingWhereNothingNamesAFile() {
    forget();

    assertLacks(
        "/server.properties: listener INTERNAL needs a login by PLAIN, and there is neither"
            + " listener.name.internal.plain.sasl.jaas.config nor a JAAS file; name the broker's in"
            + " KAFKA_OPTS (-Djava.security.auth.login.config=FILE), or a client's settings in"
            + " KAFKA_POD_COMMAND_CONFIG");
  }

  @Test
  void readsTheFormsInWhichJavaTakesTheName() throws IOException {
    write("KafkaServer");
    for (String form :
        List.of(
            "=" + jaas,
            "file:" + jaas,
            "file://" + jaas,
            "==".substring(1) + "file:" + jaas,
            "${java.io.tmpdir}/${kafkapod.none}")) {
      forget();
      name(form.replace("${java.io.tmpdir}/${kafkapod.none}", "${kafkapod.test.dir}/jaas.conf"));
      System.setProperty("kafkapod.test.dir", directory.toString());
      assertThat(settings().source().credentials()).as(form).startsWith("section KafkaServer");
    }
    System.clearProperty("kafkapod.test.dir");
  }
}
