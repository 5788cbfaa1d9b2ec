package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A marker stands for a secret in every kind of place where people keep one, between texts that
 * break things; no command says it.
 */
class HiddenSecretsTest {

  private static final String MARKER = "Hun7er2x";

  /** What the secret is written with, so that every parser trips over something. */
  private static final List<String> AROUND =
      List.of(
          "%s",
          "ab${%s",
          "${%s+ter2}",
          "${x|a:%s}",
          "${%s}",
          "a,%s://b",
          "%s\\",
          "%s\n%s",
          "${node.id+%s}",
          "\"%s",
          "%s;",
          "= %s",
          "%%s%%z%s",
          "${env.%s}",
          "${file:%s:%s}",
          "$${%s");

  private static final List<String> SECRET_KEYS =
      List.of(
          "ssl.keystore.password",
          "ssl.key.password",
          "sasl.jaas.config",
          "listener.name.internal.plain.sasl.jaas.config",
          "registry.basic.auth.user.info",
          "my.pwd",
          "plugin.api.key");

  private static final List<String> SEPARATORS =
      List.of("=", ": ", " ", " = ", "\\\n  =", "=\\\n   ");

  @Property(tries = 150)
  void renderNeverSaysThem(
      @ForAll("settings") List<String> server,
      @ForAll("settings") List<String> client,
      @ForAll("settings") List<String> old,
      @ForAll("variables") Map<String, String> variables)
      throws IOException {
    Path folder = Files.createTempDirectory("secrets");
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Path rendered = Files.createDirectory(folder.resolve("rendered"));
    Files.write(mounted.resolve("server.properties"), server);
    Files.write(mounted.resolve("client.properties"), client);
    Files.writeString(
        mounted.resolve("log4j2.yaml"),
        "Configuration:\n  Appenders:\n    Http:\n      url: http://jane:%s@x\n      value: \"%s\"\n"
            .formatted(MARKER, MARKER));
    Files.write(rendered.resolve("server.properties"), old);
    Files.writeString(rendered.resolve("client.properties"), "# password=" + MARKER + "\n");
    Files.writeString(rendered.resolve("log4j2.yaml"), "X:\n  - {password: " + MARKER + "}\n");
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("KAFKA_POD_TEMPLATE", "broker");
    environment.put("POD_NAME", "kafka-1");

    List<String> said = new ArrayList<>();
    for (List<String> more :
        List.of(
            List.of("--check"),
            List.of("--dry-run"),
            List.of("--check", "--output", "json"),
            List.of("--explain", "ssl.key.password"),
            List.of("--explain", "my.ordinary"),
            List.of("--explain", "listeners"))) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "render",
                  "--templates=config-templates",
                  "--mounted-dir=" + mounted,
                  "--render-to=" + rendered));
      arguments.addAll(more);
      said.add(run(arguments, environment));
    }

    assertThat(said).noneMatch(it -> it.contains(MARKER));
  }

  private static String run(List<String> arguments, Map<String, String> environment) {
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    KafkaPod.run(arguments.toArray(String[]::new), environment, false, both, both);
    return out.toString();
  }

  @Property(tries = 25)
  void theOthersNeverSayThem(
      @ForAll("settings") List<String> settings, @ForAll("addresses") String address)
      throws IOException {
    Path file = Files.createTempFile("secrets", ".properties");
    Files.write(file, settings);
    List<String> where =
        List.of("--bootstrap-server=" + address, "--command-config=" + file, "--timeout=300ms");

    for (String command : List.of("ready", "status", "can-stop", "await-safe-stop")) {
      List<String> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(where);
      if (command.equals("await-safe-stop")) {
        arguments.addAll(List.of("--max-wait=500ms", "--brokers=1"));
      }
      if (command.equals("can-stop")) {
        arguments.add("--brokers=1");
      }
      assertThat(run(arguments, Map.of())).doesNotContain(MARKER);
    }
    assertThat(run(List.of("storage", "--check", "--server-config=" + file), Map.of()))
        .doesNotContain(MARKER);
  }

  @Provide
  Arbitrary<String> addresses() {
    return Arbitraries.of(
        "127.0.0.1:1",
        "jane:" + MARKER + "@127.0.0.1:1",
        "https://jane:" + MARKER + "@127.0.0.1:1");
  }

  @Provide
  Arbitrary<List<String>> settings() {
    Arbitrary<String> secret =
        Combinators.combine(
                Arbitraries.of(SECRET_KEYS), Arbitraries.of(SEPARATORS), Arbitraries.of(AROUND))
            .as((key, separator, around) -> key + separator + around.replace("%s", MARKER));
    Arbitrary<String> shaped =
        Arbitraries.of(
            "my.ordinary=https://jane:" + MARKER + "@example.com",
            "my.ordinary=${env.DBPW}",
            "my.ordinary=a\\\\b" + MARKER + "${env.DBPW}",
            "my.ordinary=${env.DB_PASS|p\\\\q" + MARKER + "}",
            "listeners=${env.DBPW}",
            "controller.quorum.voters=1@${env.DBPW}",
            "node.id=${env.DBPW}",
            "num.partitions=${node.id+env.DBPW}",
            "process.roles=${env.DBPW}",
            "security.protocol=SASL_PLAINTEXT",
            "sasl.mechanism=PLAIN",
            "my.opts=-Dx.password=" + MARKER,
            "# password=" + MARKER);
    return Arbitraries.oneOf(secret, shaped).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Map<String, String>> variables() {
    return Arbitraries.maps(
            Arbitraries.of(
                "KAFKA_SSL_KEYSTORE_PASSWORD",
                "KAFKA_SASL_JAAS_CONFIG",
                "KAFKA_MY_PWD",
                "KAFKA_LISTENER_NAME_INTERNAL_SSL_KEY_PASSWORD"),
            Arbitraries.of(AROUND).map(it -> it.replace("%s", MARKER)))
        .ofMaxSize(3)
        .map(
            it -> {
              Map<String, String> all = new HashMap<>(it);
              all.put("DBPW", MARKER);
              all.put("KAFKA_MY_ORDINARY", "${env.DB_PASS|p\\q" + MARKER + "}");
              return all;
            });
  }
}
