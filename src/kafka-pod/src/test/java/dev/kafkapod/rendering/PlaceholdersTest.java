package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

  private final List<String> problems = new ArrayList<>();
  private final Placeholders placeholders =
      new Placeholders(
          Requests.names("kafka-2"), (message, values) -> problems.add(message.formatted(values)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "plain → plain",
        "${node.id} → 2",
        "MESH://127.0.0.5:${node.id+9091} → MESH://127.0.0.5:9093",
        "${node.id + 9091} → 9093",
        "${9100-ordinal-1} → 9097",
        "${node.id+ordinal} → 4",
        "${pod.name}.${service}.${pod.namespace}.svc → kafka-2.kafka.streams.svc",
        "${statefulset}-0 → kafka-0",
        "${zone|unknown} → unknown",
        "${env.HOME} → /root-of-all",
        "${env.NOWHERE|default} → default",
        "${env.NOWHERE+1|default} → default",
        "${file:/a/b:key} → ${file:/a/b:key}",
        "${file:/a/b:key|c} → ${file:/a/b:key|c}",
        "$1 $$ {x} } → $1 $$ {x} }",
        "$${ → ${",
        "a$${node.id}b${node.id} → a${node.id}b2",
        "$$${zone} → $${zone}",
        "ab$${S3cret → ab${S3cret",
        "a${zone|} → a",
      })
  void fillsIn(String text, String expected) {
    assertThat(placeholders.fillIn(text)).contains(expected);
    assertThat(problems).isEmpty();
  }

  @Test
  void leavesOutASettingWhoseOnlyNameHasNoValueAndAnEmptyDefault() {
    assertThat(placeholders.fillIn("${zone|}")).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void doesNotLookAgainAtWhatItHasFilledIn() {
    Names names =
        Names.of(
            Requests.pod("kafka-2"),
            Optional.empty(),
            false,
            Requests.LOOPBACK,
            Map.of("TRICK", "${node.id}"));

    assertThat(
            new Placeholders(names, (message, values) -> problems.add(message.formatted(values)))
                .fillIn("${env.TRICK}"))
        .contains("${node.id}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "${nod.id} → there is no '${nod.id}'; did you mean ${node.id}?",
        "${xyz} → there is no '${xyz}'; choose from ordinal, node.id, pod.name, statefulset,"
            + " pod.namespace, pod.ip, service, zone, cluster, rack, bind, env.VARIABLE, or write"
            + " $${ for a literal ${",
        "${} → there is no '${}'; choose from ordinal, node.id, pod.name, statefulset,"
            + " pod.namespace, pod.ip, service, zone, cluster, rack, bind, env.VARIABLE, or write"
            + " $${ for a literal ${",
        "${zone} → '${zone}' has no value here; set KAFKA_POD_ZONE to the availability zone",
        "${env.NOWHERE} → '${env.NOWHERE}' has no value here; set the variable NOWHERE",
        "a${node.id → '${' must be closed by '}', got '${node.id'; close it, or write $${ for a literal ${",
        "${node.id+} → a sum must be names and whole numbers with + or - between them, got '${node.id+}'; write for example ${node.id+9091}, or $${ for a literal ${",
        "${node.id+1x} → a sum must be names and whole numbers with + or - between them, got '${node.id+1x}'; write for example ${node.id+9091}, or $${ for a literal ${",
        "${node.id-3} → a sum must not be below 0, got '${node.id-3}', which is -1; correct the number",
        "${pod.name+1} → a sum takes whole numbers, but '${pod.name}' in '${pod.name+1}' is 'kafka-2'; correct it",
        "${zone|a:b} → a default can't hold a colon, because ${…:…} is Kafka's syntax for config providers, got '${zone|a:b}'; set the variable instead, write the value in full, or write $${ for a literal ${",
      })
  void says(String text, String problem) {
    placeholders.fillIn(text);

    assertThat(problems).containsExactly(problem);
  }
}
