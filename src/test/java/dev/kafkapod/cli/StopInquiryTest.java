package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.readiness.fixtures.Given;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose silence an operator may have ignored, where the cluster doesn't answer. */
class StopInquiryTest {

  private static final Duration TIME = Duration.ofMillis(200);

  private static Verdict verdict(Set<Integer> named, Optional<BrokerProbe> local) {
    return new StopInquiry(
            "await-safe-stop",
            new StopPolicy(Allowance.SINGLE),
            new Selection(named, Optional.empty(), Optional.empty()),
            false,
            local,
            new ClientSettings(Asked.BROKERS, List.of("127.0.0.1:1"), Map.of()),
            verdict -> new Verdict.Yes("ignored"))
        .ask(TIME, Deadline.in(TIME))
        .verdict();
  }

  @Test
  void theClustersForANodeThatIsNamedOrSaysWhoItIs() {
    assertThat(verdict(Set.of(1), Optional.empty())).isEqualTo(new Verdict.Yes("ignored"));
    assertThat(verdict(Set.of(), Optional.of(() -> Given.aBroker(1).build())))
        .isEqualTo(new Verdict.Yes("ignored"));
  }

  @Test
  void neverTheLocalNodesOwn() {
    BrokerProbe silent =
        () -> {
          throw new Unanswered("the broker hangs");
        };

    assertThat(verdict(Set.of(), Optional.of(silent))).isInstanceOf(Verdict.CannotTell.class);
    assertThat(verdict(Set.of(), Optional.of(() -> Given.aBroker(1).withoutNodeId().build())))
        .isInstanceOf(Verdict.CannotTell.class);
  }
}
