package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.brokerconfig.SecurityOptions.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a second JVM takes of the options of a broker's. */
class SecurityOptionsTest {

  private static final String JAAS = "java.security.auth.login.config";
  private static final String TRUST = "javax.net.ssl.trustStore";

  @AfterEach
  void forget() {
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.contains(JAAS) || name.contains("javax.net.ssl.")) {
                System.clearProperty(name);
              }
            });
  }

  private static Map<String, String> values(SecurityOptions security) {
    Map<String, String> values = new TreeMap<>();
    security.options().forEach((name, option) -> values.put(name, option.value().reveal()));
    return values;
  }

  private static Map<String, String> inVariables(Map<String, String> environment) {
    return values(SecurityOptions.inEnvironment(environment));
  }

  @Test
  void takesWhatSecurityNeedsAndNothingElse() {
    assertThat(
            inVariables(
                Map.of(
                    "KAFKA_OPTS",
                    " -Djava.security.auth.login.config=/etc/kafka/jaas.conf\n"
                        + "\t-javaagent:/x.jar=/y -Xmx1g -Djava.security.krb5.conf=/etc/krb5.conf "
                        + " -Djava.security.krb5.realm=R -Djavax.net.ssl.trustStore=/t.p12"
                        + " -Djavax.net.ssl.trustStorePassword=a=b -Djavax.net.sslx=1"
                        + " -Dkafka.x=-Djavax.net.ssl.x=2 Djavax.net.ssl.keyStore=/no")))
        .isEqualTo(
            Map.of(
                JAAS,
                "/etc/kafka/jaas.conf",
                "java.security.krb5.conf",
                "/etc/krb5.conf",
                TRUST,
                "/t.p12",
                "javax.net.ssl.trustStorePassword",
                "a=b"));
  }

  @Test
  void theLastWordWinsAsInTheBrokersJava() {
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-D" + JAAS + "=tool",
                "JDK_JAVA_OPTIONS", "-D" + JAAS + "=jdk",
                "KAFKA_HEAP_OPTS", "-D" + JAAS + "=heap",
                "KAFKA_JMX_OPTS", "-D" + JAAS + "=jmx",
                "KAFKA_OPTS", "-D" + JAAS + "=first -D" + JAAS + "=opts",
                "_JAVA_OPTIONS", "-D" + JAAS + "=last"));
    for (String expected : List.of("last", "opts", "jmx", "heap", "jdk", "tool")) {
      assertThat(inVariables(environment)).isEqualTo(Map.of(JAAS, expected));
      environment.values().removeIf(it -> it.endsWith("=" + expected));
    }
    assertThat(inVariables(Map.of())).isEmpty();
  }

  @Test
  void quotesCountWhereJavaReadsThemAndAreTextWhereTheShellLeavesThem() {
    String option = "-Djavax.net.ssl.trustStore='/a b.p12' -Djavax.net.\"ssl.keyStore=/k'\"'";

    assertThat(inVariables(Map.of("JAVA_TOOL_OPTIONS", option)))
        .isEqualTo(Map.of(TRUST, "/a b.p12", "javax.net.ssl.keyStore", "/k'"));
    assertThat(inVariables(Map.of("KAFKA_OPTS", option))).isEqualTo(Map.of(TRUST, "'/a"));
  }

  @Test
  void findsJavasOwnVariablesUnderTheNamesThatTheLauncherGivesThem() {
    SecurityOptions found =
        SecurityOptions.inEnvironment(
            Map.of("KAFKA_POD_KEPT__JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=/t"));

    assertThat(found.options().get(TRUST).origin()).isEqualTo("_JAVA_OPTIONS");
    assertThat(values(found)).isEqualTo(Map.of(TRUST, "/t"));
  }

  @Test
  void aProcessSeesFilesFromWhereItWasStarted() {
    assertThat(
            values(
                SecurityOptions.ofProcess(
                    List.of(
                        "java",
                        "-D" + JAAS + "==conf/jaas.conf",
                        "-Djava.security.krb5.conf=krb5.conf",
                        "-Djavax.net.ssl.trustStore=/t.p12",
                        "-Djavax.net.ssl.keyStore=NONE",
                        "-Djavax.net.ssl.keyStoreType=PKCS11"),
                    Map.of("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStoreType=JKS"),
                    Path.of("/opt/kafka"))))
        .isEqualTo(
            Map.of(
                JAAS,
                "=/opt/kafka/conf/jaas.conf",
                "java.security.krb5.conf",
                "/opt/kafka/krb5.conf",
                TRUST,
                "/t.p12",
                "javax.net.ssl.keyStore",
                "NONE",
                "javax.net.ssl.keyStoreType",
                "PKCS11",
                "javax.net.ssl.trustStoreType",
                "JKS"));
    assertThat(
            values(
                SecurityOptions.ofProcess(
                    List.of(
                        "-D" + JAAS + "=file:jaas.conf", "-Djavax.net.ssl.x=", "-Djavax.net.ssl.y"),
                    Map.of("_JAVA_OPTIONS", "-Djava.security.krb5.conf=${user.home}/k"),
                    Path.of("/"))))
        .isEqualTo(
            Map.of(
                JAAS,
                "file:jaas.conf",
                "javax.net.ssl.x",
                "",
                "javax.net.ssl.y",
                "",
                "java.security.krb5.conf",
                "${user.home}/k"));
  }

  @Test
  void showsNoPassword() {
    Option option =
        SecurityOptions.inEnvironment(
                Map.of("KAFKA_OPTS", "-Djavax.net.ssl.keyStorePassword=hunter2"))
            .options()
            .get("javax.net.ssl.keyStorePassword");

    assertThat(option.toString()).doesNotContain("hunter2");
  }

  @Test
  void leavesWhatThisJvmHasBeenGiven() {
    System.setProperty(JAAS, "/mine");

    SecurityOptions.inEnvironment(
            Map.of("KAFKA_OPTS", "-D" + JAAS + "=/theirs -Djavax.net.ssl.trustStore=/t"))
        .apply();

    assertThat(System.getProperty(JAAS)).isEqualTo("/mine");
    assertThat(SecurityOptions.origin(JAAS)).isEqualTo("-D" + JAAS);
    assertThat(System.getProperty(TRUST)).isEqualTo("/t");
    assertThat(SecurityOptions.origin(TRUST)).isEqualTo("KAFKA_OPTS");

    SecurityOptions.inEnvironment(
            Map.of("KAFKA_OPTS", "-Djavax.net.ssl.trustStorePassword=of-another-store"))
        .apply();

    assertThat(System.getProperty("javax.net.ssl.trustStorePassword")).isNull();
  }
}
