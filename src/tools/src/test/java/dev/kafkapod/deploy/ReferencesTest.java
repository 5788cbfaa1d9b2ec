package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As the kubelet fills in variables (k8s.io/kubernetes/third_party/forked/golang/expansion). */
class ReferencesTest {

  @ParameterizedTest
  @CsvSource({
    "kafka-0.$(DOMAIN):19090, kafka-0.example.com:19090",
    "$(DOMAIN)$(DOMAIN), example.comexample.com",
    "$(LATER), $(LATER)",
    "$$(DOMAIN), $(DOMAIN)",
    "${node.id} costs 5 $, ${node.id} costs 5 $",
    "$(, $("
  })
  void areFilledInByWhatCameBefore(String value, String filledIn) {
    assertThat(References.filledIn(value, Map.of("DOMAIN", "example.com"), Set.of()))
        .contains(filledIn);
  }

  @Test
  void toWhatNobodySeesHereAreUnknown() {
    assertThat(References.filledIn("a$(POD_NAMESPACE)", Map.of(), Set.of("POD_NAMESPACE")))
        .isEmpty();
  }
}
