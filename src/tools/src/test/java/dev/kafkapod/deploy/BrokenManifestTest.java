package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, broken in an overlay that is in order otherwise, is named, and nothing else is. */
class BrokenManifestTest {

  static List<Edit> edits() {
    return Stream.of(
            RolloutEdits.all(),
            PodEdits.all(),
            SecurityEdits.all(),
            ExposureEdits.all(),
            DiskEdits.all(),
            HookEdits.all(),
            TurnsEdits.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void isNamedByTheRuleThatItBreaks(Edit edit) {
    Overlay overlay = Overlay.build("single");

    edit.edit().accept(overlay);

    assertThat(Rules.broken(overlay)).containsExactlyInAnyOrderElementsOf(edit.messages());
    assertThat(Rules.ALL)
        .filteredOn(it -> it.name().equals(edit.rule()))
        .flatExtracting(it -> it.broken(overlay))
        .isNotEmpty();
  }

  @Test
  void thereIsAnEditForEachRule() {
    assertThat(edits().stream().map(Edit::rule).distinct())
        .containsExactlyInAnyOrderElementsOf(Rules.ALL.stream().map(Rule::name).toList());
  }

  @Test
  void hooksAsTheDocumentationHasThemAreInOrder() {
    for (List<String> hook :
        List.of(
            HookEdits.command("--max-wait", "10m"),
            List.of("sh", "-c", HookEdits.shell("--max-wait 10m >/proc/1/fd/1 2>&1")))) {
      Overlay overlay = Overlay.build("single");

      HookEdits.hook(overlay.nodes("kafka"), hook);

      assertThat(Rules.broken(overlay)).isEmpty();
      overlay.nodes("kafka").pod().setTerminationGracePeriodSeconds(719L);
      assertThat(Rules.broken(overlay)).hasSize(1);
    }
  }

  @Test
  void aPortByItsNameIsInOrder() {
    Overlay overlay = Overlay.build("single");
    ServicePort port = overlay.service("kafka").getSpec().getPorts().get(0);

    port.setPort(9092);
    port.setTargetPort(new IntOrString("tcp-internal"));

    assertThat(Rules.broken(overlay)).isEmpty();
  }

  @Test
  void aNodeIdOfTenDigitsIsInOrderAsForKafka() {
    Overlay overlay = Overlay.build("single");

    PodEdits.set(overlay.nodes("kafka"), "KAFKA_POD_NODE_ID_BASE", "2000000000");

    assertThat(Rules.broken(overlay))
        .noneMatch(it -> it.contains("must be a whole number") || it.contains("its node ids"));
  }
}
