package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.settings.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Secrets whose lines have become lines of their own are shown by nothing. */
class SpilledKeyTest {

  private static final String PEM =
      """
      node.id=1
      ssl.keystore.key=-----BEGIN PRIVATE KEY-----
      MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
      Hun7er2xHun7er2xHun7er2x/+k=
      -----END PRIVATE KEY-----
      num.partitions=3
      """;

  private static List<String> shown(String mounted) {
    Rendering rendering =
        Requests.render(Requests.of("", mounted, Map.of("POD_NAME", "kafka-1"), "kafka-1"));
    List<String> shown = new ArrayList<>(Requests.problems(rendering));
    shown.addAll(rendering.masking().properties(mounted, "", " (changed)"));
    shown.addAll(
        rendering.masking().properties(rendering.files().get(Rendering.SERVER), "", " (changed)"));
    for (String key : Set.of("user_alice", "ssl.keystore.key", "confluent.license", "plugin.x")) {
      shown.addAll(rendering.explain(key, Optional.empty()));
    }
    return shown;
  }

  @Test
  void aPrivateKeyOverSeveralLinesIsAnErrorWithoutThem() {
    assertThat(shown(PEM))
        .noneMatch(it -> it.contains("MII") || it.contains("Hun7er2x"))
        .contains(
            "server.properties:2: ssl.keystore.key: a private key must be one value, but it ends with this line, and what follows would be settings of their own; end each of its lines but the last with \\n\\")
        .anyMatch(it -> it.contains("num.partitions"));
  }

  @Test
  void oneThatGoesOnAsPropertiesDoIsNoError() {
    String one =
        PEM.replaceAll("(KEY-----|SC|k=)\n", "$1\\\\n\\\\\n")
            .replace("END PRIVATE KEY-----\\n\\", "END PRIVATE KEY-----");
    assertThat(PropertiesTextProblems.of(one)).isEmpty();
  }

  @Test
  void usersOfALoginModuleAreSecret() {
    assertThat(
            shown(
                """
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required
                  user_alice="Hun7er2x"
                  password="Hun7er2x";
                confluent.license=Hun7er2x
                plugin.x=a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJIdW43In0.Hun7er2x
                """))
        .noneMatch(it -> it.contains("Hun7er2x"));
  }

  /** What parsing alone finds. */
  private static final class PropertiesTextProblems {
    static List<Problem> of(String text) {
      Problems problems = new Problems();
      PropertiesText.parse("s", Origin.Layer.MOUNTED, text, Secrets.byName(), problems);
      return problems.all(dev.kafkapod.settings.Redaction.byShape());
    }
  }
}
