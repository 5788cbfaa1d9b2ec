package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two StatefulSets of one stretched cluster roll at the same time. CI has it from {@code
 * scripts/rollout}.
 */
@Tag("matrix")
@Tag("quiet")
@Tag("variant")
class RolloutIT {

  @Test
  void twoSetsThatRollAtOnceDoNoHarmWithSixReplicasOfWhichThreeMustBeInSync() throws Exception {
    Course course =
        Rollout.run(
            Setting.parse(List.of("--sets=2"), Path.of("")),
            new PrintStream(System.out, true, StandardCharsets.UTF_8));

    assertThat(course.summary())
        .startsWith(
            "The rollout did no harm: no partition fell under its min ISR, and no send failed.");
    assertThat(course.acknowledged()).isPositive();
    assertThat(course.pods())
        .hasSize(6)
        .allSatisfy(
            pod ->
                assertThat(pod.changes())
                    .extracting(BrokerPod.Change::phase)
                    .contains(BrokerPod.Phase.STOPPED, BrokerPod.Phase.RECOVERING)
                    .endsWith(BrokerPod.Phase.READY));
  }
}
